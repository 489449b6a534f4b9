// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Store entry identifiers as they leave the subsystem: the provider's private one, preceded by the
// file name of the provider's module, so that a store can be opened that no profile lists. Pages:
// mapi/wrapstoreentryid.md, mapi/imapisupport-wrapstoreentryid.md, [MS-OXCDATA] 2.2.4.3
#pragma once

#include <optional>
#include <string>

#include "format/bytes.h"

namespace remapi::format {

/// The provider UID of wrapped store entry identifiers: {38A1BB10-05E5-101A-A1BB-08002B2A56C2}, as
/// bytes.
constexpr MAPIUID kStoreWrapUid = {{0x38, 0xA1, 0xBB, 0x10, 0x05, 0xE5, 0x10, 0x1A, 0xA1, 0xBB,
                                    0x08, 0x00, 0x2B, 0x2A, 0x56, 0xC2}};

/// A wrapped store entry identifier, taken apart.
struct WrappedStoreId {
    std::uint8_t flags[4] = {};  ///< abFlags of the wrapper, a copy of the private identifier's
    std::string dll_name;        ///< as registered: without path, without the "32"
    Bytes private_id;            ///< what the provider itself made
};

/// Wraps `private_id`, the store entry identifier of the provider whose module is registered as
/// `dll_name` (plain ASCII). Throws Error(MAPI_E_INVALID_ENTRYID) when `private_id` has under 4
/// bytes.
Bytes wrap_store_entry_id(std::string_view dll_name, BytesView private_id);

/// Takes `entry_id` apart; nullopt when it is not a well-formed wrapped identifier.
std::optional<WrappedStoreId> unwrap_store_entry_id(BytesView entry_id);

/// Whether `entry_id` has the wrapper's UID.
bool is_wrapped_store_id(BytesView entry_id) noexcept;

}  // namespace remapi::format
