// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/guid.h"

#include <cstdio>

#include "port/random.h"
#include "text/text.h"

namespace remapi::format {
namespace {

constexpr std::size_t kGuidBytes = 16;
constexpr std::size_t kPlainLength = 36;  // without braces

bool is_dash_position(std::size_t i) noexcept {
    return i == 8 || i == 13 || i == 18 || i == 23;
}

int hex_value(char digit) noexcept {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

// 16 bytes out of 32 digits; false on anything else.
bool read_digits(std::string_view digits, std::uint8_t* bytes) noexcept {
    if (digits.size() != 2 * kGuidBytes) return false;
    for (std::size_t i = 0; i < kGuidBytes; ++i) {
        const int high = hex_value(digits[2 * i]);
        const int low = hex_value(digits[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return true;
}

}  // namespace

std::string guid_text(const GUID& guid) {
    char text[40];
    std::snprintf(text, sizeof text, "{%08lX-%04X-%04X-%02X%02X-%02X%02X%02X%02X%02X%02X}",
                  static_cast<unsigned long>(guid.Data1), guid.Data2, guid.Data3, guid.Data4[0],
                  guid.Data4[1], guid.Data4[2], guid.Data4[3], guid.Data4[4], guid.Data4[5],
                  guid.Data4[6], guid.Data4[7]);
    return text;
}

std::optional<GUID> parse_guid(std::string_view text) noexcept {
    if (text.size() == kPlainLength + 2 && text.front() == '{' && text.back() == '}') {
        text = text.substr(1, kPlainLength);
    }
    if (text.size() != kPlainLength) return std::nullopt;
    char digits[2 * kGuidBytes];
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_dash_position(i) != (text[i] == '-')) return std::nullopt;
        if (text[i] != '-') digits[count++] = text[i];
    }
    std::uint8_t bytes[kGuidBytes];
    if (!read_digits({digits, count}, bytes)) return std::nullopt;

    GUID guid;
    guid.Data1 =
        static_cast<std::uint32_t>(bytes[0]) << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
    guid.Data2 = static_cast<std::uint16_t>(bytes[4] << 8 | bytes[5]);
    guid.Data3 = static_cast<std::uint16_t>(bytes[6] << 8 | bytes[7]);
    std::memcpy(guid.Data4, bytes + 8, sizeof guid.Data4);
    return guid;
}

Bytes guid_bytes(const GUID& guid) {
    Writer writer;
    writer.u32(static_cast<std::uint32_t>(guid.Data1));
    writer.u16(guid.Data2);
    writer.u16(guid.Data3);
    writer.bytes(BytesView(guid.Data4, sizeof guid.Data4));
    return writer.take();
}

std::optional<GUID> guid_from_bytes(BytesView bytes) noexcept {
    if (bytes.size() != kGuidBytes) return std::nullopt;
    Reader reader(bytes);
    GUID guid;
    guid.Data1 = reader.u32();
    guid.Data2 = reader.u16();
    guid.Data3 = reader.u16();
    std::memcpy(guid.Data4, reader.rest().data(), sizeof guid.Data4);
    return guid;
}

MAPIUID uid_from_guid(const GUID& guid) noexcept {
    static_assert(sizeof(GUID) == sizeof(MAPIUID));
    MAPIUID uid;
    std::memcpy(uid.ab, &guid, sizeof uid.ab);
    return uid;
}

GUID guid_from_uid(const MAPIUID& uid) noexcept {
    GUID guid;
    std::memcpy(&guid, uid.ab, sizeof guid);
    return guid;
}

std::string uid_text(const MAPIUID& uid) {
    std::string text = text::hex(uid.ab, sizeof uid.ab);
    for (char& digit : text) {
        if (digit >= 'A' && digit <= 'F') digit = static_cast<char>(digit - 'A' + 'a');
    }
    return text;
}

std::optional<MAPIUID> parse_uid(std::string_view text) noexcept {
    MAPIUID uid;
    if (!read_digits(text, uid.ab)) return std::nullopt;
    return uid;
}

GUID new_guid() {
    GUID guid;
    if (!port::random_bytes(&guid, sizeof guid)) {
        throw Error(MAPI_E_CALL_FAILED, "no source of random bytes for a GUID");
    }
    guid.Data3 = static_cast<std::uint16_t>((guid.Data3 & 0x0FFF) | 0x4000);
    guid.Data4[0] = static_cast<std::uint8_t>((guid.Data4[0] & 0x3F) | 0x80);
    return guid;
}

MAPIUID new_uid() {
    return uid_from_guid(new_guid());
}

}  // namespace remapi::format
