// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "abi/error.h"

namespace remapi {

/// Binary data that we own: entry ids, keys, blobs.
using Bytes = std::vector<std::uint8_t>;
/// Binary data that somebody else owns.
using BytesView = std::span<const std::uint8_t>;

/// A view of `size` bytes at `data`; null is empty.
inline BytesView view_bytes(const void* data, std::size_t size) noexcept {
    return data ? BytesView(static_cast<const std::uint8_t*>(data), size) : BytesView();
}
inline BytesView view_bytes(const SBinary& binary) noexcept {
    return view_bytes(binary.lpb, binary.cb);
}
inline BytesView view_bytes(const MAPIUID& uid) noexcept {
    return BytesView(uid.ab, sizeof uid.ab);
}
inline Bytes to_bytes(BytesView view) {
    return Bytes(view.begin(), view.end());
}
inline Bytes to_bytes(std::string_view text) {
    return Bytes(text.begin(), text.end());
}
inline bool equal_bytes(BytesView left, BytesView right) noexcept {
    return left.size() == right.size() &&
           (left.empty() || std::memcmp(left.data(), right.data(), left.size()) == 0);
}

namespace format {

/// Takes little-endian values off the front of a byte sequence, which may be anything at all.
/// `failed()` stays true once something was asked for that is not there; values are then zero or
/// empty.
class Reader {
public:
    explicit Reader(BytesView bytes) noexcept : m_rest(bytes) {}

    std::uint8_t u8() noexcept;
    std::uint16_t u16() noexcept;
    std::uint32_t u32() noexcept;
    /// The next `size` bytes.
    BytesView bytes(std::size_t size) noexcept;
    /// A zero-terminated text of bytes, its zero taken but not answered.
    std::string_view text8() noexcept;
    /// A zero-terminated text of little-endian UTF-16, at any alignment.
    String text16();
    BytesView rest() const noexcept { return m_rest; }
    bool failed() const noexcept { return m_failed; }

private:
    BytesView m_rest;
    bool m_failed = false;
};

/// Appends little-endian values to a byte sequence.
class Writer {
public:
    void u8(std::uint8_t value);
    void u16(std::uint16_t value);
    void u32(std::uint32_t value);
    void bytes(BytesView bytes);
    /// The bytes of `text` and a zero.
    void text8(std::string_view text);
    /// The units of `text`, little-endian, and a zero unit.
    void text16(StringView text);
    std::size_t size() const noexcept { return m_bytes.size(); }
    Bytes take() noexcept { return std::move(m_bytes); }

private:
    Bytes m_bytes;
};

}  // namespace format
}  // namespace remapi
