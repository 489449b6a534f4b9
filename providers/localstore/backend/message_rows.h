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
    std::optional<std::uint64_t> deleted;  ///< when it was deleted, until it is removed for good
    bool long_texts = false;               ///< a shown text is too long for `summary`
    Bytes summary;                         ///< the small properties
    Bytes content;                         ///< the others; empty: there are none
};

struct RecipientRow {
    ULONG row_id = 0;
    Bytes properties;
};

struct AttachmentRow {
    std::int64_t id = 0;
    ULONG number = 0;
    std::int64_t embedded = 0;         ///< the embedded message, 0 if there is none
    std::uint64_t embedded_bytes = 0;  ///< its size
    Bytes properties = {};
};

namespace rows {

/// Answers the new message's number. Writes no content.
std::int64_t insert_message(Transaction& work, const MessageRow& message);
/// All but the content; nullopt when there is none.
std::optional<MessageRow> read_message(Transaction& work, std::int64_t id);
/// MessageRow::content.
Bytes read_message_content(Transaction& work, std::int64_t id);
/// How often the content was written; 0 when the message is gone.
std::int64_t message_version(Transaction& work, std::int64_t id);
/// Writes flags, size, modified, delivery time, summary and content and counts the version up.
/// False when the message is gone.
bool update_message(Transaction& work, const MessageRow& message);
bool delete_message(Transaction& work, std::int64_t id);
/// Deletes it in such a way that it can be restored.
bool mark_message_deleted(Transaction& work, std::int64_t id, std::uint64_t now);
/// Also restores one that was deleted. Its status stays behind.
/// Page: mapi/imapifolder-copymessages.md
bool move_message(Transaction& work, std::int64_t id, std::int64_t folder);
/// Replaces the summary; no edit of the content.
void write_summary(Transaction& work, std::int64_t id, BytesView summary);
/// Replaces the flags in `mask`; such a change is no edit of the content. False when the message is
/// gone.
bool set_message_flags(Transaction& work, std::int64_t id, ULONG flags, ULONG mask);
bool set_message_status(Transaction& work, std::int64_t id, ULONG status);
/// The messages of a folder, oldest first; with `deleted` those that can be restored, instead.
std::vector<std::int64_t> messages_in(Transaction& work, std::int64_t folder, bool associated,
                                      bool deleted = false);
/// The messages of a folder, none that were deleted, that have `flag` set.
std::vector<std::int64_t> messages_with_flag(Transaction& work, std::int64_t folder, ULONG flag);
/// Up to `limit` messages that were deleted before `time`.
std::vector<std::int64_t> deleted_messages(Transaction& work, std::uint64_t time,
                                           std::size_t limit);

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
