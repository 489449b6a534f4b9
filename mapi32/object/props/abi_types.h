// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The one list of property types: where the data of each lie and how many bytes they are.
// Page: mapi/property-types.md
#pragma once

#include <array>
#include <cstdint>

#include "abi/rule_actions.h"

namespace remapi::object {

/// Where the data of a property with one value lie.
enum class Place : std::uint8_t {
    Unknown,
    InValue,     ///< in the SPropValue itself
    NarrowText,  ///< behind a pointer, up to a zero
    WideText,
    Bytes,      ///< behind the pointer of an SBinary
    Guid,       ///< behind a pointer
    Structure,  ///< behind a pointer, with pointers of its own: restrictions, rule actions
};

struct alignas(4) PropertyType {
    Place place = Place::Unknown;
    std::uint8_t size_bytes = 0;  ///< where it is the same for every value
    bool may_be_many = false;     ///< whether there is a PT_MV_ type of it
};

/// By type. What is not in it is unknown.
inline constexpr auto kSingleTypes = [] {
    std::array<PropertyType, PT_BINARY + 1> types = {};
    types[PT_NULL] = {Place::InValue, 0, false};
    types[PT_I2] = {Place::InValue, 2, true};
    types[PT_LONG] = {Place::InValue, 4, true};
    types[PT_R4] = {Place::InValue, 4, true};
    types[PT_DOUBLE] = {Place::InValue, 8, true};
    types[PT_CURRENCY] = {Place::InValue, 8, true};
    types[PT_APPTIME] = {Place::InValue, 8, true};
    types[PT_ERROR] = {Place::InValue, 4, false};
    types[PT_BOOLEAN] = {Place::InValue, 2, false};
    types[PT_OBJECT] = {Place::InValue, 4, false};
    types[PT_I8] = {Place::InValue, 8, true};
    types[PT_STRING8] = {Place::NarrowText, 0, true};
    types[PT_UNICODE] = {Place::WideText, 0, true};
    types[PT_SYSTIME] = {Place::InValue, 8, true};
    types[PT_CLSID] = {Place::Guid, sizeof(GUID), true};
    types[PT_BINARY] = {Place::Bytes, 0, true};
    types[PT_SRESTRICTION] = {Place::Structure, 0, false};
    types[PT_ACTIONS] = {Place::Structure, 0, false};
    return types;
}();

/// The type of the data a value holds: an instance of a multi-valued property holds one of them.
inline ULONG data_type(ULONG tag) noexcept {
    const ULONG type = PROP_TYPE(tag);
    return (type & MVI_FLAG) == MVI_FLAG ? type & ~static_cast<ULONG>(MVI_FLAG) : type;
}

/// Of the data of a property with one value; unknown for every other.
inline const PropertyType& type_of(ULONG tag) noexcept {
    ULONG type = PROP_TYPE(tag);
    if (type >= kSingleTypes.size()) type = data_type(tag);
    return kSingleTypes[type < kSingleTypes.size() ? type : PT_UNSPECIFIED];
}

/// What a multi-valued property has several of; unknown for every other.
inline const PropertyType& element_type_of(ULONG tag) noexcept {
    const ULONG type = data_type(tag);
    const PropertyType& element = type_of(type & ~static_cast<ULONG>(MV_FLAG));
    const bool is_multiple = (type & MV_FLAG) != 0 && element.may_be_many;
    return is_multiple ? element : kSingleTypes[PT_UNSPECIFIED];
}

/// Whether values of this tag's type can exist: every type but PT_UNSPECIFIED, multi-valued ones
/// and instances of them too.
inline bool is_value_type(ULONG tag) noexcept {
    return type_of(tag).place != Place::Unknown || element_type_of(tag).place != Place::Unknown;
}

}  // namespace remapi::object
