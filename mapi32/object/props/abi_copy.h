// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Property arrays as they cross the ABI: their size, copies of them, moved copies. They work on the
// caller's memory, which may be misaligned, and never through PropValue: tables call them per row.
//
// A packed array is one block: the SPropValue array first, then what each value points to, in order
// and rounded up to 8 bytes per value. So the size of an array is the sum of the sizes of its
// values, eight-byte values are aligned, and every pointer is the block's address plus an offset.
#pragma once

#include "object/props/abi_walk.h"

namespace remapi::object {

/// Bytes of `count` values when packed. @param size  may be null: then they are only checked.
/// Errors: MAPI_E_INVALID_PARAMETER for a value whose id is PROP_ID_NULL or PROP_ID_INVALID, whose
/// type is unknown, that is multi-valued and empty or has a null pointer where data must be; for
/// restrictions that nest too deep, and for more than 4 GiB. Page: mapi/sccountprops.md
SCODE count_props(int count, SPropValue* values, ULONG* size) noexcept;

/// Packs `count` values into `destination`, which is as large as count_props says.
/// @param size  may be null; the number of bytes written
/// Errors: MAPI_E_INVALID_PARAMETER for an unknown type or a null pointer where data must be.
/// Page: mapi/sccopyprops.md
SCODE copy_props(int count, SPropValue* values, void* destination, ULONG* size) noexcept;

/// Changes the pointers of a packed array that lies at `values` from the base `old_base` to the
/// base `new_base`; one of the two, or neither, may be where the array is.
/// @param size  may be null; the bytes of the block, from the array to the end of the last piece
/// Errors: MAPI_E_INVALID_PARAMETER as copy_props; nothing is changed when a type is unknown.
/// Page: mapi/screlocprops.md
SCODE relocate_props(int count, SPropValue* values, const void* old_base, void* new_base,
                     ULONG* size) noexcept;

/// A packed copy in a block of `allocate`. Errors: as count_props, and those of `allocate`.
/// Page: mapi/scduppropset.md
SCODE duplicate_props(int count, SPropValue* values, ALLOCATEBUFFER* allocate,
                      SPropValue** duplicate) noexcept;

/// Copies one value; what it points to is one block that `allocate_more` links to `root`.
/// Errors: MAPI_E_NO_SUPPORT for an unknown type; MAPI_E_INVALID_PARAMETER for a null pointer where
/// data must be; those of `allocate_more`. Page: mapi/propcopymore.md
SCODE copy_value(SPropValue* destination, SPropValue* source, ALLOCATEMORE* allocate_more,
                 void* root) noexcept;

/// Bytes of a text with its zero; 0 for null, and for what no ULONG can say.
ULONG size_of_text(const char* text) noexcept;
ULONG size_of_text(const WCHAR* text) noexcept;

/// value_size of a value of any type.
ULONG size_of_any(SPropValue* at) noexcept;

/// Bytes of the value itself: of text with its zero, of a multi-valued property the sum of its
/// elements; 0 for an unknown type. Page: mapi/ulpropsize.md
inline ULONG value_size(SPropValue* at) noexcept {
    if (!at) return 0;
    const ULONG type = PROP_TYPE(tag_at(at));
    if (type >= kSingleTypes.size()) return size_of_any(at);
    if (kSingleTypes[type].size_bytes != 0) return kSingleTypes[type].size_bytes;
    switch (kSingleTypes[type].place) {
        case Place::NarrowText:
            return size_of_text(load(held<LPSTR>(at)));
        case Place::WideText:
            return size_of_text(load(held<LPWSTR>(at)));
        case Place::Bytes:
            return load(held<ULONG>(at));  // the first member of SBinary
        case Place::Structure:
            return size_of_any(at);
        default:
            return 0;
    }
}

}  // namespace remapi::object
