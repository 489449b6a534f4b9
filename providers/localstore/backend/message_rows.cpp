// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/backend/message_rows.h"

namespace remapi::localstore::rows {
namespace {

std::optional<std::int64_t> id_or_null(std::int64_t id) {
    return id == 0 ? std::nullopt : std::optional(id);
}

bool changed(Transaction& work) {
    return work.sql().changes() != 0;
}

}  // namespace

std::int64_t insert_message(Transaction& work, const MessageRow& message) {
    work.sql()
        .prepare(
            "INSERT INTO message(folder, attachment, associated, flags, status, size, created, "
            "modified, delivery_time, long_texts, summary) "
            "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .with(id_or_null(message.folder), id_or_null(message.attachment), message.associated,
              message.flags, message.status, message.size_bytes, message.created, message.modified,
              message.delivery_time, message.long_texts, message.summary)
        .run();
    return work.sql().last_id();
}

std::optional<MessageRow> read_message(Transaction& work, std::int64_t id) {
    auto row = work.sql().prepare(
        "SELECT id, folder, attachment, associated, version, flags, status, size, created, "
        "modified, delivery_time, deleted, long_texts, summary FROM message WHERE id = ?");
    row.with(id);
    if (!row.step()) return std::nullopt;
    MessageRow message;
    message.id = row.integer(0);
    message.folder = row.integer(1);
    message.attachment = row.integer(2);
    message.associated = row.integer(3) != 0;
    message.version = row.integer(4);
    message.flags = static_cast<ULONG>(row.integer(5));
    message.status = static_cast<ULONG>(row.integer(6));
    message.size_bytes = static_cast<std::uint64_t>(row.integer(7));
    message.created = static_cast<std::uint64_t>(row.integer(8));
    message.modified = static_cast<std::uint64_t>(row.integer(9));
    if (!row.is_null(10)) message.delivery_time = static_cast<std::uint64_t>(row.integer(10));
    if (!row.is_null(11)) message.deleted = static_cast<std::uint64_t>(row.integer(11));
    message.long_texts = row.integer(12) != 0;
    message.summary = row.blob(13);
    return message;
}

Bytes read_message_content(Transaction& work, std::int64_t id) {
    auto row = work.sql().prepare("SELECT properties FROM message_content WHERE message = ?");
    row.with(id);
    return row.step() ? row.blob(0) : Bytes();
}

std::int64_t message_version(Transaction& work, std::int64_t id) {
    auto row = work.sql().prepare("SELECT version FROM message WHERE id = ?");
    row.with(id);
    return row.step() ? row.integer(0) : 0;
}

bool update_message(Transaction& work, const MessageRow& message) {
    work.sql()
        .prepare(
            "UPDATE message SET version = version + 1, flags = ?, size = ?, modified = ?, "
            "delivery_time = ?, long_texts = ?, summary = ? WHERE id = ?")
        .with(message.flags, message.size_bytes, message.modified, message.delivery_time,
              message.long_texts, message.summary, message.id)
        .run();
    if (!changed(work)) return false;
    if (message.content.empty()) {
        work.sql().prepare("DELETE FROM message_content WHERE message = ?").with(message.id).run();
    } else {
        work.sql()
            .prepare(
                "INSERT INTO message_content(message, properties) VALUES(?, ?) "
                "ON CONFLICT(message) DO UPDATE SET properties = excluded.properties")
            .with(message.id, message.content)
            .run();
    }
    return true;
}

bool delete_message(Transaction& work, std::int64_t id) {
    work.sql().prepare("DELETE FROM message WHERE id = ?").with(id).run();
    return changed(work);
}

bool move_message(Transaction& work, std::int64_t id, std::int64_t folder) {
    work.sql()
        .prepare("UPDATE message SET folder = ?, status = 0, deleted = NULL WHERE id = ?")
        .with(folder, id)
        .run();
    return changed(work);
}

bool mark_message_deleted(Transaction& work, std::int64_t id, std::uint64_t now) {
    work.sql().prepare("UPDATE message SET deleted = ? WHERE id = ?").with(now, id).run();
    return changed(work);
}

void write_summary(Transaction& work, std::int64_t id, BytesView summary) {
    work.sql().prepare("UPDATE message SET summary = ? WHERE id = ?").with(summary, id).run();
}

bool set_message_flags(Transaction& work, std::int64_t id, ULONG flags, ULONG mask) {
    work.sql()
        .prepare("UPDATE message SET flags = (flags & ~?) | ? WHERE id = ?")
        .with(mask, flags & mask, id)
        .run();
    return changed(work);
}

bool set_message_status(Transaction& work, std::int64_t id, ULONG status) {
    work.sql().prepare("UPDATE message SET status = ? WHERE id = ?").with(status, id).run();
    return changed(work);
}

std::vector<std::int64_t> messages_in(Transaction& work, std::int64_t folder, bool associated,
                                      bool deleted) {
    std::vector<std::int64_t> messages;
    auto row = deleted ? work.sql().prepare(
                             "SELECT id FROM message WHERE folder = ? AND deleted IS NOT NULL AND "
                             "associated = ? ORDER BY deleted, id")
                       : work.sql().prepare(
                             "SELECT id FROM message WHERE folder = ? AND deleted IS NULL AND "
                             "associated = ? ORDER BY delivery_time, id");
    row.with(folder, associated);
    while (row.step()) messages.push_back(row.integer(0));
    return messages;
}

std::vector<std::int64_t> messages_with_flag(Transaction& work, std::int64_t folder, ULONG flag) {
    std::vector<std::int64_t> messages;
    auto row = work.sql().prepare(
        "SELECT id FROM message WHERE folder = ? AND deleted IS NULL AND (flags & ?) <> 0");
    row.with(folder, flag);
    while (row.step()) messages.push_back(row.integer(0));
    return messages;
}

std::vector<std::int64_t> deleted_messages(Transaction& work, std::uint64_t time,
                                           std::size_t limit) {
    std::vector<std::int64_t> messages;
    auto row = work.sql().prepare("SELECT id FROM message WHERE deleted < ? LIMIT ?");
    row.with(time, limit);
    while (row.step()) messages.push_back(row.integer(0));
    return messages;
}

std::vector<RecipientRow> read_recipients(Transaction& work, std::int64_t message) {
    std::vector<RecipientRow> recipients;
    auto row = work.sql().prepare(
        "SELECT row_id, properties FROM recipient WHERE message = ? ORDER BY position");
    row.with(message);
    while (row.step()) recipients.push_back({static_cast<ULONG>(row.integer(0)), row.blob(1)});
    return recipients;
}

void write_recipients(Transaction& work, std::int64_t message,
                      const std::vector<RecipientRow>& recipients) {
    work.sql().prepare("DELETE FROM recipient WHERE message = ?").with(message).run();
    std::int64_t position = 0;
    for (const RecipientRow& recipient : recipients) {
        work.sql()
            .prepare(
                "INSERT INTO recipient(message, row_id, position, properties) VALUES(?, ?, ?, ?)")
            .with(message, recipient.row_id, position++, recipient.properties)
            .run();
    }
}

std::vector<AttachmentRow> read_attachments(Transaction& work, std::int64_t message) {
    std::vector<AttachmentRow> attachments;
    auto row = work.sql().prepare(
        "SELECT a.id, a.number, m.id, m.size, a.properties FROM attachment a "
        "LEFT JOIN message m ON m.attachment = a.id WHERE a.message = ? ORDER BY a.number");
    row.with(message);
    while (row.step()) {
        attachments.push_back({row.integer(0), static_cast<ULONG>(row.integer(1)), row.integer(2),
                               static_cast<std::uint64_t>(row.integer(3)), row.blob(4)});
    }
    return attachments;
}

std::int64_t write_attachment(Transaction& work, std::int64_t message,
                              const AttachmentRow& attachment) {
    auto row = work.sql().prepare(
        "INSERT INTO attachment(message, number, properties) VALUES(?, ?, ?) "
        "ON CONFLICT(message, number) DO UPDATE SET properties = excluded.properties RETURNING id");
    row.with(message, attachment.number, attachment.properties);
    if (!row.step()) throw Error(MAPI_E_CALL_FAILED, "writing an attachment");
    const std::int64_t id = row.integer(0);
    row.run();
    return id;
}

void delete_attachment(Transaction& work, std::int64_t message, ULONG number) {
    work.sql()
        .prepare("DELETE FROM attachment WHERE message = ? AND number = ?")
        .with(message, number)
        .run();
}

void delete_embedded(Transaction& work, std::int64_t attachment, std::int64_t keep) {
    work.sql()
        .prepare("DELETE FROM message WHERE attachment = ? AND id <> ?")
        .with(attachment, keep)
        .run();
}

}  // namespace remapi::localstore::rows
