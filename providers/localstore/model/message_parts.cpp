// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The recipients and attachments of an open message.
#include <algorithm>

#include "providers/localstore/model/message.h"

namespace remapi::localstore {
namespace {

auto find_attachment(std::vector<AttachmentContent>& attachments, ULONG number) {
    return std::find_if(attachments.begin(), attachments.end(),
                        [&](const AttachmentContent& a) { return a.number == number; });
}

}  // namespace

std::vector<Recipient> Message::recipients() const {
    const port::Lock lock(m_mutex);
    return m_content.recipients;
}

void Message::modify_recipients(ULONG flags, const std::vector<std::vector<PropValue>>& rows) {
    const port::Lock lock(m_mutex);
    check_writable();
    std::vector<Recipient> list = m_content.recipients;
    if ((flags & (MODRECIP_ADD | MODRECIP_MODIFY | MODRECIP_REMOVE)) == 0) list.clear();
    ULONG next = m_content.next_recipient;
    for (const auto& values : rows) {
        if (values.empty()) continue;  // the page knows recipients that are none
        PropertyBag bag;
        for (const PropValue& value : values) {
            if (PROP_TYPE(value.tag()) == PT_NULL)
                throw Error(MAPI_E_INVALID_PARAMETER, "a recipient with a value of no type");
            bag.set(value.with_tag(object::stored_tag(value.tag())));
        }
        const PropValue* row_id = bag.find(PR_ROWID);
        const bool adds = (flags & (MODRECIP_MODIFY | MODRECIP_REMOVE)) == 0;
        const ULONG wanted = row_id ? static_cast<ULONG>(row_id->number()) : next;
        const auto found = std::find_if(list.begin(), list.end(),
                                        [&](const Recipient& r) { return r.row_id == wanted; });
        if (adds) {
            // A row id that is taken, or none: a new one.
            const ULONG id = found == list.end() ? wanted : next;
            next = std::max(next, id + 1);
            bag.remove(PR_ROWID);
            list.push_back({id, std::move(bag)});
            continue;
        }
        if (!row_id || found == list.end()) {
            throw Error(MAPI_E_INVALID_PARAMETER, "changing a recipient that does not exist");
        }
        bag.remove(PR_ROWID);
        if ((flags & MODRECIP_REMOVE) != 0) {
            list.erase(found);
        } else {
            found->values = std::move(bag);
        }
    }
    m_content.recipients = std::move(list);
    m_content.next_recipient = next;
    m_content.recipients_changed = true;
    m_dirty = true;
}

std::vector<AttachmentContent> Message::attachments() const {
    const port::Lock lock(m_mutex);
    return m_content.attachments;
}

ULONG Message::new_attachment_number() {
    const port::Lock lock(m_mutex);
    check_writable();
    return m_content.next_attachment++;
}

AttachmentContent Message::attachment(ULONG number) const {
    const port::Lock lock(m_mutex);
    for (const AttachmentContent& attachment : m_content.attachments) {
        if (attachment.number == number) return attachment;
    }
    throw Error(MAPI_E_NOT_FOUND, "opening an attachment");
}

void Message::put_attachment(AttachmentContent attachment) {
    const port::Lock lock(m_mutex);
    check_writable();
    attachment.changed = true;
    const auto found = find_attachment(m_content.attachments, attachment.number);
    if (found == m_content.attachments.end()) {
        m_content.attachments.push_back(std::move(attachment));
    } else {
        *found = std::move(attachment);
    }
    m_dirty = true;
}

void Message::delete_attachment(ULONG number) {
    const port::Lock lock(m_mutex);
    check_writable();
    const auto found = find_attachment(m_content.attachments, number);
    if (found == m_content.attachments.end())
        throw Error(MAPI_E_NOT_FOUND, "deleting an attachment");
    m_content.attachments.erase(found);
    m_dirty = true;
}

}  // namespace remapi::localstore
