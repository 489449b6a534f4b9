// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What the STGM_ bits of a storage call ask for, and which may stand together.
#pragma once

#include "format/compound_file_directory.h"

namespace remapi::object {

using format::ElementType;

constexpr DWORD kAccessBits = 0x3;
constexpr DWORD kSharingBits = 0x70;

constexpr bool can_read(DWORD mode) noexcept {
    return (mode & kAccessBits) != STGM_WRITE;
}
constexpr bool can_write(DWORD mode) noexcept {
    return (mode & kAccessBits) != STGM_READ;
}
/// Whether a storage of mode `parent` lets an element be opened with `mode`.
constexpr bool grants(DWORD parent, DWORD mode) noexcept {
    return (!can_write(mode) || can_write(parent)) && (!can_read(mode) || can_read(parent));
}

/// Whether STGM_ bits may open or (with `create`) make an element of a storage.
/// Errors: STG_E_INVALIDFLAG for unknown or contradicting bits and for any sharing but
/// STGM_SHARE_EXCLUSIVE; STG_E_INVALIDFUNCTION for what compound files do not offer:
/// STGM_PRIORITY, STGM_DELETEONRELEASE, STGM_SIMPLE, STGM_CONVERT, transactions on streams.
HRESULT check_element_mode(DWORD mode, ElementType type, bool create) noexcept;

/// Whether STGM_ bits may open or make a compound file.
/// Errors: as above, but any sharing is accepted that the page allows with the access and the
/// transaction mode.
HRESULT check_file_mode(DWORD mode, bool create) noexcept;

}  // namespace remapi::object
