// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/service_entry_value.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "text/text.h"

namespace remapi::spi {
namespace {

struct Name {
    std::string_view name;
    ULONG value;
};

// Every PR_ name of the API headers, sorted.
constexpr Name kProperties[] = {
#include "spi/property_names.inc"
};

// What PR_RESOURCE_TYPE and PR_RESOURCE_FLAGS are written with.
// Pages: mapi/pidtagresourcetype-canonical-property.md,
// mapi/pidtagresourceflags-canonical-property.md
constexpr Name kFlags[] = {
    {"MAPI_STORE_PROVIDER", MAPI_STORE_PROVIDER},
    {"MAPI_AB", MAPI_AB},
    {"MAPI_AB_PROVIDER", MAPI_AB_PROVIDER},
    {"MAPI_TRANSPORT_PROVIDER", MAPI_TRANSPORT_PROVIDER},
    {"MAPI_SPOOLER", MAPI_SPOOLER},
    {"MAPI_PROFILE_PROVIDER", MAPI_PROFILE_PROVIDER},
    {"MAPI_SUBSYSTEM", MAPI_SUBSYSTEM},
    {"MAPI_HOOK_PROVIDER", MAPI_HOOK_PROVIDER},
    {"SERVICE_DEFAULT_STORE", SERVICE_DEFAULT_STORE},
    {"SERVICE_SINGLE_COPY", SERVICE_SINGLE_COPY},
    {"SERVICE_CREATE_WITH_STORE", SERVICE_CREATE_WITH_STORE},
    {"SERVICE_PRIMARY_IDENTITY", SERVICE_PRIMARY_IDENTITY},
    {"SERVICE_NO_PRIMARY_IDENTITY", SERVICE_NO_PRIMARY_IDENTITY},
    {"STATUS_DEFAULT_STORE", STATUS_DEFAULT_STORE},
    {"STATUS_PRIMARY_IDENTITY", STATUS_PRIMARY_IDENTITY},
    {"STATUS_SIMPLE_STORE", STATUS_SIMPLE_STORE},
    {"STATUS_XP_PREFER_LAST", STATUS_XP_PREFER_LAST},
    {"STATUS_NO_PRIMARY_IDENTITY", STATUS_NO_PRIMARY_IDENTITY},
    {"STATUS_NO_DEFAULT_STORE", STATUS_NO_DEFAULT_STORE},
    {"STATUS_TEMP_SECTION", STATUS_TEMP_SECTION},
    {"STATUS_OWN_STORE", STATUS_OWN_STORE},
    {"STATUS_NEED_IPM_TREE", STATUS_NEED_IPM_TREE},
    {"STATUS_PRIMARY_STORE", STATUS_PRIMARY_STORE},
    {"STATUS_SECONDARY_STORE", STATUS_SECONDARY_STORE},
    {"HOOK_INBOUND", HOOK_INBOUND},
    {"HOOK_OUTBOUND", HOOK_OUTBOUND},
    {"TRUE", 1},
    {"FALSE", 0},
};

// ASCII, upper case; empty when there is anything else in it.
std::string plain_upper(StringView text) {
    std::string result;
    for (const WideChar unit : text) {
        if (unit <= 0x20 || unit >= 0x7F) return {};
        const char byte = static_cast<char>(unit);
        result.push_back(byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 'a' + 'A') : byte);
    }
    return result;
}

ULONG wide_tag(ULONG tag) {
    return object::stored_tag(tag);
}

std::optional<ULONG> number_from_hex(std::string_view digits) {
    if (digits.empty() || digits.size() > 8) return std::nullopt;
    ULONG value = 0;
    for (const char digit : digits) {
        const char* found = std::strchr("0123456789ABCDEF", digit);
        if (!found) return std::nullopt;
        value = value << 4 | static_cast<ULONG>(found - "0123456789ABCDEF");
    }
    return value;
}

std::optional<ULONG> number_from_decimal(std::string_view digits) {
    const bool negative = !digits.empty() && digits.front() == '-';
    if (negative) digits.remove_prefix(1);
    if (digits.empty() || digits.size() > 10) return std::nullopt;
    std::uint64_t value = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9') return std::nullopt;
        value = value * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    if (value > 0xFFFFFFFFu) return std::nullopt;
    return static_cast<ULONG>(negative ? 0 - value : value);
}

// The bytes of a dump of exactly `size` of them.
std::optional<Bytes> dump(std::string_view digits, std::size_t size) {
    if (digits.size() != size * 2) return std::nullopt;
    const auto bytes = text::from_hex(digits);
    return bytes ? std::optional<Bytes>(to_bytes(*bytes)) : std::nullopt;
}

std::uint64_t little_endian(const Bytes& bytes) noexcept {
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | bytes[i];
    return value;
}

// One operand of a flag expression, or a whole number.
std::optional<ULONG> operand(const std::string& word, std::size_t size) {
    if (const auto bytes = dump(word, size)) return static_cast<ULONG>(little_endian(*bytes));
    if (word.starts_with("0X")) return number_from_hex(std::string_view(word).substr(2));
    for (const Name& flag : kFlags) {
        if (flag.name == word) return flag.value;
    }
    return number_from_decimal(word);
}

std::optional<ULONG> number_from_text(StringView text, std::size_t size) {
    ULONG value = 0;
    for (;;) {
        const std::size_t end = std::min(text.find_first_of(REMAPI_W("|+")), text.size());
        const auto part = operand(plain_upper(text::trimmed(text.substr(0, end))), size);
        if (!part) return std::nullopt;
        value |= *part;
        if (end == text.size()) return value;
        text.remove_prefix(end + 1);
    }
}

std::optional<PropValue> binary_from_text(ULONG tag, const std::string& digits) {
    const auto bytes = text::from_hex(std::string_view(digits).substr(0, digits.size() / 2 * 2));
    if (!bytes) return std::nullopt;
    return PropValue(tag, to_bytes(*bytes));
}

std::vector<String> items(StringView text) {
    std::vector<String> result;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(REMAPI_W(',')), text.size());
        const StringView item = text::trimmed(text.substr(0, end));
        if (!item.empty()) result.emplace_back(item);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

template <class Float>
PropValue float_value(ULONG tag, const Bytes& bytes) {
    Float value;
    std::memcpy(&value, bytes.data(), sizeof value);  // the dump and every target are little-endian
    return PropValue(tag, PropValue::Data(value));
}

std::optional<PropValue> from_dump(ULONG tag, const std::string& digits) {
    const ULONG type = PROP_TYPE(tag);
    const auto bytes = dump(digits, type == PT_CLSID ? sizeof(GUID) : type == PT_R4 ? 4 : 8);
    if (!bytes) return std::nullopt;
    switch (type) {
        case PT_R4:
            return float_value<float>(tag, *bytes);
        case PT_DOUBLE:
        case PT_APPTIME:
            return float_value<double>(tag, *bytes);
        case PT_SYSTIME:
            return PropValue(tag, PropValue::Data(little_endian(*bytes)));
        case PT_CLSID:
            return float_value<GUID>(tag, *bytes);
        default:
            return PropValue(tag,
                             PropValue::Data(static_cast<std::int64_t>(little_endian(*bytes))));
    }
}

}  // namespace

