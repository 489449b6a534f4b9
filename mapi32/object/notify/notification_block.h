// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Notifications as they cross the ABI: their size, copies of them in one block, moved copies. As
// with property arrays (props/abi_copy.h) the array comes first, then what each one points to, and
// a client's memory may be misaligned.
#pragma once

#include "abi/mapi.h"

namespace remapi::object {

/// Bytes of `count` notifications in one block. @param size  may be null: then they are only
/// checked.
/// Errors: MAPI_E_INVALID_PARAMETER for an unknown event type, a null pointer where data must be, a
/// property of an unknown type, restrictions that nest too deep, and for more than 4 GiB.
/// Page: mapi/sccountnotifications.md
SCODE count_notifications(int count, NOTIFICATION* events, ULONG* size) noexcept;

/// Copies `count` notifications into `block`, which is as large as count_notifications says.
/// @param block  null with a null `size` only checks
/// @param size   may be null; the number of bytes written
/// Errors: as count_notifications; then nothing is written. Page: mapi/sccopynotifications.md
SCODE copy_notifications(int count, NOTIFICATION* events, void* block, ULONG* size) noexcept;

/// Changes the pointers of such a block that lies at `events` from the base `old_base` to the base
/// `new_base`; one of the two, or neither, may be where the block is.
/// @param size  may be null; the bytes of the block
/// Errors: as count_notifications. Page: mapi/screlocnotifications.md
SCODE relocate_notifications(int count, NOTIFICATION* events, const void* old_base, void* new_base,
                             ULONG* size) noexcept;

}  // namespace remapi::object
