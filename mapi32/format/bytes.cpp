// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/bytes.h"

#include <algorithm>

namespace remapi::format {

BytesView Reader::bytes(std::size_t size) noexcept {
    if (size > m_rest.size()) {
        m_failed = true;
        m_rest = {};
        return {};
    }
    const BytesView taken = m_rest.first(size);
    m_rest = m_rest.subspan(size);
    return taken;
}

std::uint8_t Reader::u8() noexcept {
    const BytesView taken = bytes(1);
    return taken.empty() ? std::uint8_t{0} : taken[0];
}

std::uint16_t Reader::u16() noexcept {
    const BytesView taken = bytes(2);
    return taken.empty() ? std::uint16_t{0}
                         : static_cast<std::uint16_t>(taken[0] | (taken[1] << 8));
}

std::uint32_t Reader::u32() noexcept {
    const std::uint32_t low = u16();
    return low | (static_cast<std::uint32_t>(u16()) << 16);
}

std::string_view Reader::text8() noexcept {
    const auto end = std::find(m_rest.begin(), m_rest.end(), std::uint8_t{0});
    if (end == m_rest.end()) {
        bytes(m_rest.size() + 1);
        return {};
    }
    const BytesView taken = bytes(static_cast<std::size_t>(end - m_rest.begin()) + 1);
    return {reinterpret_cast<const char*>(taken.data()), taken.size() - 1};
}

String Reader::text16() {
    String text;
    for (;;) {
        const auto unit = static_cast<WideChar>(u16());
        if (m_failed) return {};
        if (unit == 0) return text;
        text.push_back(unit);
    }
}

void Writer::u8(std::uint8_t value) {
    m_bytes.push_back(value);
}

void Writer::bytes(BytesView bytes) {
    m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
}

void Writer::u16(std::uint16_t value) {
    u8(static_cast<std::uint8_t>(value));
    u8(static_cast<std::uint8_t>(value >> 8));
}

void Writer::u32(std::uint32_t value) {
    u16(static_cast<std::uint16_t>(value));
    u16(static_cast<std::uint16_t>(value >> 16));
}

void Writer::text8(std::string_view text) {
    m_bytes.insert(m_bytes.end(), text.begin(), text.end());
    u8(0);
}

void Writer::text16(StringView text) {
    for (const WideChar unit : text) u16(static_cast<std::uint16_t>(unit));
    u16(0);
}

}  // namespace remapi::format
