// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/spooler/store_queue.h"

#include "abi/remapi_tags.h"
#include "format/wrapped_entry_id.h"
#include "log/log.h"
#include "spi/props.h"
#include "spi/provider_call.h"
#include "text/text.h"

namespace remapi::spi {
namespace {

class StoredMessage final : public OutgoingMessage {
public:
    explicit StoredMessage(com::Ptr<IMessage> message) : m_message(std::move(message)) {}

    IMessage* object() noexcept override { return m_message.get(); }
    std::vector<PropertyBag> recipients() override { return read_recipients(m_message.get()); }
    void change_recipients(const std::vector<PropertyBag>& rows) override {
        write_recipients(m_message.get(), MODRECIP_MODIFY, rows);
    }
    void save() override {
        check(m_message->SaveChanges(KEEP_OPEN_READWRITE), "saving a message that is being sent");
    }
    String last_error() override {
        return String(
            read_properties(m_message.get(), {kTagQueueLastError}).text(kTagQueueLastError));
    }

private:
    const com::Ptr<IMessage> m_message;
};

/// The row of a provider's store in the session's message store table.
PropertyBag row_of(IMAPISession* session, const MAPIUID& provider) {
    com::Ptr<IMAPITable> table;
    check(session->GetMsgStoresTable(MAPI_UNICODE, table.put()), "IMAPISession::GetMsgStoresTable");
    for (PropertyBag& row : read_rows(table.get(), {PR_PROVIDER_UID, PR_ENTRYID})) {
        if (equal_bytes(row.bytes(PR_PROVIDER_UID), view_bytes(provider))) return std::move(row);
    }
    throw Error(MAPI_E_NOT_FOUND, "a store that is not in the session's table");
}

com::Ptr<IMsgStore> open_in_session(IMAPISession* session, BytesView entry_id) {
    com::Ptr<IMsgStore> store;
    check(session->OpenMsgStore(0, narrow_size(entry_id.size()), as_entry(entry_id), nullptr,
                                MDB_WRITE | MDB_NO_DIALOG, store.put()),
          "IMAPISession::OpenMsgStore");
    return store;
}

/// The store's own entry id as its profile section has it; empty when the provider finds that
/// itself.
Bytes own_entry_id(SupportHost& host, const ProviderIdentity& provider) {
    const com::Ptr<IProfSect> section = host.open_profile_section(provider, provider.uid, 0);
    const PropertyBag values = read_properties(section.get(), {PR_ENTRYID});
    const BytesView told = values.bytes(PR_ENTRYID);
    if (const auto wrapped = format::unwrap_store_entry_id(told)) return wrapped->private_id;
    return to_bytes(told);
}

QueueEntry entry_of(const PropertyBag& row) {
    QueueEntry entry;
    entry.entry_id = to_bytes(row.bytes(PR_ENTRYID));
    entry.done = row.text(kTagQueueState) == REMAPI_W("done");
    entry.tries = static_cast<ULONG>(row.number(kTagQueueTries));
    entry.submitted = static_cast<std::uint64_t>(row.number(PR_CLIENT_SUBMIT_TIME));
    entry.next_try = static_cast<std::uint64_t>(row.number(kTagQueueNextTry));
    return entry;
}

}  // namespace

std::unique_ptr<StoreQueue> StoreQueue::open_store(IMAPISession* session,
                                                   const StoreLogonRequest& request) {
    const PropertyBag row = row_of(session, request.provider.uid);
    com::Ptr<IMsgStore> in_session = open_in_session(session, row.bytes(PR_ENTRYID));
    StoreLogonRequest logon = request;
    logon.flags |= MDB_WRITE | MDB_NO_DIALOG;
    logon.entry_id = own_entry_id(*request.host, request.provider);
    std::shared_ptr<StoreLogon> used = StoreLogon::log_on(logon);
    logon.spooler = true;
    logon.spool_security = used->spool_security();
    try {
        used = StoreLogon::log_on(logon);
    } catch (const Error& error) {
        if (error.code() != MAPI_E_NO_SUPPORT) throw;
    }
    return std::unique_ptr<StoreQueue>(new StoreQueue(std::move(in_session), std::move(used)));
}

StoreQueue::StoreQueue(com::Ptr<IMsgStore> in_session, std::shared_ptr<StoreLogon> logon)
    : m_in_session(std::move(in_session)),
      m_logon(std::move(logon)),
      m_name(m_logon->module().name()) {
    const PropertyBag props =
        read_properties(m_logon->store(), {PR_RECORD_KEY, PR_STORE_SUPPORT_MASK});
    m_record_key = to_bytes(props.bytes(PR_RECORD_KEY));
    const auto can = static_cast<ULONG>(props.number(PR_STORE_SUPPORT_MASK, STORE_SUBMIT_OK));
    if ((can & STORE_SUBMIT_OK) == 0 || m_record_key.empty()) {
        throw Error(MAPI_E_NO_SUPPORT, "a store without an outgoing queue: " + m_name);
    }
}

StoreQueue::~StoreQueue() {
    m_logon->log_off();
}

std::vector<QueueEntry> StoreQueue::queue() {
    com::Ptr<IMAPITable> table;
    check(call_provider(m_logon->module(), "IMsgStore::GetOutgoingQueue",
                        [&] { return m_logon->store()->GetOutgoingQueue(0, table.put()); }),
          "IMsgStore::GetOutgoingQueue");
    std::vector<QueueEntry> entries;
    for (const PropertyBag& row :
         read_rows(table.get(), {PR_ENTRYID, PR_CLIENT_SUBMIT_TIME, kTagQueueState, kTagQueueTries,
                                 kTagQueueNextTry})) {
        if (!row.bytes(PR_ENTRYID).empty()) entries.push_back(entry_of(row));
    }
    return entries;
}

com::Ptr<IMessage> StoreQueue::open_message(BytesView entry_id) {
    com::Ptr<IMessage> message;
    ULONG type = 0;
    check(call_provider(m_logon->module(), "IMsgStore::OpenEntry",
                        [&] {
                            return m_logon->store()->OpenEntry(
                                narrow_size(entry_id.size()), as_entry(entry_id), &IID_IMessage,
                                MAPI_MODIFY, &type, message.put_as<IUnknown>());
                        }),
          "opening a message of the outgoing queue");
    return message;
}

std::unique_ptr<OutgoingMessage> StoreQueue::open(BytesView entry_id) {
    return std::make_unique<StoredMessage>(open_message(entry_id));
}

void StoreQueue::set_lock_state(IMessage* message, ULONG state) {
    check(call_provider(m_logon->module(), "IMsgStore::SetLockState",
                        [&] { return m_logon->store()->SetLockState(message, state); }),
          "IMsgStore::SetLockState");
}

void StoreQueue::lock(OutgoingMessage& message) {
    set_lock_state(message.object(), MSG_LOCKED);
}

void StoreQueue::defer(BytesView entry_id, const Retry& retry) {
    com::Ptr<IMessage> message;
    try {
        message = open_message(entry_id);
    } catch (const Error&) {
        if (!note_try(entry_id, retry)) throw;
        return;
    }
    try {
        write_properties(message.get(),
                         {{kTagQueueTries, retry.tries},
                          PropValue(kTagQueueNextTry, PropValue::Data(retry.next_try)),
                          {kTagQueueLastError, retry.reason}});
        check(message->SaveChanges(KEEP_OPEN_READWRITE), "IMessage::SaveChanges");
    } catch (const Error& error) {
        // Another vendor's store; the spooler remembers for as long as it runs.
        REMAPI_TRACE(Spooler, "%s does not keep when to try again: %s", m_name.c_str(),
                     error.what());
    }
    set_lock_state(message.get(), MSG_UNLOCKED);
}

// Whether the store kept it. Only ours can without opening the message.
bool StoreQueue::note_try(BytesView entry_id, const Retry& retry) {
    com::Ptr<IRemapiQueueNotes> notes;
    const HRESULT asked = call_provider(m_logon->module(), "IMsgStore::QueryInterface", [&] {
        return m_logon->store()->QueryInterface(kIidRemapiQueueNotes, notes.put_as<void>());
    });
    if (FAILED(asked)) return false;
    check(call_provider(m_logon->module(), "IRemapiQueueNotes::NoteTry",
                        [&] {
                            return notes->NoteTry(narrow_size(entry_id.size()), as_entry(entry_id),
                                                  retry.tries, retry.next_try,
                                                  retry.reason.c_str());
                        }),
          "noting a try of a message");
    return true;
}

void StoreQueue::finish(BytesView entry_id) {
    check(call_provider(m_logon->module(), "IMsgStore::FinishedMsg",
                        [&] {
                            return m_logon->store()->FinishedMsg(0, narrow_size(entry_id.size()),
                                                                 as_entry(entry_id));
                        }),
          "IMsgStore::FinishedMsg");
}

}  // namespace remapi::spi
