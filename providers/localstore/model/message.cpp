// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/model/message.h"

#include "abi/remapi_tags.h"
#include "port/clock.h"
#include "port/fault_point.h"

namespace remapi::localstore {
namespace {

/// Being sent, and not sent yet. Page: mapi/pidtagmessageflags-canonical-property.md
constexpr ULONG kSubmitted = MSGFLAG_SUBMIT | MSGFLAG_UNSENT;

MessageContent new_content(const std::shared_ptr<Store>& store, std::int64_t folder,
                           bool associated) {
    MessageContent content{MessageFacts(store)};
    content.facts.row.folder = folder;
    content.facts.row.associated = associated;
    content.facts.row.flags =
        MSGFLAG_UNSENT | MSGFLAG_UNMODIFIED | (associated ? MSGFLAG_ASSOCIATED : 0);
    content.facts.writable = true;
    return content;
}

MessageContent saved_content(const std::shared_ptr<Store>& store, std::int64_t id) {
    Transaction work(*store->database(), Transaction::Kind::Read);
    return load_content(store, work, id);
}

}  // namespace

Message::Message(std::shared_ptr<Store> store, std::int64_t folder, bool associated)
    : m_store(std::move(store)),
      m_content(new_content(m_store, folder, associated)),
      m_dirty(true) {}

Message::Message(std::shared_ptr<Store> store, std::int64_t id, Access access)
    : m_store(std::move(store)), m_content(saved_content(m_store, id)) {
    // What is embedded in an attachment is opened through it.
    if (m_content.facts.row.folder == 0) throw Error(MAPI_E_NOT_FOUND, "opening a message");
    allow_access(access);
}

void Message::allow_access(Access access) {
    MessageFacts& facts = m_content.facts;
    const bool submitted = (facts.row.flags & MSGFLAG_SUBMIT) != 0;
    m_for_spooler = access.spooler;
    if (submitted && facts.queue && facts.queue->state == QueueState::HandingOver) {
        m_for_spooler |= equal_bytes(facts.queue->owner, m_store->database()->owner());
    }
    facts.writable = access.writing && !access.deleted && (!submitted || m_for_spooler);
    if (access.writing && access.deleted && !access.best)
        throw Error(MAPI_E_NO_ACCESS, "opening a deleted message for writing");
    if (access.writing && !facts.writable && !access.best) {
        throw Error(MAPI_E_SUBMITTED, "opening a submitted message for writing");
    }
}

Message::Message(MessageContent content, bool writable, std::shared_ptr<EmbeddedHome> home)
    : m_store(content.facts.store), m_home(std::move(home)), m_content(std::move(content)) {
    m_content.facts.writable = writable;
}

bool Message::writable() const {
    const port::Lock lock(m_mutex);
    return m_content.facts.writable;
}

ObjectId Message::object_id() const {
    const port::Lock lock(m_mutex);
    return m_content.facts.object_id();
}

std::int64_t Message::folder() const {
    const port::Lock lock(m_mutex);
    return m_content.facts.row.folder;
}

bool Message::associated() const {
    const port::Lock lock(m_mutex);
    return m_content.facts.row.associated;
}

MessageContent Message::snapshot() const {
    const port::Lock lock(m_mutex);
    return m_content;
}

void Message::check_writable() const {
    if (m_submitted) throw Error(MAPI_E_SUBMITTED, "changing a message that was submitted");
    if (!m_content.facts.writable)
        throw Error(MAPI_E_NO_ACCESS, "changing a message opened for reading");
}

std::optional<PropValue> Message::load(ULONG tag) const {
    const port::Lock lock(m_mutex);
    if (PROP_ID(tag) == PROP_ID(PR_HASATTACH))
        return PropValue(PR_HASATTACH, !m_content.attachments.empty());
    return m_content.facts.load(tag);
}

std::optional<PropValue> Message::load_whole(ULONG tag, std::size_t limit) const {
    const port::Lock lock(m_mutex);
    return m_content.facts.properties.load_whole(tag, limit);
}

std::shared_ptr<LargeValue> Message::find_large(ULONG tag) const {
    const port::Lock lock(m_mutex);
    return m_content.facts.properties.find_large(tag);
}

std::vector<ULONG> Message::list() const {
    const port::Lock lock(m_mutex);
    return m_content.facts.list();
}

bool Message::set_queue_property(const PropValue& value) {
    auto& queue = m_content.facts.queue;
    if (!queue) return false;
    switch (PROP_ID(value.tag())) {
        case PROP_ID(kTagQueueLastError):
            queue->last_error = value.text();
            break;
        case PROP_ID(kTagQueueTries):
            queue->tries = static_cast<ULONG>(value.number());
            break;
        case PROP_ID(kTagQueueNextTry):
            queue->next_try = static_cast<std::uint64_t>(value.number());
            break;
        default:
            return false;
    }
    m_queue_dirty = true;
    return true;
}

SCODE Message::set(const PropValue& value) {
    const port::Lock lock(m_mutex);
    check_writable();
    if (set_queue_property(value)) return S_OK;
    const SCODE refused = m_content.facts.may_change(value.tag());
    if (refused != S_OK) return refused;
    if (PROP_ID(value.tag()) == PROP_ID(PR_MESSAGE_FLAGS)) {
        // What the store itself keeps track of stays as it is.
        constexpr ULONG kKept = MSGFLAG_ASSOCIATED | MSGFLAG_HASATTACH | MSGFLAG_SUBMIT |
                                MSGFLAG_RN_PENDING | MSGFLAG_NRN_PENDING | MSGFLAG_UNMODIFIED;
        auto& flags = m_content.facts.row.flags;
        flags = (flags & kKept) | (static_cast<ULONG>(value.number()) & ~kKept);
    } else {
        m_content.facts.properties.set(m_store->database(), value);
    }
    m_dirty = true;
    return S_OK;
}

SCODE Message::set_large(ULONG tag, std::shared_ptr<LargeValue> value) {
    const port::Lock lock(m_mutex);
    check_writable();
    const SCODE refused = m_content.facts.may_change(tag);
    if (refused != S_OK) return refused;
    m_content.facts.properties.set_large(tag, std::move(value));
    m_dirty = true;
    return S_OK;
}

SCODE Message::remove(ULONG tag) {
    const port::Lock lock(m_mutex);
    check_writable();
    const SCODE refused = m_content.facts.may_change(tag);
    if (refused != S_OK) return refused;
    if (PROP_ID(tag) == PROP_ID(kTagQueueNextTry) && m_content.facts.queue) {
        m_content.facts.queue->next_try.reset();
        m_queue_dirty = true;
        return S_OK;
    }
    m_dirty = true;
    return m_content.facts.properties.remove(tag) ? S_OK : MAPI_E_NOT_FOUND;
}

void Message::write(Transaction& work, MessageContent& content, bool force) {
    const MessageRow& row = content.facts.row;
    if (row.id != 0) {
        const auto now = rows::read_message(work, row.id);
        if (!now || now->deleted || rows::is_deleted_folder(work, now->folder))
            throw Error(MAPI_E_OBJECT_DELETED, "saving a message");
        if (now->version != row.version && !force)
            throw Error(MAPI_E_OBJECT_CHANGED, "saving a message");
        // Read state and place may have changed since, which is no edit and is not undone by one.
        constexpr ULONG kNoEdit =
            MSGFLAG_READ | MSGFLAG_SUBMIT | MSGFLAG_RN_PENDING | MSGFLAG_NRN_PENDING;
        content.facts.row.flags = (row.flags & ~kNoEdit) | (now->flags & kNoEdit);
        content.facts.row.folder = now->folder;
        content.facts.row.flags &= ~MSGFLAG_UNMODIFIED;
        const bool submitted = (now->flags & MSGFLAG_SUBMIT) != 0;
        if (submitted && !m_for_spooler)
            throw Error(MAPI_E_SUBMITTED, "saving a submitted message");
    } else {
        if (rows::is_deleted_folder(work, row.folder))
            throw Error(MAPI_E_OBJECT_DELETED, "saving a message in a folder that was deleted");
        content.facts.row.flags |= owed_reports(content.facts);
    }
    if (force) {
        content.recipients_changed = true;
        for (AttachmentContent& attachment : content.attachments) attachment.changed = true;
    }
    save_content(work, content);
}

Change Message::change_of(const MessageContent& content, bool created) const {
    Change change;
    change.event = created ? fnevObjectCreated : fnevObjectModified;
    change.object = content.facts.object_id();
    change.parent = content.facts.row.folder;
    change.associated = content.facts.row.associated;
    return change;
}

std::optional<Change> Message::save(ULONG flags) {
    const port::Lock lock(m_mutex);
    check_writable();
    MessageContent content = m_content;
    const bool created = content.facts.row.id == 0;
    if (m_dirty || created) complete_for_saving(content);
    if (m_home) {
        if ((flags & KEEP_OPEN_READWRITE) == 0) content.facts.writable = false;
        m_content = content;
        m_dirty = false;
        m_home->keep(std::make_shared<const MessageContent>(std::move(content)));
        return std::nullopt;
    }
    flush_large(content);
    {
        Transaction work(*m_store->database(), Transaction::Kind::Durable);
        if (m_dirty || created) write(work, content, (flags & FORCE_SAVE) != 0);
        if (m_queue_dirty) rows::write_queue_notes(work, *content.facts.queue);
        work.commit();
    }
    mark_saved(content);
    std::optional<Change> change;
    if (m_dirty || created || m_queue_dirty) change = change_of(content, created);
    if (change) change->queue = m_queue_dirty;
    m_dirty = m_queue_dirty = false;
    if ((flags & KEEP_OPEN_READWRITE) == 0) content.facts.writable = false;
    m_content = std::move(content);
    return change;
}

Change Message::submit(ULONG submit_flags) {
    const port::Lock lock(m_mutex);
    check_writable();
    if (m_home) throw Error(MAPI_E_NO_SUPPORT, "submitting an embedded message");
    MessageContent content = m_content;
    const bool created = content.facts.row.id == 0;
    complete_for_saving(content);
    flush_large(content);
    {
        Transaction work(*m_store->database(), Transaction::Kind::Durable);
        write(work, content, false);
        rows::set_message_flags(work, content.facts.row.id, kSubmitted, kSubmitted);
        rows::enqueue(work, content.facts.row.id, submit_flags, port::file_time_now());
        port::fault_point("submit.before-commit");
        work.commit();
    }
    port::fault_point("submit.after-commit");
    mark_saved(content);
    Change change = change_of(content, created);
    change.queue = true;
    m_content = std::move(content);
    m_content.facts.row.flags |= kSubmitted;
    m_submitted = true;
    return change;
}

Message::ReadOutcome Message::set_read_state(const ReadRequest& request) {
    const port::Lock lock(m_mutex);
    MessageFacts& facts = m_content.facts;
    ReadOutcome outcome;
    if (m_home || !facts.is_saved()) {
        // Nobody else sees it yet: what it says is kept with it.
        facts.row.flags = apply(request, facts.row.flags).flags;
        return outcome;
    }
    Transaction work(*m_store->database(), Transaction::Kind::Write);
    const auto done = localstore::set_read_state(work, facts.row.id, request);
    if (!done) {
        if (m_submitted || rows::message_version(work, facts.row.id) != 0)
            throw Error(MAPI_E_SUBMITTED, "setting the read flag of a submitted message");
        throw Error(MAPI_E_OBJECT_DELETED, "setting the read flag of a message");
    }
    const auto row = rows::read_message(work, facts.row.id);
    work.commit();
    facts.row.flags = row->flags;
    if (request.unrequest && facts.properties.values().truth(PR_READ_RECEIPT_REQUESTED))
        facts.properties.set(m_store->database(), {PR_READ_RECEIPT_REQUESTED, false});
    if (done->changed) outcome.change = change_of(m_content, false);
    outcome.report = done->report;
    return outcome;
}

void Message::refresh_queue() {
    const port::Lock lock(m_mutex);
    Transaction work(*m_store->database(), Transaction::Kind::Read);
    m_content.facts.queue = rows::read_queue(work, m_content.facts.row.id);
}

}  // namespace remapi::localstore
