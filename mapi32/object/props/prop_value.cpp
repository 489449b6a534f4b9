// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/props/prop_value.h"

#include <algorithm>
#include <limits>

#include "text/text.h"

namespace remapi::object {
namespace {

// Indices into PropValue::Data.
enum Representation : std::size_t {
    kNothing,
    kInt16,
    kInt32,
    kFloat,
    kDouble,
    kInt64,
    kUint64,
    kBool,
    kText,
    kGuid,
    kBytes,
    kInt16s,
    kInt32s,
    kFloats,
    kDoubles,
    kInt64s,
    kUint64s,
    kGuids,
    kTexts,
    kBinaries,
};

template <std::size_t Index>
using Alternative = std::variant_alternative_t<Index, PropValue::Data>;
static_assert(std::is_same_v<Alternative<kBytes>, Bytes>);
static_assert(std::is_same_v<Alternative<kBinaries>, std::vector<Bytes>>);

struct TypeRow {
    ULONG type;
    Representation representation;
};
constexpr TypeRow kTypes[] = {
    {PT_NULL, kNothing},       {PT_I2, kInt16},           {PT_LONG, kInt32},
    {PT_R4, kFloat},           {PT_DOUBLE, kDouble},      {PT_CURRENCY, kInt64},
    {PT_APPTIME, kDouble},     {PT_ERROR, kInt32},        {PT_BOOLEAN, kBool},
    {PT_OBJECT, kInt32},       {PT_I8, kInt64},           {PT_STRING8, kText},
    {PT_UNICODE, kText},       {PT_SYSTIME, kUint64},     {PT_CLSID, kGuid},
    {PT_BINARY, kBytes},       {PT_MV_I2, kInt16s},       {PT_MV_LONG, kInt32s},
    {PT_MV_R4, kFloats},       {PT_MV_DOUBLE, kDoubles},  {PT_MV_CURRENCY, kInt64s},
    {PT_MV_APPTIME, kDoubles}, {PT_MV_I8, kInt64s},       {PT_MV_STRING8, kTexts},
    {PT_MV_UNICODE, kTexts},   {PT_MV_SYSTIME, kUint64s}, {PT_MV_CLSID, kGuids},
    {PT_MV_BINARY, kBinaries},
};

[[noreturn]] void throw_unexpected() {
    throw Error(MAPI_E_UNEXPECTED_TYPE, "reading a property value as another type");
}

bool same(const GUID& left, const GUID& right) noexcept {
    return std::memcmp(&left, &right, sizeof left) == 0;
}
template <class T>
bool same(const T& left, const T& right) noexcept {
    return left == right;
}
bool same(const std::vector<GUID>& left, const std::vector<GUID>& right) noexcept {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](const GUID& a, const GUID& b) { return same(a, b); });
}

int order(const GUID& left, const GUID& right) noexcept {
    return std::memcmp(&left, &right, sizeof left);
}
int order(const String& left, const String& right) noexcept {
    return text::compare_ignoring_case(left, right);
}
int order(const Bytes& left, const Bytes& right) noexcept {
    const std::size_t common = std::min(left.size(), right.size());
    const int difference = common == 0 ? 0 : std::memcmp(left.data(), right.data(), common);
    if (difference != 0) return difference;
    return left.size() < right.size() ? -1 : left.size() > right.size() ? 1 : 0;
}
int order(std::monostate, std::monostate) noexcept {
    return 0;
}
template <class Number>
requires std::is_arithmetic_v<Number>
int order(Number left, Number right) noexcept {
    return left < right ? -1 : right < left ? 1 : 0;
}
template <class T>
requires(!std::is_same_v<T, std::uint8_t>) int order(const std::vector<T>& left,
                                                     const std::vector<T>& right) noexcept {
    const std::size_t common = std::min(left.size(), right.size());
    for (std::size_t i = 0; i < common; ++i) {
        if (const int difference = order(left[i], right[i])) return difference;
    }
    return left.size() < right.size() ? -1 : left.size() > right.size() ? 1 : 0;
}

std::size_t text_bytes(const String& text, ULONG type) {
    const bool wide = (type & ~static_cast<ULONG>(MV_FLAG)) == PT_UNICODE;
    return wide ? (text.size() + 1) * sizeof(WideChar) : text::to_ansi(text).size() + 1;
}

bool is_whole_number(ULONG type) noexcept {
    return type == PT_I2 || type == PT_LONG || type == PT_I8;
}

bool fits(std::int64_t number, ULONG type) noexcept {
    if (type == PT_I2) {
        return number >= std::numeric_limits<std::int16_t>::min() &&
               number <= std::numeric_limits<std::int16_t>::max();
    }
    if (type == PT_LONG) {
        return number >= std::numeric_limits<std::int32_t>::min() &&
               number <= std::numeric_limits<std::int32_t>::max();
    }
    return type == PT_I8;
}

}  // namespace

std::optional<std::size_t> representation_of(ULONG type) noexcept {
    const ULONG plain = PROP_TYPE(type) & ~static_cast<ULONG>(MV_INSTANCE);
    for (const TypeRow& row : kTypes) {
        if (row.type == plain) return row.representation;
    }
    return std::nullopt;
}

PropValue::PropValue(ULONG tag, Data data) : m_tag(tag), m_data(std::move(data)) {
    if (representation_of(tag) != m_data.index()) {
        throw Error(MAPI_E_INVALID_TYPE, "a property value that is not of its tag's type");
    }
}

