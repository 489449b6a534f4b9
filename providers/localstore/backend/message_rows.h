// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Rows of the tables message, recipient and attachment.
#pragma once

#include "providers/localstore/backend/database.h"

namespace remapi::localstore {

/// One message as the database has it.
struct MessageRow {
    std::int64_t id = 0;
    std::int64_t folder = 0;      ///< 0: embedded in `attachment`
    std::int64_t attachment = 0;  ///< 0: in `folder`
    bool associated = false;
    std::int64_t version = 0;  ///< counts the changes of the content
    ULONG flags = 0;           ///< PR_MESSAGE_FLAGS
    ULONG status = 0;          ///< PR_MSG_STATUS
    std::uint64_t size_bytes = 0;
    std::uint64_t created = 0;  ///< file times
    std::uint64_t modified = 0;
    std::optional<std::uint64_t> delivery_time;
    Bytes properties;
};

struct RecipientRow {
    ULONG row_id = 0;
    Bytes properties;
};

struct AttachmentRow {
    std::int64_t id = 0;
    ULONG number = 0;
    std::int64_t embedded = 0;  ///< the embedded message, 0 if there is none
    Bytes properties;
};

namespace rows {

/// Answers the new message's number.
std::int64_t insert_message(Transaction& work, const MessageRow& message);
/// nullopt when there is none.
std::optional<MessageRow> read_message(Transaction& work, std::int64_t id);
/// How often the content was written; 0 when the message is gone.
std::int64_t message_version(Transaction& work, std::int64_t id);
/// Writes flags, size, modified, delivery time and properties and counts the version up.
/// False when the message is gone.
bool update_message(Transaction& work, const MessageRow& message);
bool delete_message(Transaction& work, std::int64_t id);
bool move_message(Transaction& work, std::int64_t id, std::int64_t folder);
/// Replaces the flags in `mask`; such a change is no edit of the content. False when the message is
/// gone.
bool set_message_flags(Transaction& work, std::int64_t id, ULONG flags, ULONG mask);
bool set_message_status(Transaction& work, std::int64_t id, ULONG status);
/// The messages of a folder, oldest first.
std::vector<std::int64_t> messages_in(Transaction& work, std::int64_t folder, bool associated);

std::vector<RecipientRow> read_recipients(Transaction& work, std::int64_t message);
/// Replaces all recipients; their order is kept.
void write_recipients(Transaction& work, std::int64_t message,
                      const std::vector<RecipientRow>& recipients);

/// By number.
std::vector<AttachmentRow> read_attachments(Transaction& work, std::int64_t message);
/// Inserts or replaces the one with this number. Answers its id.
std::int64_t write_attachment(Transaction& work, std::int64_t message,
                              const AttachmentRow& attachment);
void delete_attachment(Transaction& work, std::int64_t message, ULONG number);
/// Removes the messages embedded in an attachment, but for `keep` (0: none).
void delete_embedded(Transaction& work, std::int64_t attachment, std::int64_t keep);

}  // namespace rows
}  // namespace remapi::localstore
