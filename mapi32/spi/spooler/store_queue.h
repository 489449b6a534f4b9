// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The outgoing queue of a real message store.
// Pages: mapi/imsgstore-getoutgoingqueue.md, mapi/outgoing-queue-tables.md,
// mapi/imsgstore-setlockstate.md, mapi/imsgstore-finishedmsg.md, mapi/imsprovider-spoolerlogon.md
#pragma once

#include "spi/spooler/outgoing.h"
#include "spi/store_logon.h"

namespace remapi::spi {

/// A store that the spooler is logged on to. One thread.
class StoreQueue final : public OutgoingStore {
public:
    /// Logs on three times: in the session, which then finds the folders for sent mail and reports;
    /// as a client, to learn what the store wants of a spooler; as the spooler. A store without
    /// SpoolerLogon is used as the client sees it. Throws what the logon throws;
    /// Error(MAPI_E_NO_SUPPORT) for a store that sends nothing.
    static std::unique_ptr<StoreQueue> open_store(IMAPISession* session,
                                                  const StoreLogonRequest& request);
    ~StoreQueue() override;

    const Bytes& record_key() const override { return m_record_key; }
    const std::string& name() const override { return m_name; }
    std::vector<QueueEntry> queue() override;
    std::unique_ptr<OutgoingMessage> open(BytesView entry_id) override;
    void lock(OutgoingMessage& message) override;
    void defer(BytesView entry_id, const Retry& retry) override;
    void finish(BytesView entry_id) override;

private:
    StoreQueue(com::Ptr<IMsgStore> in_session, std::shared_ptr<StoreLogon> logon);
    com::Ptr<IMessage> open_message(BytesView entry_id);
    void set_lock_state(IMessage* message, ULONG state);
    bool note_try(BytesView entry_id, const Retry& retry);

    const com::Ptr<IMsgStore> m_in_session;
    const std::shared_ptr<StoreLogon> m_logon;
    Bytes m_record_key;
    std::string m_name;
};

}  // namespace remapi::spi
