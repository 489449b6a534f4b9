// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <set>

#include "object/notify/notification.h"
#include "providers/kit/named_object.h"
#include "providers/memory/model/store.h"

namespace remapi::memory_store {

/// How somebody logged on.
struct LogonFacts {
    com::Ptr<IMAPISupport> support = {};
    bool writable = true;
    bool spooler = false;  ///< SpoolerLogon: may write messages that are on their way out
};

/// The COM face of a store. Every object opened from it keeps it, and it keeps the host's support
/// object until it is logged off. Any thread may call it.
class MsgStore final : public kit::NamedObject<MsgStore, IMsgStore> {
public:
    using Interfaces = com::Answers<IMsgStore, IMAPIProp>;

    MsgStore(std::shared_ptr<Store> store, LogonFacts facts);

    // IMsgStore
    STDMETHODIMP Advise(ULONG entry_size, LPENTRYID entry, ULONG event_mask, LPMAPIADVISESINK sink,
                        ULONG_PTR* connection) noexcept override;
    STDMETHODIMP Unadvise(ULONG_PTR connection) noexcept override;
    STDMETHODIMP CompareEntryIDs(ULONG left_size, LPENTRYID left, ULONG right_size, LPENTRYID right,
                                 ULONG flags, ULONG* same) noexcept override;
    STDMETHODIMP OpenEntry(ULONG entry_size, LPENTRYID entry, LPCIID iid, ULONG flags, ULONG* type,
                           LPUNKNOWN* object) noexcept override;
    STDMETHODIMP SetReceiveFolder(LPTSTR message_class, ULONG flags, ULONG entry_size,
                                  LPENTRYID entry) noexcept override;
    STDMETHODIMP GetReceiveFolder(LPTSTR message_class, ULONG flags, ULONG* entry_size,
                                  LPENTRYID* entry, LPTSTR* explicit_class) noexcept override;
    STDMETHODIMP GetReceiveFolderTable(ULONG flags, LPMAPITABLE* table) noexcept override;
    STDMETHODIMP StoreLogoff(ULONG* flags) noexcept override;
    STDMETHODIMP AbortSubmit(ULONG entry_size, LPENTRYID entry, ULONG flags) noexcept override;
    STDMETHODIMP GetOutgoingQueue(ULONG flags, LPMAPITABLE* table) noexcept override;
    STDMETHODIMP SetLockState(LPMESSAGE message, ULONG lock_state) noexcept override;
    STDMETHODIMP FinishedMsg(ULONG flags, ULONG entry_size, LPENTRYID entry) noexcept override;
    STDMETHODIMP NotifyNewMail(LPNOTIFICATION notification) noexcept override;

    // PropSource
    std::optional<PropValue> load(ULONG tag) override;
    std::vector<ULONG> list() override;
    SCODE store(const PropValue& value) override;
    SCODE erase(ULONG tag) override;
    bool writable() const override { return m_facts.writable; }

    // For the faces of its objects.
    Store& model_store() noexcept { return *m_store; }
    const std::shared_ptr<Store>& model() const noexcept { return m_store; }
    bool for_spooler() const noexcept { return m_facts.spooler; }
    /// Throws Error(MAPI_E_END_OF_SESSION) after logoff.
    com::Ptr<IMAPISupport> required_support();
    /// OpenEntry of whatever object; no entry id: the root folder.
    HRESULT open_entry(BytesView entry, const IID* iid, ULONG flags, ULONG* type,
                       IUnknown** object);
    /// Tells tables and advise sinks what has happened.
    void announce(const Change& change);
    /// The same for the end of a search.
    void announce_search(Number folder);

    /// Ends what was advised and lets the support object go.
    void log_off() noexcept;

private:
    friend class com::Object<MsgStore, IMsgStore>;
    ~MsgStore();

    PropertyBag all_properties();
    com::Ptr<IMAPISupport> support();
    void notify(BytesView key, NOTIFICATION* event);
    void notify_about(const object::ObjectEvent& event, std::span<const ObjectId> objects);
    void announce_counts(Number folder);
    void announce_queue(Number message);

    const std::shared_ptr<Store> m_store;
    port::Mutex m_mutex;
    LogonFacts m_facts;                 ///< its support is guarded by m_mutex
    std::set<ULONG_PTR> m_connections;  ///< guarded by m_mutex
};

}  // namespace remapi::memory_store
