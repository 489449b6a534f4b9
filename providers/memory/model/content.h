// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What the store holds. Plain values: whoever works on a message has a copy of its own, and saving
// puts the copy in the place of what was there.
#pragma once

#include <memory>
#include <set>

#include "object/props/property_bag.h"
#include "object/restriction/restriction.h"
#include "providers/kit/object_id.h"

namespace remapi::memory_store {

using kit::ObjectId;
/// Names a folder or message for as long as the store lives; 0 is none.
using Number = std::int64_t;

struct MessageContent;

struct Recipient {
    ULONG row_id = 0;  ///< PR_ROWID
    PropertyBag values = {};
};

struct Attachment {
    ULONG number = 0;  ///< PR_ATTACH_NUM
    PropertyBag values = {};
    std::uint64_t created = 0;  ///< 0: not saved yet
    std::uint64_t modified = 0;
    std::shared_ptr<const MessageContent> embedded = {};  ///< null: there is none
};

/// A message wherever it lies: in a folder or in an attachment.
struct MessageContent {
    PropertyBag values = {};  ///< but what is computed
    std::vector<Recipient> recipients = {};
    std::vector<Attachment> attachments = {};
    ULONG next_recipient = 0;
    ULONG next_attachment = 0;
    ULONG flags = MSGFLAG_UNSENT;  ///< PR_MESSAGE_FLAGS, but MSGFLAG_HASATTACH
    std::uint64_t created = 0;     ///< 0: not saved yet
    std::uint64_t modified = 0;
};

/// A message in a folder.
struct Message {
    Number id = 0;  ///< 0: not saved yet, or embedded
    Number folder = 0;
    bool associated = false;
    ULONG version = 0;       ///< grows with every save
    ULONG status = 0;        ///< PR_MSG_STATUS
    bool queued = false;     ///< in the outgoing queue
    ULONG submit_flags = 0;  ///< SUBMITFLAG_ of a queued one
    MessageContent content = {};
};

/// What a search folder looks for. Page: mapi/imapicontainer-setsearchcriteria.md
struct Search {
    Restriction restriction;
    std::vector<Number> containers;
    bool recursive = false;
    bool foreground = false;
    bool running = false;
    std::set<Number> found;  ///< while it does not run: what it had found
};

struct Folder {
    Number id = 0;
    Number parent = 0;  ///< 0: this is the root
    ULONG type = FOLDER_GENERIC;
    PropertyBag values = {};  ///< PR_DISPLAY_NAME and whatever clients set
    std::uint64_t created = 0;
    std::uint64_t modified = 0;
    std::optional<Search> search = {};  ///< FOLDER_SEARCH, once criteria were set
};

/// The messages that are delivered to one folder.
struct ReceiveFolder {
    String message_class;  ///< a prefix; empty: all that have no other
    Number folder = 0;
    std::uint64_t modified = 0;
};

}  // namespace remapi::memory_store
