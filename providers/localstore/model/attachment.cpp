// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/model/attachment.h"

#include <algorithm>

#include "port/clock.h"

namespace remapi::localstore {
namespace {

// All that is computed for an attachment.
constexpr ULONG kComputedOfAttachment[] = {
    PR_MAPPING_SIGNATURE, PR_STORE_RECORD_KEY, PR_OBJECT_TYPE,   PR_RECORD_KEY,
    PR_ATTACH_SIZE,       PR_ATTACH_NUM,       PR_CREATION_TIME, PR_LAST_MODIFICATION_TIME,
    PR_ACCESS_LEVEL};

bool is_computed_of_attachment(ULONG tag) {
    return std::any_of(std::begin(kComputedOfAttachment), std::end(kComputedOfAttachment),
                       [&](ULONG computed) { return PROP_ID(computed) == PROP_ID(tag); });
}

PropValue size_value(const AttachmentContent& content) {
    const std::uint64_t bytes = attachment_size(content);
    return {PR_ATTACH_SIZE, static_cast<std::int64_t>(std::min<std::uint64_t>(bytes, 0x7FFFFFFF))};
}

std::optional<PropValue> time_value(ULONG tag, std::uint64_t time) {
    return time == 0 ? std::nullopt : std::optional(PropValue(tag, time));
}

}  // namespace

std::optional<PropValue> load_attachment_property(const Store& store,
                                                  const AttachmentContent& content, ULONG tag) {
    const bool embedded = content.embedded || content.embedded_row != 0;
    switch (PROP_ID(tag)) {
        case PROP_ID(PR_MAPPING_SIGNATURE):
            return PropValue(PR_MAPPING_SIGNATURE, store.uid());
        case PROP_ID(PR_STORE_RECORD_KEY):
            return PropValue(PR_STORE_RECORD_KEY, store.uid());
        case PROP_ID(PR_OBJECT_TYPE):
            return PropValue(PR_OBJECT_TYPE, static_cast<std::int64_t>(MAPI_ATTACH));
        case PROP_ID(PR_RECORD_KEY): {
            const ULONG number = content.number;
            return PropValue(PR_RECORD_KEY, view_bytes(&number, sizeof number));
        }
        case PROP_ID(PR_ATTACH_SIZE):
            return size_value(content);
        case PROP_ID(PR_ATTACH_NUM):
            return PropValue(PR_ATTACH_NUM, content.number);
        case PROP_ID(PR_CREATION_TIME):
            return time_value(PR_CREATION_TIME, content.created);
        case PROP_ID(PR_LAST_MODIFICATION_TIME):
            return time_value(PR_LAST_MODIFICATION_TIME, content.modified);
        case PROP_ID(PR_ATTACH_DATA_OBJ):
            if (embedded) return PropValue(PR_ATTACH_DATA_OBJ, 1);
            break;
        default:
            break;
    }
    return content.properties.load(tag);
}

PropertyBag attachment_row(const Store& store, const AttachmentContent& content) {
    PropertyBag row = content.properties.values();
    // The data themselves are no column.
    row.remove(PR_ATTACH_DATA_BIN);
    for (const ULONG tag : kComputedOfAttachment) {
        if (auto value = load_attachment_property(store, content, tag)) row.set(std::move(*value));
    }
    return row;
}

bool Attachment::writable() const {
    const port::Lock lock(m_mutex);
    return m_writable;
}

void Attachment::check_writable() const {
    if (!m_writable) throw Error(MAPI_E_NO_ACCESS, "changing an attachment opened for reading");
}

std::optional<PropValue> Attachment::load(ULONG tag) const {
    const port::Lock lock(m_mutex);
    if (PROP_ID(tag) == PROP_ID(PR_ACCESS_LEVEL)) {
        return PropValue(PR_ACCESS_LEVEL, static_cast<std::int64_t>(m_writable ? MAPI_MODIFY : 0));
    }
    return load_attachment_property(*store(), m_content, tag);
}

std::optional<PropValue> Attachment::load_whole(ULONG tag, std::size_t limit) const {
    const port::Lock lock(m_mutex);
    return m_content.properties.load_whole(tag, limit);
}

std::shared_ptr<LargeValue> Attachment::find_large(ULONG tag) const {
    const port::Lock lock(m_mutex);
    return m_content.properties.find_large(tag);
}

std::vector<ULONG> Attachment::list() const {
    const port::Lock lock(m_mutex);
    std::vector<ULONG> tags;
    for (const ULONG tag : m_content.properties.tags()) {
        if (!is_computed_of_attachment(tag)) tags.push_back(tag);
    }
    for (const ULONG tag : kComputedOfAttachment) {
        if (tag == PR_ACCESS_LEVEL || load_attachment_property(*store(), m_content, tag))
            tags.push_back(tag);
    }
    if (m_content.embedded || m_content.embedded_row != 0) tags.push_back(PR_ATTACH_DATA_OBJ);
    return tags;
}

SCODE Attachment::set(const PropValue& value) {
    if (is_computed_of_attachment(value.tag())) return MAPI_E_COMPUTED;
    const port::Lock lock(m_mutex);
    check_writable();
    m_content.properties.set(store()->database(), value);
    return S_OK;
}

SCODE Attachment::set_large(ULONG tag, std::shared_ptr<LargeValue> value) {
    if (is_computed_of_attachment(tag)) return MAPI_E_COMPUTED;
    const port::Lock lock(m_mutex);
    check_writable();
    m_content.properties.set_large(tag, std::move(value));
    return S_OK;
}

SCODE Attachment::remove(ULONG tag) {
    if (is_computed_of_attachment(tag)) return MAPI_E_COMPUTED;
    const port::Lock lock(m_mutex);
    check_writable();
    if (PROP_ID(tag) == PROP_ID(PR_ATTACH_DATA_OBJ) &&
        (m_content.embedded || m_content.embedded_row != 0)) {
        m_content.embedded.reset();
        m_content.embedded_row = 0;
        return S_OK;
    }
    return m_content.properties.remove(tag) ? S_OK : MAPI_E_NOT_FOUND;
}

std::optional<MessageContent> Attachment::embedded() const {
    const port::Lock lock(m_mutex);
    if (m_content.embedded) return *m_content.embedded;
    if (m_content.embedded_row == 0) return std::nullopt;
    Transaction work(*store()->database(), Transaction::Kind::Read);
    return load_content(store(), work, m_content.embedded_row);
}

MessageContent Attachment::new_embedded() const {
    MessageContent content{MessageFacts(store())};
    content.facts.row.flags = MSGFLAG_UNSENT;
    return content;
}

void Attachment::keep(std::shared_ptr<const MessageContent> content) {
    const port::Lock lock(m_mutex);
    check_writable();
    m_content.embedded = std::move(content);
}

void Attachment::save(ULONG flags) {
    const port::Lock lock(m_mutex);
    check_writable();
    m_content.modified = port::file_time_now();
    if (m_content.created == 0) m_content.created = m_content.modified;
    m_message.put_attachment(m_content);
    if ((flags & KEEP_OPEN_READWRITE) == 0) m_writable = false;
}

}  // namespace remapi::localstore
