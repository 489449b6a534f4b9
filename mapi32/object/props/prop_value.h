// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <concepts>
#include <optional>
#include <variant>

#include "format/bytes.h"

namespace remapi::object {

/// A property value that owns its data. The tag says what the data mean:
///
///   PT_I2 int16 · PT_LONG, PT_ERROR, PT_OBJECT int32 · PT_R4 float ·
///   PT_DOUBLE, PT_APPTIME double · PT_CURRENCY, PT_I8 int64 ·
///   PT_SYSTIME uint64 (100 ns UTC since 1601) · PT_BOOLEAN bool ·
///   PT_STRING8, PT_UNICODE String · PT_CLSID GUID · PT_BINARY Bytes · PT_NULL nothing ·
///   PT_MV_x a vector of x.
///
/// Text is UTF-16 whatever the tag's width; PT_STRING8 only says how it crosses the ABI.
/// A value; no two threads may change one at once.
class PropValue {
public:
    using Data =
        std::variant<std::monostate, std::int16_t, std::int32_t, float, double, std::int64_t,
                     std::uint64_t, bool, String, GUID, Bytes, std::vector<std::int16_t>,
                     std::vector<std::int32_t>, std::vector<float>, std::vector<double>,
                     std::vector<std::int64_t>, std::vector<std::uint64_t>, std::vector<GUID>,
                     std::vector<String>, std::vector<Bytes>>;

    /// PR_NULL.
    PropValue() = default;
    /// `data` must be what the tag's type says. Throws Error(MAPI_E_INVALID_TYPE) otherwise.
    PropValue(ULONG tag, Data data);
    /// A number, turned into what the tag's type says: I2, LONG, ERROR, OBJECT, I8, CURRENCY,
    /// SYSTIME, BOOLEAN, R4, DOUBLE, APPTIME. Throws Error(MAPI_E_INVALID_TYPE) for another type.
    template <class Number>
    requires std::integral<Number> || std::floating_point<Number> PropValue(ULONG tag,
                                                                            Number number)
        : PropValue(from_number(tag, number)) {}
    PropValue(ULONG tag, StringView text) : PropValue(tag, Data(String(text))) {}
    PropValue(ULONG tag, const String& text) : PropValue(tag, Data(text)) {}
    PropValue(ULONG tag, const WideChar* text) : PropValue(tag, Data(String(text))) {}
    /// A binary value; with a PT_CLSID tag use a GUID.
    PropValue(ULONG tag, BytesView bytes) : PropValue(tag, Data(to_bytes(bytes))) {}
    PropValue(ULONG tag, const Bytes& bytes) : PropValue(tag, Data(bytes)) {}
    PropValue(ULONG tag, const MAPIUID& uid) : PropValue(tag, view_bytes(uid)) {}

    /// The in-band error slot for a property that could not be read: the id of `tag`, PT_ERROR,
    /// `code`.
    static PropValue error(ULONG tag, SCODE code);

    ULONG tag() const noexcept { return m_tag; }
    ULONG id() const noexcept { return PROP_ID(m_tag); }
    ULONG type() const noexcept { return PROP_TYPE(m_tag); }
    bool is_error() const noexcept { return type() == PT_ERROR; }
    bool is_text() const noexcept { return type() == PT_UNICODE || type() == PT_STRING8; }
    const Data& data() const noexcept { return m_data; }

    /// The data as `T`, null when they are something else.
    template <class T>
    const T* get_if() const noexcept {
        return std::get_if<T>(&m_data);
    }
    // The four below throw Error(MAPI_E_UNEXPECTED_TYPE) when the value is of another kind.
    /// Any whole number, a boolean as 0 or 1, a file time, an error code.
    std::int64_t number() const;
    const String& text() const;
    const Bytes& bytes() const;
    const GUID& guid() const;
    /// A boolean, or any whole number as "not zero"; `otherwise` for anything else.
    bool truth(bool otherwise = false) const noexcept;

    /// The same value under another tag whose type has the same representation (PT_UNICODE and
    /// PT_STRING8 for instance). Throws Error(MAPI_E_INVALID_TYPE) when it has not.
    PropValue with_tag(ULONG tag) const&;
    PropValue with_tag(ULONG tag) &&;

    /// Bytes of the value itself, as SSizeRestriction counts them: of text its zero included, of
    /// multi-valued properties the sum. Text is counted in the width of the tag.
    std::size_t size_bytes() const;

    friend bool operator==(const PropValue& left, const PropValue& right) noexcept;

private:
    static PropValue from_number(ULONG tag, double number);
    static PropValue from_number(ULONG tag, float number) {
        return from_number(tag, static_cast<double>(number));
    }
    static PropValue from_number(ULONG tag, std::int64_t number);
    template <std::integral Number>
    static PropValue from_number(ULONG tag, Number number) {
        return from_number(tag, static_cast<std::int64_t>(number));
    }

    ULONG m_tag = PR_NULL;
    Data m_data;
};

/// The representation of values of `type` (MV_INSTANCE is ignored) as an index into
/// PropValue::Data. nullopt for a type that no value can have.
std::optional<std::size_t> representation_of(ULONG type) noexcept;

/// `tag` with a string type replaced by the width that `flags` asks for (MAPI_UNICODE); other tags
/// as they are.
ULONG tag_in_width(ULONG tag, ULONG flags) noexcept;
/// `tag` with PT_STRING8 and PT_MV_STRING8 replaced by the Unicode type: how values are kept.
inline ULONG stored_tag(ULONG tag) noexcept {
    return tag_in_width(tag, MAPI_UNICODE);
}

/// `value` in `wanted_type`, as GetProps answers a typed request: the same type, or the other width
/// of a string, or LONG for I2 and the like without loss. PT_UNSPECIFIED: the type of the value,
/// strings in the width that `flags` asks for. Otherwise an error slot with MAPI_E_UNEXPECTED_TYPE.
PropValue value_as(const PropValue& value, ULONG wanted_type, ULONG flags);

/// Compares two values of the same property type. Text: case ignored. < 0, 0, > 0; values of
/// different types are ordered by type. Multi-valued properties: element by element, then by count.
int compare_values(const PropValue& left, const PropValue& right);

}  // namespace remapi::object

namespace remapi {
using object::PropValue;
}  // namespace remapi
