// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The messages of a store and its outgoing queue.
#include <algorithm>

#include "format/guid.h"
#include "port/clock.h"
#include "providers/memory/model/store.h"

namespace remapi::memory_store {
namespace {

/// What a message must have once it is saved. Pages: mapi/mapi-receive-folders.md (the class),
/// mapi/pidtagsearchkey-canonical-property.md
void complete(MessageContent& content) {
    content.modified = port::file_time_now();
    if (content.created == 0) content.created = content.modified;
    if (content.values.text(PR_MESSAGE_CLASS_W).empty())
        content.values.set({PR_MESSAGE_CLASS_W, REMAPI_W("IPM")});
    if (!content.values.find(PR_SEARCH_KEY)) content.values.set({PR_SEARCH_KEY, format::new_uid()});
}

/// The reports that a message owes its sender when it arrives.
/// Page: mapi/providing-read-and-nonread-reports-for-message-store-providers.md
ULONG owed_reports(const Message& message) {
    const PropertyBag& values = message.content.values;
    const bool arrives = (message.content.flags & (MSGFLAG_UNSENT | MSGFLAG_READ)) == 0 &&
                         !message.associated && values.find(PR_MESSAGE_DELIVERY_TIME);
    if (!arrives) return 0;
    if (values.truth(PR_READ_RECEIPT_REQUESTED)) return MSGFLAG_RN_PENDING | MSGFLAG_NRN_PENDING;
    return values.truth(PR_NON_RECEIPT_NOTIFICATION_REQUESTED) ? MSGFLAG_NRN_PENDING : 0;
}

}  // namespace

Message& Store::message_at(Number id) {
    const auto found = m_messages.find(id);
    if (found == m_messages.end()) throw Error(MAPI_E_NOT_FOUND, "looking for a message");
    return found->second;
}

Message Store::message(Number id) {
    const port::Lock lock(m_mutex);
    return message_at(id);
}

/// A message that `folder` shows: its own, or one that it finds. Null when there is none.
Message* Store::find_in(Number folder, Number id) {
    const auto found = m_messages.find(id);
    if (found == m_messages.end()) return nullptr;
    if (found->second.folder == folder) return &found->second;
    const auto& search = folder_at(folder).search;
    const bool shown = search && matches(*search).count(id) != 0;
    return shown ? &found->second : nullptr;
}

/// The same, unless it is on its way out.
Message* Store::movable(Number folder, Number id) {
    Message* found = find_in(folder, id);
    return found && !found->queued ? found : nullptr;
}

std::vector<Number> Store::messages_in(Number folder, bool associated) {
    const port::Lock lock(m_mutex);
    const auto& search = folder_at(folder).search;
    if (search && !associated) {
        const std::set<Number> found = matches(*search);
        return {found.begin(), found.end()};
    }
    std::vector<Number> messages;
    for (const auto& [id, message] : m_messages) {
        if (message.folder == folder && message.associated == associated) messages.push_back(id);
    }
    return messages;
}

void Store::put(Message& message, bool force) {
    if (message.id == 0) {
        if (folder_at(message.folder).type == FOLDER_SEARCH)
            throw Error(MAPI_E_NO_ACCESS, "making a message in a search folder");
        complete(message.content);
        message.content.flags |= owed_reports(message);
        message.id = ++m_last;
        m_messages.emplace(message.id, message);
        return;
    }
    const auto found = m_messages.find(message.id);
    if (found == m_messages.end()) throw Error(MAPI_E_OBJECT_DELETED, "saving a message");
    Message& now = found->second;
    if (now.version != message.version && !force)
        throw Error(MAPI_E_OBJECT_CHANGED, "saving a message");
    // What is no part of the edit is as it has become meanwhile.
    constexpr ULONG kNoEdit =
        MSGFLAG_READ | MSGFLAG_SUBMIT | MSGFLAG_RN_PENDING | MSGFLAG_NRN_PENDING;
    message.content.flags = (message.content.flags & ~kNoEdit) | (now.content.flags & kNoEdit);
    message.folder = now.folder;
    message.status = now.status;
    message.version = now.version + 1;
    complete(message.content);
    now = message;
}

void Store::save(Message& message, bool force) {
    const port::Lock lock(m_mutex);
    put(message, force);
}

bool Store::delete_message(Number folder, Number id) {
    const port::Lock lock(m_mutex);
    if (!movable(folder, id)) return false;
    m_messages.erase(id);
    return true;
}

bool Store::move_message(Number folder, Number id, Number target) {
    const port::Lock lock(m_mutex);
    if (folder_at(target).type == FOLDER_SEARCH)
        throw Error(MAPI_E_NO_ACCESS, "moving a message into a search folder");
    Message* message = movable(folder, id);
    if (!message) return false;
    message->folder = target;
    message->status = 0;  // goes with the place, not with the message
    return true;
}

Number Store::copy_message(Number folder, Number id, Number target) {
    const port::Lock lock(m_mutex);
    if (folder_at(target).type == FOLDER_SEARCH)
        throw Error(MAPI_E_NO_ACCESS, "copying a message into a search folder");
    const Message* original = find_in(folder, id);
    if (!original) return 0;
    Message copy = *original;
    copy.id = ++m_last;
    copy.folder = target;
    copy.version = 0;
    copy.status = 0;
    // A copy of what is on its way out is a draft, and no report is due for it.
    copy.queued = false;
    copy.submit_flags = 0;
    copy.content.flags &= ~(MSGFLAG_SUBMIT | MSGFLAG_RN_PENDING | MSGFLAG_NRN_PENDING);
    m_messages.emplace(copy.id, std::move(copy));
    return m_last;
}

bool Store::set_flags(Number folder, Number id, ULONG flags, ULONG mask) {
    const port::Lock lock(m_mutex);
    Message* message = movable(folder, id);
    if (!message) return false;
    message->content.flags = (message->content.flags & ~mask) | (flags & mask);
    return true;
}

ULONG Store::set_status(Number folder, Number id, ULONG status, ULONG mask) {
    const port::Lock lock(m_mutex);
    Message* message = find_in(folder, id);
    if (!message) throw Error(MAPI_E_NOT_FOUND, "looking for a message in a folder");
    const ULONG before = message->status;
    message->status = (before & ~mask) | (status & mask);
    return before;
}

void Store::submit(Message& message, ULONG submit_flags) {
    const port::Lock lock(m_mutex);
    put(message, false);
    Message& saved = message_at(message.id);
    saved.content.flags |= MSGFLAG_SUBMIT;
    saved.queued = true;
    saved.submit_flags = submit_flags;
    m_queue.push_back(saved.id);
    message = saved;
}

std::vector<Number> Store::queue() {
    const port::Lock lock(m_mutex);
    return m_queue;
}

Message& Store::queued_at(Number id) {
    const auto found = m_messages.find(id);
    if (found == m_messages.end() || !found->second.queued)
        throw Error(MAPI_E_NOT_IN_QUEUE, "looking for a message in the outgoing queue");
    return found->second;
}

void Store::abort(Number id) {
    const port::Lock lock(m_mutex);
    Message& message = queued_at(id);
    if ((message.submit_flags & SUBMITFLAG_LOCKED) != 0)
        throw Error(MAPI_E_UNABLE_TO_ABORT, "taking back a locked message");
    message.queued = false;
    message.submit_flags = 0;
    message.content.flags &= ~MSGFLAG_SUBMIT;
    std::erase(m_queue, id);
}

void Store::set_locked(Number id, bool locked) {
    const port::Lock lock(m_mutex);
    Message& message = queued_at(id);
    message.submit_flags &= ~SUBMITFLAG_LOCKED;
    if (locked) message.submit_flags |= SUBMITFLAG_LOCKED;
}

void Store::finish(Number id) {
    const port::Lock lock(m_mutex);
    Message& message = queued_at(id);
    message.queued = false;
    message.submit_flags = 0;
    message.content.flags &= ~(MSGFLAG_SUBMIT | MSGFLAG_UNSENT);
    std::erase(m_queue, id);
}

}  // namespace remapi::memory_store
