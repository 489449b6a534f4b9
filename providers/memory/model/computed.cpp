// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/memory/model/computed.h"

#include <algorithm>
#include <span>

namespace remapi::memory_store {
namespace {

constexpr ULONG kMessageComputed[] = {PR_DISPLAY_BCC,
                                      PR_DISPLAY_CC,
                                      PR_DISPLAY_TO,
                                      PR_MESSAGE_SIZE,
                                      PR_PARENT_ENTRYID,
                                      PR_MESSAGE_RECIPIENTS,
                                      PR_MESSAGE_ATTACHMENTS,
                                      PR_SUBMIT_FLAGS,
                                      PR_MSG_STATUS,
                                      PR_HASATTACH,
                                      PR_NORMALIZED_SUBJECT,
                                      PR_ACCESS,
                                      PR_ACCESS_LEVEL,
                                      PR_MAPPING_SIGNATURE,
                                      PR_RECORD_KEY,
                                      PR_STORE_RECORD_KEY,
                                      PR_STORE_ENTRYID,
                                      PR_OBJECT_TYPE,
                                      PR_ENTRYID,
                                      PR_CREATION_TIME,
                                      PR_LAST_MODIFICATION_TIME,
                                      PR_SEARCH_KEY,
                                      PR_MDB_PROVIDER};

constexpr ULONG kFolderComputed[] = {PR_PARENT_ENTRYID,
                                     PR_ACCESS,
                                     PR_ACCESS_LEVEL,
                                     PR_MAPPING_SIGNATURE,
                                     PR_RECORD_KEY,
                                     PR_STORE_RECORD_KEY,
                                     PR_STORE_ENTRYID,
                                     PR_OBJECT_TYPE,
                                     PR_ENTRYID,
                                     PR_DISPLAY_TYPE,
                                     PR_CREATION_TIME,
                                     PR_LAST_MODIFICATION_TIME,
                                     PR_MDB_PROVIDER,
                                     PR_FOLDER_TYPE,
                                     PR_CONTENT_COUNT,
                                     PR_CONTENT_UNREAD,
                                     PR_SUBFOLDERS,
                                     PR_CONTAINER_HIERARCHY,
                                     PR_CONTAINER_CONTENTS,
                                     PR_FOLDER_ASSOCIATED_CONTENTS,
                                     PR_ASSOC_CONTENT_COUNT};

constexpr ULONG kAttachmentComputed[] = {
    PR_ACCESS_LEVEL,           PR_MAPPING_SIGNATURE, PR_RECORD_KEY,
    PR_STORE_RECORD_KEY,       PR_OBJECT_TYPE,       PR_CREATION_TIME,
    PR_LAST_MODIFICATION_TIME, PR_ATTACH_SIZE,       PR_ATTACH_NUM};

bool is_among(std::span<const ULONG> tags, ULONG tag) noexcept {
    return std::any_of(tags.begin(), tags.end(),
                       [&](ULONG other) { return PROP_ID(other) == PROP_ID(tag); });
}

std::size_t size_of(const PropertyBag& bag) {
    std::size_t bytes = 0;
    for (const PropValue& value : bag.values()) bytes += value.size_bytes();
    return bytes;
}

std::size_t size_of(const MessageContent& content) {
    std::size_t bytes = size_of(content.values);
    for (const Recipient& recipient : content.recipients) bytes += size_of(recipient.values);
    for (const Attachment& attachment : content.attachments) {
        bytes += size_of(attachment.values);
        if (attachment.embedded) bytes += size_of(*attachment.embedded);
    }
    return bytes;
}

/// PR_DISPLAY_TO and its like. Page: mapi/pidtagdisplayto-canonical-property.md
String names_of(const MessageContent& content, LONG type) {
    String names;
    for (const Recipient& recipient : content.recipients) {
        if (recipient.values.number(PR_RECIPIENT_TYPE, MAPI_TO) != type) continue;
        if (!names.empty()) names += REMAPI_W("; ");
        names += recipient.values.text(PR_DISPLAY_NAME_W);
    }
    return names;
}

/// Units of a subject that are its prefix, "RE: " for instance.
/// Page: mapi/pidtagsubjectprefix-canonical-property.md
std::size_t prefix_length(StringView subject) noexcept {
    const std::size_t colon = subject.find(REMAPI_W(": "));
    if (colon == StringView::npos || colon == 0 || colon > 3) return 0;
    const bool has_digit = std::any_of(subject.begin(), subject.begin() + colon, [](WideChar unit) {
        return unit <= REMAPI_W(' ') || (unit >= REMAPI_W('0') && unit <= REMAPI_W('9'));
    });
    return has_digit ? 0 : colon + 2;
}

void set_subject_parts(PropertyBag& bag) {
    if (!bag.find(PR_SUBJECT_W)) return;
    const String subject(bag.text(PR_SUBJECT_W));
    const StringView given = bag.text(PR_SUBJECT_PREFIX_W);
    const bool fits = !given.empty() && subject.starts_with(given);
    const std::size_t length = fits ? given.size() : prefix_length(subject);
    bag.set({PR_SUBJECT_PREFIX_W, subject.substr(0, length)});
    bag.set({PR_NORMALIZED_SUBJECT_W, subject.substr(length)});
}

void set_times(PropertyBag& bag, std::uint64_t created, std::uint64_t modified) {
    if (created == 0) return;  // not saved yet
    bag.set({PR_CREATION_TIME, created});
    bag.set({PR_LAST_MODIFICATION_TIME, modified});
}

/// What every object of a store says of the store.
void set_store(const Store& store, PropertyBag& bag, ULONG object_type) {
    bag.set({PR_OBJECT_TYPE, object_type});
    bag.set({PR_MAPPING_SIGNATURE, store.uid()});
    bag.set({PR_STORE_RECORD_KEY, store.uid()});
}

void set_identity(Store& store, PropertyBag& bag, ObjectId object) {
    bag.set({PR_MDB_PROVIDER, kProviderUid});
    bag.set({PR_STORE_ENTRYID, store.public_entry_id()});
    bag.set({PR_ENTRYID, store.entry_id(object)});
    bag.set({PR_RECORD_KEY, store.record_key(object)});
}

}  // namespace

PropertyBag message_properties(Store& store, const Message& message) {
    const MessageContent& content = message.content;
    PropertyBag bag = content.values;
    set_store(store, bag, MAPI_MESSAGE);
    set_subject_parts(bag);
    set_times(bag, content.created, content.modified);
    bag.set({PR_DISPLAY_TO_W, names_of(content, MAPI_TO)});
    bag.set({PR_DISPLAY_CC_W, names_of(content, MAPI_CC)});
    bag.set({PR_DISPLAY_BCC_W, names_of(content, MAPI_BCC)});
    const bool has_attachments = !content.attachments.empty();
    bag.set({PR_HASATTACH, has_attachments});
    bag.set({PR_MESSAGE_FLAGS, content.flags | (has_attachments ? MSGFLAG_HASATTACH : 0) |
                                   (message.associated ? MSGFLAG_ASSOCIATED : 0)});
    bag.set({PR_MSG_STATUS, message.status});
    bag.set({PR_MESSAGE_RECIPIENTS, 1});
    bag.set({PR_MESSAGE_ATTACHMENTS, 1});
    bag.set({PR_ACCESS, MAPI_ACCESS_MODIFY | MAPI_ACCESS_READ | MAPI_ACCESS_DELETE});
    if (content.created != 0) bag.set({PR_MESSAGE_SIZE, size_of(content)});
    if (message.queued) bag.set({PR_SUBMIT_FLAGS, message.submit_flags});
    if (message.folder != 0) bag.set({PR_PARENT_ENTRYID, store.folder_entry_id(message.folder)});
    // A new message gets its identity when it is saved; an embedded one never does.
    if (message.id != 0) set_identity(store, bag, {MAPI_MESSAGE, message.id});
    return bag;
}

PropertyBag folder_properties(Store& store, const Folder& folder, const Store::Counts& counts) {
    PropertyBag bag = folder.values;
    const bool is_search = folder.type == FOLDER_SEARCH;
    set_store(store, bag, MAPI_FOLDER);
    set_identity(store, bag, {MAPI_FOLDER, folder.id});
    set_times(bag, folder.created, folder.modified);
    // The root is its own parent. Page: mapi/pidtagparententryid-canonical-property.md
    bag.set(
        {PR_PARENT_ENTRYID, store.folder_entry_id(folder.parent == 0 ? folder.id : folder.parent)});
    bag.set({PR_FOLDER_TYPE, folder.type});
    bag.set({PR_DISPLAY_TYPE, is_search ? DT_FOLDER_LINK : DT_FOLDER});
    if (!bag.find(PR_STATUS)) bag.set({PR_STATUS, 0});
    ULONG access = MAPI_ACCESS_MODIFY | MAPI_ACCESS_READ;
    if (folder.parent != 0) access |= MAPI_ACCESS_DELETE;
    if (!is_search) {
        access |= MAPI_ACCESS_CREATE_HIERARCHY | MAPI_ACCESS_CREATE_CONTENTS |
                  MAPI_ACCESS_CREATE_ASSOCIATED;
    }
    bag.set({PR_ACCESS, access});
    bag.set({PR_CONTENT_COUNT, counts.content});
    bag.set({PR_CONTENT_UNREAD, counts.unread});
    bag.set({PR_ASSOC_CONTENT_COUNT, counts.associated});
    bag.set({PR_SUBFOLDERS, counts.folders != 0});
    bag.set({PR_CONTAINER_HIERARCHY, 1});
    bag.set({PR_CONTAINER_CONTENTS, 1});
    bag.set({PR_FOLDER_ASSOCIATED_CONTENTS, 1});
    return bag;
}

PropertyBag attachment_properties(const Store& store, const Attachment& attachment) {
    PropertyBag bag = attachment.values;
    const std::size_t embedded = attachment.embedded ? size_of(*attachment.embedded) : 0;
    bag.set({PR_ATTACH_SIZE, size_of(bag) + embedded});
    set_store(store, bag, MAPI_ATTACH);
    set_times(bag, attachment.created, attachment.modified);
    bag.set({PR_ATTACH_NUM, attachment.number});
    if (!bag.find(PR_RENDERING_POSITION)) bag.set({PR_RENDERING_POSITION, -1});
    // Numbers are not used again, so this one tells it from all others of its message.
    bag.set({PR_RECORD_KEY, view_bytes(&attachment.number, sizeof attachment.number)});
    if (attachment.embedded) bag.set({PR_ATTACH_DATA_OBJ, 1});
    return bag;
}

PropertyBag recipient_row(const Recipient& recipient) {
    PropertyBag row = recipient.values;
    row.set({PR_ROWID, recipient.row_id});
    return row;
}

bool part_matches(const Store& store, const Message& message, ULONG part,
                  const Restriction& restriction) {
    const MessageContent& content = message.content;
    if (PROP_ID(part) == PROP_ID(PR_MESSAGE_RECIPIENTS)) {
        return std::any_of(content.recipients.begin(), content.recipients.end(),
                           [&](const Recipient& recipient) {
                               return object::matches(restriction, recipient_row(recipient));
                           });
    }
    return std::any_of(
        content.attachments.begin(), content.attachments.end(), [&](const Attachment& attachment) {
            return object::matches(restriction, attachment_properties(store, attachment));
        });
}

bool is_message_property_computed(ULONG tag) noexcept {
    return is_among(kMessageComputed, tag);
}

bool is_folder_property_computed(ULONG tag) noexcept {
    return is_among(kFolderComputed, tag);
}

bool is_attachment_property_computed(ULONG tag) noexcept {
    return is_among(kAttachmentComputed, tag);
}

}  // namespace remapi::memory_store
