// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <set>

#include "abi/remapi_tags.h"
#include "object/notify/notification.h"
#include "providers/localstore/face/named_object.h"

namespace remapi::abi {
template <>
inline const IID& iid_of<IRemapiQueueNotes>() noexcept {
    return kIidRemapiQueueNotes;
}
}  // namespace remapi::abi

namespace remapi::localstore {

/// How somebody logged on to a store.
struct LogonFacts {
    com::Ptr<IMAPISupport> support;
    bool writable = true;
    bool spooler = false;        ///< SpoolerLogon
    bool default_store = false;  ///< PR_DEFAULT_STORE of the profile section
};

/// An open local store: the COM face of a Store. Any thread may call it. It keeps its support
/// object until StoreLogoff or the last Release.
class MsgStore final : public NamedObject<MsgStore, IMsgStore, IRemapiQueueNotes> {
public:
    using Interfaces = com::Answers<IMsgStore, IMAPIProp, IRemapiQueueNotes>;

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

    // IRemapiQueueNotes
    STDMETHODIMP NoteTry(ULONG entry_size, LPENTRYID entry, ULONG tries, ULONGLONG next_try,
                         LPCWSTR reason) noexcept override;

    // PropSource
    std::optional<PropValue> load(ULONG tag) override;
    std::vector<ULONG> list() override;
    SCODE store(const PropValue& value) override;
    SCODE erase(ULONG tag) override;
    bool writable() const override { return m_facts.writable; }

    Store& model_store() noexcept { return *m_store; }
    const std::shared_ptr<Store>& model() const noexcept { return m_store; }
    /// Null after logoff.
    com::Ptr<IMAPISupport> support();
    /// The same; throws Error(MAPI_E_END_OF_SESSION) after logoff.
    com::Ptr<IMAPISupport> required_support();

    /// Opens any object of this store, for every OpenEntry there is. No entry id: the root folder.
    HRESULT open_entry(BytesView entry, const IID* iid, ULONG flags, ULONG* type,
                       IUnknown** object);
    /// The folder that `folder` is in this store; nullopt when it is another store's.
    std::optional<std::int64_t> own_folder(void* folder);
    /// Tells tables and sinks of what was committed.
    void announce(const Change& change);
    /// The same for the end of a search.
    void announce_search(std::int64_t folder);
    /// Tells the host that a message waits in the outgoing queue.
    void announce_submission();
    /// Ends all that was subscribed and lets the support object go.
    void log_off() noexcept;

private:
    friend class com::Object<MsgStore, IMsgStore, IRemapiQueueNotes>;
    ~MsgStore();

    PropValue special_value(ULONG tag, Special which) const;
    std::optional<PropValue> computed(ULONG tag);
    std::optional<ObjectId> object_of(BytesView entry) const {
        return parse_object_entry_id(m_store->uid(), entry);
    }
    void notify(BytesView key, NOTIFICATION* event);
    void notify_object(const object::ObjectEvent& event, std::span<const Bytes> keys);
    HRESULT finish(std::int64_t message);
    void finish_leftovers();

    const std::shared_ptr<Store> m_store;
    LogonFacts m_facts;
    port::Mutex m_mutex;
    std::set<ULONG_PTR> m_connections;
    ULONG m_logoff_flags = LOGOFF_ABORT;  ///< what StoreLogoff was told last
};

/// The store among whose objects `entry` is asked for: throws Error(MAPI_E_UNKNOWN_ENTRYID),
/// for an object of another kind Error(MAPI_E_INVALID_ENTRYID).
ObjectId required_object(const Store& store, BytesView entry, ULONG type);

}  // namespace remapi::localstore
