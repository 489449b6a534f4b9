// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What a message consists of besides its own properties, and how it gets to and from the database.
#pragma once

#include "providers/localstore/model/message_facts.h"

namespace remapi::localstore {

struct MessageContent;

/// One recipient, as a client sees it in the recipient table.
struct Recipient {
    ULONG row_id = 0;
    PropertyBag values;
};

/// One attachment.
struct AttachmentContent {
    ULONG number = 0;
    PropertySet properties;
    std::uint64_t created = 0;
    std::uint64_t modified = 0;
    std::int64_t embedded_row = 0;     ///< the embedded message as saved, 0 if there is none
    std::uint64_t embedded_bytes = 0;  ///< the size of that
    std::shared_ptr<const MessageContent>
        embedded;          ///< the embedded message as changed, null if it was not
    bool changed = false;  ///< since the message was read or saved
};

/// A message as it is being worked on. A value: copies share large values and embedded messages,
/// which do not change.
struct MessageContent {
    explicit MessageContent(MessageFacts its_facts) : facts(std::move(its_facts)) {}

    MessageFacts facts;
    std::vector<Recipient> recipients;
    bool recipients_changed = false;
    std::vector<AttachmentContent> attachments;
    ULONG next_attachment = 0;
    ULONG next_recipient = 0;
};

/// The bytes of an attachment with everything in it.
std::uint64_t attachment_size(const AttachmentContent& attachment);

/// Reads a message with its recipients and attachments; large values and embedded messages stay
/// where they are. Errors: MAPI_E_NOT_FOUND.
MessageContent load_content(const std::shared_ptr<Store>& store, Transaction& work,
                            std::int64_t id);

/// Brings all large values of `content` into the database. Outside a transaction, before
/// save_content.
void flush_large(const MessageContent& content);

/// What is computed when a message is saved: display names, flags, size, times, search key, class.
void complete_for_saving(MessageContent& content);

/// Writes a message as it is: inserts it (facts.row.id is 0) or replaces what was saved. `content`
/// then says what the database says; it must be dropped when the transaction is not committed.
/// Errors: MAPI_E_OBJECT_DELETED.
void save_content(Transaction& work, MessageContent& content);

/// The transaction was committed.
void mark_saved(const MessageContent& content);

/// A saved message with everything in it, as a new one that is not saved yet and belongs nowhere.
/// Outside a transaction. Errors: MAPI_E_NOT_FOUND.
MessageContent duplicate(const std::shared_ptr<Store>& store, std::int64_t id);

}  // namespace remapi::localstore
