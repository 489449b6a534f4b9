// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The properties that clients see: what was set, and what the store makes of it. All of an object's
// at once, so that an open object, a row of a table and a search agree on them. Nothing here takes
// the store's lock.
#pragma once

#include "providers/memory/model/store.h"

namespace remapi::memory_store {

/// All but PR_ACCESS_LEVEL, which only whoever opened the object can tell.
PropertyBag message_properties(Store& store, const Message& message);
PropertyBag folder_properties(Store& store, const Folder& folder, const Store::Counts& counts);
PropertyBag attachment_properties(const Store& store, const Attachment& attachment);
/// One row of a recipient table.
PropertyBag recipient_row(const Recipient& recipient);

/// Whether a recipient or attachment of `message` (`part`: PR_MESSAGE_RECIPIENTS or
/// PR_MESSAGE_ATTACHMENTS) satisfies `restriction`. Page: mapi/ssubrestriction.md
bool part_matches(const Store& store, const Message& message, ULONG part,
                  const Restriction& restriction);

/// Whether clients may not set or delete the property: SetProps answers MAPI_E_COMPUTED.
/// PR_MESSAGE_FLAGS is not among them: it can be set before the first save.
bool is_message_property_computed(ULONG tag) noexcept;
bool is_folder_property_computed(ULONG tag) noexcept;
bool is_attachment_property_computed(ULONG tag) noexcept;

}  // namespace remapi::memory_store
