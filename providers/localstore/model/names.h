// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Every text of this module that a person sees.
#pragma once

#include "port/wide.h"

namespace remapi::localstore {

enum class Text {
    StoreName,  ///< PR_DISPLAY_NAME of a new store
    FolderSubtree,
    FolderInbox,
    FolderOutbox,
    FolderSentItems,
    FolderDeletedItems,
    FolderDrafts,
    FolderRoot,
    FolderFinder,
    FolderViews,
    FolderCommonViews,
    kCount
};

StringView text_of(Text text) noexcept;

}  // namespace remapi::localstore
