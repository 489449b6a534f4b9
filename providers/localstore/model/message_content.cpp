// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/model/message_content.h"

#include <algorithm>
#include <functional>
#include <set>

#include "format/conversation_index.h"
#include "format/guid.h"
#include "port/clock.h"
#include "providers/localstore/backend/stream_rows.h"

namespace remapi::localstore {
namespace {

/// The text of PR_DISPLAY_TO and its like: the names of one kind of recipient, "; " between them.
String display_names(const MessageContent& content, LONG recipient_type) {
    String names;
    for (const Recipient& recipient : content.recipients) {
        const auto type = static_cast<ULONG>(recipient.values.number(PR_RECIPIENT_TYPE, MAPI_TO));
        if ((type & ~(MAPI_P1 | MAPI_SUBMITTED)) != static_cast<ULONG>(recipient_type)) continue;
        StringView name = recipient.values.text(PR_DISPLAY_NAME_W);
        if (name.empty()) name = recipient.values.text(PR_EMAIL_ADDRESS_W);
        if (!names.empty()) names += REMAPI_W("; ");
        names += name;
    }
    return names;
}

std::uint64_t content_size(const MessageContent& content) {
    std::uint64_t bytes = content.facts.properties.size_bytes();
    for (const Recipient& recipient : content.recipients) {
        for (const PropValue& value : recipient.values.values()) bytes += value.size_bytes();
    }
    for (const AttachmentContent& attachment : content.attachments) {
        bytes += attachment_size(attachment);
    }
    return bytes;
}

/// Everything large in one message, what is embedded in it left out.
void for_each_large(const MessageContent& content, const std::function<void(LargeValue&)>& action) {
    for (const auto& large : content.facts.properties.large()) action(*large.value);
    for (const AttachmentContent& attachment : content.attachments) {
        for (const auto& large : attachment.properties.large()) action(*large.value);
    }
}

/// What one property set says once its large values belong to `message`.
StoredProperties adopt(Transaction& work, std::int64_t message, const PropertySet& properties,
                       std::set<std::int64_t>& kept) {
    StoredProperties stored;
    stored.values = properties.values();
    for (const auto& large : properties.large()) {
        const LargeValue::Adopted adopted = large.value->adopt(work, message);
        kept.insert(adopted.stream);
        stored.streams.push_back({large.tag, adopted.stream, adopted.size_bytes});
    }
    return stored;
}

void save_attachments(Transaction& work, MessageContent& content, std::set<std::int64_t>& kept) {
    const std::int64_t message = content.facts.row.id;
    for (const AttachmentRow& old : rows::read_attachments(work, message)) {
        const bool stays =
            std::any_of(content.attachments.begin(), content.attachments.end(),
                        [&](const AttachmentContent& a) { return a.number == old.number; });
        if (!stays) rows::delete_attachment(work, message, old.number);
    }
    for (AttachmentContent& attachment : content.attachments) {
        PropertyBag times{{PR_CREATION_TIME, attachment.created},
                          {PR_LAST_MODIFICATION_TIME, attachment.modified}};
        PropertySet properties = attachment.properties;
        for (const PropValue& time : times.values()) properties.set(nullptr, time);
        AttachmentRow row;
        row.number = attachment.number;
        row.properties = encode_properties(adopt(work, message, properties, kept));
        if (!attachment.changed) continue;
        const std::int64_t id = rows::write_attachment(work, message, row);
        attachment.changed = false;
        if (!attachment.embedded) {
            if (attachment.embedded_row == 0) rows::delete_embedded(work, id, 0);
            continue;
        }
        MessageContent embedded = *attachment.embedded;
        embedded.facts.row.id = 0;
        embedded.facts.row.folder = 0;
        embedded.facts.row.attachment = id;
        for (AttachmentContent& inner : embedded.attachments) inner.changed = true;
        save_content(work, embedded);
        rows::delete_embedded(work, id, embedded.facts.row.id);
        attachment.embedded_row = embedded.facts.row.id;
        attachment.embedded_bytes = embedded.facts.row.size_bytes;
        attachment.embedded = std::make_shared<const MessageContent>(std::move(embedded));
    }
}

void delete_replaced_streams(Transaction& work, std::int64_t message,
                             const std::set<std::int64_t>& kept) {
    for (const std::int64_t stream : rows::streams_of(work, message)) {
        if (!kept.contains(stream)) rows::delete_stream(work, stream);
    }
}

/// A message that continues no conversation starts one.
/// Pages: mapi/pidtagconversationtopic-canonical-property.md,
/// mapi/pidtagconversationindex-canonical-property.md
void start_conversation(MessageFacts& facts) {
    const std::shared_ptr<Database>& database = facts.store->database();
    PropertySet& values = facts.properties;
    if (const auto topic = facts.load(PR_NORMALIZED_SUBJECT_W);
        topic && topic->is_text() && !topic->text().empty() && !values.has(PR_CONVERSATION_TOPIC_W))
        values.set(database, topic->with_tag(PR_CONVERSATION_TOPIC_W));
    if (!values.has(PR_CONVERSATION_INDEX)) {
        const Bytes index = format::start_conversation(port::file_time_now(), format::new_guid());
        values.set(database, {PR_CONVERSATION_INDEX, index});
    }
}

}  // namespace

std::uint64_t attachment_size(const AttachmentContent& attachment) {
    const std::uint64_t bytes = attachment.properties.size_bytes();
    if (attachment.embedded) return bytes + content_size(*attachment.embedded);
    return bytes + (attachment.embedded_row != 0 ? attachment.embedded_bytes : 0);
}

MessageContent load_content(const std::shared_ptr<Store>& store, Transaction& work,
                            std::int64_t id) {
    MessageContent content(MessageFacts(store, work, id));
    for (const RecipientRow& row : rows::read_recipients(work, id)) {
        content.recipients.push_back({row.row_id, decode_properties(row.properties).values});
        content.next_recipient = std::max(content.next_recipient, row.row_id + 1);
    }
    for (const AttachmentRow& row : rows::read_attachments(work, id)) {
        AttachmentContent attachment;
        attachment.number = row.number;
        attachment.properties = PropertySet(store->database(), row.properties);
        const PropertyBag& values = attachment.properties.values();
        attachment.created = static_cast<std::uint64_t>(values.number(PR_CREATION_TIME));
        attachment.modified = static_cast<std::uint64_t>(values.number(PR_LAST_MODIFICATION_TIME));
        attachment.embedded_row = row.embedded;
        attachment.embedded_bytes = row.embedded_bytes;
        content.next_attachment = std::max(content.next_attachment, row.number + 1);
        content.attachments.push_back(std::move(attachment));
    }
    return content;
}

void flush_large(const MessageContent& content) {
    for_each_large(content, [](LargeValue& value) { value.flush(); });
    for (const AttachmentContent& attachment : content.attachments) {
        if (attachment.embedded) flush_large(*attachment.embedded);
    }
}

void complete_for_saving(MessageContent& content) {
    MessageFacts& facts = content.facts;
    const std::shared_ptr<Database>& database = facts.store->database();
    facts.row.modified = port::file_time_now();
    if (facts.row.created == 0) facts.row.created = facts.row.modified;
    const auto attached = content.attachments.empty() ? 0u : MSGFLAG_HASATTACH;
    facts.row.flags = (facts.row.flags & ~MSGFLAG_HASATTACH) | attached;
    PropertySet& values = facts.properties;
    values.set(database, {PR_DISPLAY_TO_W, display_names(content, MAPI_TO)});
    values.set(database, {PR_DISPLAY_CC_W, display_names(content, MAPI_CC)});
    values.set(database, {PR_DISPLAY_BCC_W, display_names(content, MAPI_BCC)});
    // Page: mapi/mapi-receive-folders.md
    if (values.values().text(PR_MESSAGE_CLASS_W).empty())
        values.set(database, {PR_MESSAGE_CLASS_W, REMAPI_W("IPM")});
    if (!values.find(PR_SEARCH_KEY)) values.set(database, {PR_SEARCH_KEY, format::new_uid()});
    if (facts.row.created == facts.row.modified && !facts.row.associated) start_conversation(facts);
    facts.row.delivery_time.reset();
    if (const PropValue* delivered = values.find(PR_MESSAGE_DELIVERY_TIME)) {
        facts.row.delivery_time = static_cast<std::uint64_t>(delivered->number());
    }
    facts.row.size_bytes = content_size(content);
}

void save_content(Transaction& work, MessageContent& content) {
    MessageRow& row = content.facts.row;
    std::set<std::int64_t> kept;
    if (row.id == 0) {
        // The blob needs the number of the message that its large values then belong to.
        row.id = rows::insert_message(work, row);
        row.version = 0;
        content.recipients_changed = true;
    }
    const SplitProperties parts =
        split_properties(adopt(work, row.id, content.facts.properties, kept));
    row.summary = encode_properties(parts.summary);
    row.long_texts = parts.long_texts;
    if (!parts.content.is_empty()) row.content = encode_properties(parts.content);
    const bool there = rows::update_message(work, row);
    row.summary.clear();
    row.content.clear();
    if (!there) throw Error(MAPI_E_OBJECT_DELETED, "saving a message");
    row.version = rows::message_version(work, row.id);
    if (content.recipients_changed) {
        std::vector<RecipientRow> recipients;
        for (const Recipient& recipient : content.recipients) {
            recipients.push_back({recipient.row_id, encode_properties({recipient.values, {}})});
        }
        rows::write_recipients(work, row.id, recipients);
        content.recipients_changed = false;
    }
    save_attachments(work, content, kept);
    delete_replaced_streams(work, row.id, kept);
}

MessageContent duplicate(const std::shared_ptr<Store>& store, std::int64_t id) {
    Transaction work(*store->database(), Transaction::Kind::Read);
    MessageContent content = load_content(store, work, id);
    work.finish();
    content.facts.properties.fork_large();
    content.facts.row.id = 0;
    content.facts.row.folder = 0;
    content.facts.row.attachment = 0;
    content.facts.row.deleted.reset();
    content.facts.queue.reset();
    content.recipients_changed = true;
    for (AttachmentContent& attachment : content.attachments) {
        attachment.properties.fork_large();
        attachment.changed = true;
        if (attachment.embedded_row == 0) continue;
        attachment.embedded =
            std::make_shared<const MessageContent>(duplicate(store, attachment.embedded_row));
        attachment.embedded_row = 0;
    }
    return content;
}

void mark_saved(const MessageContent& content) {
    for_each_large(content, [](LargeValue& value) { value.mark_saved(); });
    for (const AttachmentContent& attachment : content.attachments) {
        if (attachment.embedded) mark_saved(*attachment.embedded);
    }
}

}  // namespace remapi::localstore
