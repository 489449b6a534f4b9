// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Properties and flags of message stores that the pages name and the headers lack.
#pragma once

#include "abi/mapi.h"

namespace remapi::localstore {

// What was deleted and can be restored, counted by folder; when it was deleted.
constexpr ULONG kTagDeletedMessageCount = PROP_TAG(PT_LONG, 0x6640);
constexpr ULONG kTagDeletedFolderCount = PROP_TAG(PT_LONG, 0x6641);
constexpr ULONG kTagDeletedAssociatedCount = PROP_TAG(PT_LONG, 0x6643);
constexpr ULONG kTagDeletedOn = PROP_TAG(PT_SYSTIME, 0x668F);

/// GetContentsTable, GetHierarchyTable, OpenEntry: what was deleted and can be restored.
/// Page: mapi/mapi-constants.md
constexpr ULONG kShowSoftDeletes = 0x00000002;
/// DeleteMessages, DeleteFolder, EmptyFolder: for good. Page: mapi/imapifolder-deletemessages.md
constexpr ULONG kHardDelete = 0x00000010;

// SaveChanges: hints for stores with rules and filters, of which this is none; CreateMessage: its
// counterpart. Pages: mapi/imapiprop-savechanges.md, mapi/imapifolder-createmessage.md
constexpr ULONG kNotFromExchange = 0x00001000;  ///< NON_EMS_XP_SAVE
constexpr ULONG kFilterOnSave = 0x00000080;     ///< SPAMFILTER_ONSAVE
constexpr ULONG kProcessItem = 0x00000800;      ///< ITEMPROC_FORCE

}  // namespace remapi::localstore