PropValue PropValue::from_number(ULONG tag, std::int64_t number) {
    switch (PROP_TYPE(tag)) {
        case PT_I2:
            return PropValue(tag, Data(static_cast<std::int16_t>(number)));
        case PT_LONG:
        case PT_ERROR:
        case PT_OBJECT:
            return PropValue(tag, Data(static_cast<std::int32_t>(number)));
        case PT_I8:
        case PT_CURRENCY:
            return PropValue(tag, Data(number));
        case PT_SYSTIME:
            return PropValue(tag, Data(static_cast<std::uint64_t>(number)));
        case PT_BOOLEAN:
            return PropValue(tag, Data(number != 0));
        default:
            return from_number(tag, static_cast<double>(number));
    }
}

PropValue PropValue::from_number(ULONG tag, double number) {
    switch (PROP_TYPE(tag)) {
        case PT_R4:
            return PropValue(tag, Data(static_cast<float>(number)));
        case PT_DOUBLE:
        case PT_APPTIME:
            return PropValue(tag, Data(number));
        default:
            throw Error(MAPI_E_INVALID_TYPE, "a number for a property of another type");
    }
}

PropValue PropValue::error(ULONG tag, SCODE code) {
    return PropValue(CHANGE_PROP_TYPE(tag, PT_ERROR), Data(static_cast<std::int32_t>(code)));
}

std::int64_t PropValue::number() const {
    if (const auto* value = get_if<std::int32_t>()) return *value;
    if (const auto* value = get_if<std::int64_t>()) return *value;
    if (const auto* value = get_if<std::uint64_t>()) return static_cast<std::int64_t>(*value);
    if (const auto* value = get_if<std::int16_t>()) return *value;
    if (const auto* value = get_if<bool>()) return *value ? 1 : 0;
    throw_unexpected();
}

const String& PropValue::text() const {
    if (const auto* value = get_if<String>()) return *value;
    throw_unexpected();
}

const Bytes& PropValue::bytes() const {
    if (const auto* value = get_if<Bytes>()) return *value;
    throw_unexpected();
}

const GUID& PropValue::guid() const {
    if (const auto* value = get_if<GUID>()) return *value;
    throw_unexpected();
}

bool PropValue::truth(bool otherwise) const noexcept {
    if (is_error()) return otherwise;
    if (const auto* value = get_if<bool>()) return *value;
    if (const auto* value = get_if<std::int16_t>()) return *value != 0;
    if (const auto* value = get_if<std::int32_t>()) return *value != 0;
    if (const auto* value = get_if<std::int64_t>()) return *value != 0;
    return otherwise;
}

PropValue PropValue::with_tag(ULONG tag) const& {
    return PropValue(tag, m_data);
}

PropValue PropValue::with_tag(ULONG tag) && {
    return PropValue(tag, std::move(m_data));
}

std::size_t PropValue::size_bytes() const {
    return std::visit(
        [this](const auto& data) -> std::size_t {
            using T = std::decay_t<decltype(data)>;
            if constexpr (std::is_same_v<T, std::monostate>) {
                return 0;
            } else if constexpr (std::is_same_v<T, String>) {
                return text_bytes(data, type());
            } else if constexpr (std::is_same_v<T, Bytes>) {
                return data.size();
            } else if constexpr (std::is_same_v<T, std::vector<String>>) {
                std::size_t sum = 0;
                for (const String& text : data) sum += text_bytes(text, type());
                return sum;
            } else if constexpr (std::is_same_v<T, std::vector<Bytes>>) {
                std::size_t sum = 0;
                for (const Bytes& bytes : data) sum += bytes.size();
                return sum;
            } else if constexpr (std::is_same_v<T, bool>) {
                return sizeof(std::uint16_t);  // as a PT_BOOLEAN lies in an SPropValue
            } else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, GUID>) {
                return sizeof(T);
            } else {
                return data.size() * sizeof(data[0]);
            }
        },
        m_data);
}

bool operator==(const PropValue& left, const PropValue& right) noexcept {
    if (left.m_tag != right.m_tag || left.m_data.index() != right.m_data.index()) return false;
    return std::visit(
        [&](const auto& data) {
            using T = std::decay_t<decltype(data)>;
            return same(data, *right.get_if<T>());
        },
        left.m_data);
}

ULONG tag_in_width(ULONG tag, ULONG flags) noexcept {
    const ULONG type = PROP_TYPE(tag) & ~static_cast<ULONG>(MVI_FLAG);
    if (type != PT_STRING8 && type != PT_UNICODE) return tag;
    const ULONG wanted = (flags & MAPI_UNICODE) != 0 ? PT_UNICODE : PT_STRING8;
    return CHANGE_PROP_TYPE(tag, ((PROP_TYPE(tag) & MVI_FLAG) | wanted));
}

PropValue value_as(const PropValue& value, ULONG wanted_type, ULONG flags) {
    if (value.is_error()) return value;
    const ULONG wanted = PROP_TYPE(wanted_type) & ~static_cast<ULONG>(MV_INSTANCE);
    if (wanted == PT_UNSPECIFIED) return value.with_tag(tag_in_width(value.tag(), flags));
    if (wanted == value.type()) return value;
    if (stored_tag(wanted) == stored_tag(value.type())) {
        return value.with_tag(CHANGE_PROP_TYPE(value.tag(), wanted));
    }
    if (is_whole_number(wanted) && is_whole_number(value.type()) && fits(value.number(), wanted)) {
        return PropValue(CHANGE_PROP_TYPE(value.tag(), wanted), value.number());
    }
    return PropValue::error(value.tag(), MAPI_E_UNEXPECTED_TYPE);
}

int compare_values(const PropValue& left, const PropValue& right) {
    if (left.data().index() != right.data().index()) {
        return left.data().index() < right.data().index() ? -1 : 1;
    }
    return std::visit(
        [&](const auto& data) {
            using T = std::decay_t<decltype(data)>;
            return order(data, *right.get_if<T>());
        },
        left.data());
}

}  // namespace remapi::object