ULONG tag_from_key(StringView key) {
    std::string name = plain_upper(key);
    if (name.size() == 8 && !name.starts_with("PR_")) {
        const auto tag = number_from_hex(name);
        return tag && PROP_ID(*tag) != 0 && PROP_TYPE(*tag) != 0 ? wide_tag(*tag) : 0;
    }
    const auto find = [](std::string_view wanted) -> ULONG {
        const auto* found = std::lower_bound(
            std::begin(kProperties), std::end(kProperties), wanted,
            [](const Name& row, std::string_view text) { return row.name < text; });
        return found != std::end(kProperties) && found->name == wanted ? wide_tag(found->value) : 0;
    };
    if (const ULONG tag = find(name)) return tag;
    if (!name.ends_with("_A") && !name.ends_with("_W")) return 0;
    name.resize(name.size() - 2);
    return find(name);
}

std::optional<ULONG> flag_from_name(StringView name) {
    const std::string wanted = plain_upper(name);
    for (const Name& flag : kFlags) {
        if (flag.name == wanted) return flag.value;
    }
    return std::nullopt;
}

std::optional<PropValue> value_from_text(ULONG tag, StringView text) {
    tag = wide_tag(tag);
    text = text::trimmed(text);
    switch (PROP_TYPE(tag)) {
        case PT_UNICODE:
            return PropValue(tag, text);
        case PT_MV_UNICODE:
            return PropValue(tag, PropValue::Data(items(text)));
        case PT_BINARY:
            return binary_from_text(tag, plain_upper(text));
        case PT_LONG:
        case PT_I2:
        case PT_BOOLEAN: {
            const auto number = number_from_text(text, PROP_TYPE(tag) == PT_LONG ? 4 : 2);
            if (!number) return std::nullopt;
            return PropValue(tag, static_cast<std::int64_t>(static_cast<LONG>(*number)));
        }
        case PT_R4:
        case PT_DOUBLE:
        case PT_APPTIME:
        case PT_CURRENCY:
        case PT_I8:
        case PT_SYSTIME:
        case PT_CLSID:
            return from_dump(tag, plain_upper(text));
        default:
            return std::nullopt;
    }
}

}  // namespace remapi::spi
