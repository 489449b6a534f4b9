// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/model/message_facts.h"

#include "abi/remapi_tags.h"
#include "object/props/property_def.h"
#include "providers/localstore/backend/folder_rows.h"
#include "providers/localstore/backend/stream_rows.h"
#include "providers/localstore/model/tags.h"

namespace remapi::localstore {
namespace {

using object::Access;
using object::PropertyDef;
using object::Source;

constexpr auto kMessageProperties = std::to_array<PropertyDef<MessageFacts>>({
    {PR_SUBJECT_PREFIX_W, Access::ReadWrite, Source::Computed, &MessageFacts::subject_prefix},
    {PR_DISPLAY_BCC_W, Access::ReadOnly, Source::Stored, nullptr},
    {PR_DISPLAY_CC_W, Access::ReadOnly, Source::Stored, nullptr},
    {PR_DISPLAY_TO_W, Access::ReadOnly, Source::Stored, nullptr},
    {PR_PARENT_DISPLAY_W, Access::ReadOnly, Source::Computed, &MessageFacts::parent_display},
    {PR_MESSAGE_FLAGS, Access::ReadOnly, Source::Computed, &MessageFacts::message_flags},
    {PR_MESSAGE_SIZE, Access::ReadOnly, Source::Computed, &MessageFacts::message_size},
    {PR_PARENT_ENTRYID, Access::ReadOnly, Source::Computed, &MessageFacts::parent_entry_id},
    {PR_MESSAGE_RECIPIENTS, Access::ReadOnly, Source::Computed, &MessageFacts::recipients_object},
    {PR_MESSAGE_ATTACHMENTS, Access::ReadOnly, Source::Computed, &MessageFacts::attachments_object},
    {PR_SUBMIT_FLAGS, Access::ReadOnly, Source::Computed, &MessageFacts::submit_flags},
    {PR_MSG_STATUS, Access::ReadOnly, Source::Computed, &MessageFacts::message_status},
    {PR_HASATTACH, Access::ReadOnly, Source::Computed, &MessageFacts::has_attachments},
    {PR_NORMALIZED_SUBJECT_W, Access::ReadOnly, Source::Computed,
     &MessageFacts::normalized_subject},
    {PR_ACCESS, Access::ReadOnly, Source::Computed, &MessageFacts::access},
    {PR_ACCESS_LEVEL, Access::ReadOnly, Source::Computed, &MessageFacts::access_level},
    {PR_MAPPING_SIGNATURE, Access::ReadOnly, Source::Computed, &MessageFacts::mapping_signature},
    {PR_RECORD_KEY, Access::ReadOnly, Source::Computed, &MessageFacts::record_key},
    {PR_STORE_RECORD_KEY, Access::ReadOnly, Source::Computed, &MessageFacts::store_record_key},
    {PR_STORE_ENTRYID, Access::ReadOnly, Source::Computed, &MessageFacts::store_entry_id},
    {PR_OBJECT_TYPE, Access::ReadOnly, Source::Computed, &MessageFacts::object_type},
    {PR_ENTRYID, Access::ReadOnly, Source::Computed, &MessageFacts::entry_id},
    {PR_CREATION_TIME, Access::ReadOnly, Source::Computed, &MessageFacts::creation_time},
    {PR_LAST_MODIFICATION_TIME, Access::ReadOnly, Source::Computed,
     &MessageFacts::modification_time},
    {PR_SEARCH_KEY, Access::ReadOnly, Source::Stored, nullptr},
    {PR_MDB_PROVIDER, Access::ReadOnly, Source::Computed, &MessageFacts::provider},
    {kTagQueueState, Access::ReadOnly, Source::Computed, &MessageFacts::queue_state},
    {kTagQueueLastError, Access::ReadWrite, Source::Computed, &MessageFacts::queue_error},
    {kTagQueueTries, Access::ReadWrite, Source::Computed, &MessageFacts::queue_tries},
    {kTagQueueNextTry, Access::ReadWrite, Source::Computed, &MessageFacts::queue_next_try},
    {kTagDeletedOn, Access::ReadOnly, Source::Computed, &MessageFacts::deleted_on},
});
static_assert(object::ascending_by_id(kMessageProperties));

const WideChar* state_name(QueueState state) {
    switch (state) {
        case QueueState::Queued:
            return REMAPI_W("queued");
        case QueueState::HandingOver:
            return REMAPI_W("handing-over");
        case QueueState::Done:
            return REMAPI_W("done");
    }
    return REMAPI_W("");
}

PropValue absent() {
    return {};
}

/// What tables show of the texts in the content of a message.
PropertyBag shortened_texts(Transaction& work, std::int64_t id) {
    PropertyBag texts;
    const StoredProperties content = decode_properties(rows::read_message_content(work, id));
    for (const PropValue& value : content.values.values()) {
        if (auto text = shortened(value)) texts.set(std::move(*text));
    }
    for (const StreamReference& reference : content.streams) {
        if (PROP_TYPE(reference.tag) != PT_UNICODE) continue;
        const Bytes start = rows::read_chunk(work, reference.stream, 0);
        if (auto text = shortened(value_of_stream(reference.tag, start)))
            texts.set(std::move(*text));
    }
    return texts;
}

}  // namespace

std::size_t subject_prefix_length(StringView subject) noexcept {
    const std::size_t colon = subject.find(REMAPI_W(':'));
    if (colon == 0 || colon > 3 || colon + 1 >= subject.size()) return 0;
    if (subject[colon + 1] != REMAPI_W(' ')) return 0;
    for (std::size_t i = 0; i < colon; ++i) {
        const WideChar unit = subject[i];
        const bool letter = (unit >= REMAPI_W('A') && unit <= REMAPI_W('Z')) ||
                            (unit >= REMAPI_W('a') && unit <= REMAPI_W('z')) || unit > 0x7F;
        if (!letter) return 0;
    }
    return colon + 2;
}

MessageFacts::MessageFacts(std::shared_ptr<Store> its_store, Transaction& work, std::int64_t id,
                           Extent extent)
    : store(std::move(its_store)) {
    auto found = rows::read_message(work, id);
    if (!found) throw Error(MAPI_E_NOT_FOUND, "reading a message");
    row = std::move(*found);
    if ((row.flags & MSGFLAG_SUBMIT) != 0) queue = rows::read_queue(work, id);
    const Bytes summary = std::move(row.summary);
    row.summary.clear();
    if (extent == Extent::Row) {
        if (queue) properties.set(nullptr, {PR_CLIENT_SUBMIT_TIME, queue->submitted});
        return;
    }
    properties = PropertySet(store->database(), summary);
    if (extent == Extent::Whole) {
        folder_name = rows::folder_name(work, row.folder);
        const Bytes content = rows::read_message_content(work, id);
        if (!content.empty()) properties.add(store->database(), content);
    } else if (row.long_texts) {
        const PropertyBag texts = shortened_texts(work, id);
        for (const PropValue& text : texts.values()) {
            properties.set(store->database(), text);
        }
    }
}

std::optional<PropValue> MessageFacts::load(ULONG tag) const {
    const auto* def = object::find_def(kMessageProperties, tag);
    if (!def || !def->compute) return properties.load(tag);
    PropValue value = (this->*def->compute)();
    return value.tag() == PR_NULL ? std::nullopt : std::optional(std::move(value));
}

std::vector<ULONG> MessageFacts::list() const {
    std::vector<ULONG> tags;
    for (const ULONG tag : properties.tags()) {
        const auto* def = object::find_def(kMessageProperties, tag);
        if (!def || !def->compute) tags.push_back(tag);
    }
    for (const auto& def : kMessageProperties) {
        if (def.compute && (this->*def.compute)().tag() != PR_NULL) tags.push_back(def.tag);
    }
    return tags;
}

SCODE MessageFacts::may_change(ULONG tag) const {
    // Before the first save a client may say how the message starts out.
    if (PROP_ID(tag) == PROP_ID(PR_MESSAGE_FLAGS)) return is_saved() ? MAPI_E_COMPUTED : S_OK;
    const auto* def = object::find_def(kMessageProperties, tag);
    return def && def->access == Access::ReadOnly ? MAPI_E_COMPUTED : S_OK;
}

PropertyBag MessageFacts::as_row() const {
    PropertyBag bag = properties.values();
    for (const auto& def : kMessageProperties) {
        if (def.compute) bag.set((this->*def.compute)());
    }
    return bag;
}

PropValue MessageFacts::subject_prefix() const {
    const StringView subject = properties.values().text(PR_SUBJECT_W);
    const StringView given = properties.values().text(PR_SUBJECT_PREFIX_W);
    if (!given.empty() && subject.substr(0, given.size()) == given)
        return {PR_SUBJECT_PREFIX_W, given};
    if (!properties.find(PR_SUBJECT_W)) return absent();
    return {PR_SUBJECT_PREFIX_W, subject.substr(0, subject_prefix_length(subject))};
}

PropValue MessageFacts::normalized_subject() const {
    if (!properties.find(PR_SUBJECT_W)) return absent();
    const StringView subject = properties.values().text(PR_SUBJECT_W);
    return {PR_NORMALIZED_SUBJECT_W, subject.substr(subject_prefix().text().size())};
}

PropValue MessageFacts::message_flags() const {
    return {PR_MESSAGE_FLAGS, static_cast<std::int64_t>(row.flags)};
}

PropValue MessageFacts::message_size() const {
    if (!is_saved()) return absent();
    return {PR_MESSAGE_SIZE,
            static_cast<std::int64_t>(std::min<std::uint64_t>(row.size_bytes, 0x7FFFFFFF))};
}

PropValue MessageFacts::parent_entry_id() const {
    if (row.folder == 0) return absent();
    return {PR_PARENT_ENTRYID, store->folder_entry_id(row.folder)};
}

PropValue MessageFacts::parent_display() const {
    return folder_name.empty() ? absent() : PropValue(PR_PARENT_DISPLAY_W, folder_name);
}

PropValue MessageFacts::recipients_object() const {
    return {PR_MESSAGE_RECIPIENTS, 1};
}

PropValue MessageFacts::attachments_object() const {
    return {PR_MESSAGE_ATTACHMENTS, 1};
}

PropValue MessageFacts::submit_flags() const {
    if (!queue) return absent();
    const ULONG locked = queue->state == QueueState::HandingOver ? SUBMITFLAG_LOCKED : 0;
    return {PR_SUBMIT_FLAGS, static_cast<std::int64_t>(queue->submit_flags | locked)};
}

PropValue MessageFacts::message_status() const {
    return {PR_MSG_STATUS, static_cast<std::int64_t>(row.status)};
}

PropValue MessageFacts::has_attachments() const {
    return {PR_HASATTACH, (row.flags & MSGFLAG_HASATTACH) != 0};
}

PropValue MessageFacts::access() const {
    return {PR_ACCESS,
            static_cast<std::int64_t>(MAPI_ACCESS_MODIFY | MAPI_ACCESS_READ | MAPI_ACCESS_DELETE)};
}

PropValue MessageFacts::access_level() const {
    return {PR_ACCESS_LEVEL, static_cast<std::int64_t>(writable ? MAPI_MODIFY : 0)};
}

PropValue MessageFacts::mapping_signature() const {
    return {PR_MAPPING_SIGNATURE, store->uid()};
}

PropValue MessageFacts::record_key() const {
    if (!is_saved()) return absent();
    return {PR_RECORD_KEY, object_record_key(store->uid(), object_id())};
}

PropValue MessageFacts::store_record_key() const {
    return {PR_STORE_RECORD_KEY, store->uid()};
}

PropValue MessageFacts::store_entry_id() const {
    const Bytes id = store->public_entry_id();
    return id.empty() ? absent() : PropValue(PR_STORE_ENTRYID, id);
}

PropValue MessageFacts::object_type() const {
    return {PR_OBJECT_TYPE, static_cast<std::int64_t>(MAPI_MESSAGE)};
}

PropValue MessageFacts::entry_id() const {
    if (!is_saved() || row.folder == 0) return absent();  // an embedded message has none
    return {PR_ENTRYID, store->entry_id(object_id())};
}

PropValue MessageFacts::creation_time() const {
    return row.created == 0 ? absent() : PropValue(PR_CREATION_TIME, row.created);
}

PropValue MessageFacts::modification_time() const {
    return row.modified == 0 ? absent() : PropValue(PR_LAST_MODIFICATION_TIME, row.modified);
}

PropValue MessageFacts::provider() const {
    return {PR_MDB_PROVIDER, kProviderUid};
}

PropValue MessageFacts::deleted_on() const {
    return row.deleted ? PropValue(kTagDeletedOn, *row.deleted) : absent();
}

PropValue MessageFacts::queue_state() const {
    return queue ? PropValue(kTagQueueState, state_name(queue->state)) : absent();
}

PropValue MessageFacts::queue_error() const {
    if (!queue || queue->last_error.empty()) return absent();
    return {kTagQueueLastError, queue->last_error};
}

PropValue MessageFacts::queue_tries() const {
    return queue ? PropValue(kTagQueueTries, queue->tries) : absent();
}

PropValue MessageFacts::queue_next_try() const {
    return queue && queue->next_try ? PropValue(kTagQueueNextTry, *queue->next_try) : absent();
}

}  // namespace remapi::localstore
