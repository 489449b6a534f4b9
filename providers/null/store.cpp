// SPDX-License-Identifier: LGPL-2.1-or-later
#include "abi/guard.h"
#include "com/object.h"
#include "object/props/abi_value.h"
#include "object/props/bag_object.h"
#include "object/table/table_data.h"
#include "providers/null/behaviour.h"

namespace remapi::null_provider {
namespace {

/// A store that has a name and an identity and no folders.
class Store final : public object::BagObject<Store, IMsgStore> {
public:
    using Interfaces = com::Answers<IMsgStore, IMAPIProp>;

    explicit Store(com::Ptr<IMAPISupport> support)
        : BagObject({{PR_DISPLAY_NAME_W, REMAPI_W("Null store")},
                     {PR_OBJECT_TYPE, MAPI_STORE},
                     {PR_STORE_SUPPORT_MASK, STORE_READONLY},
                     {PR_RECORD_KEY, kUid}},
                    false),
          m_support(std::move(support)) {}

    STDMETHODIMP Advise(ULONG bytes, LPENTRYID entry, ULONG mask, LPMAPIADVISESINK sink,
                        ULONG_PTR* connection) noexcept override {
        // Whoever advises on an entry id hears what is notified under it as a key.
        return abi::guard("IMsgStore::Advise", [&]() -> HRESULT {
            const auto key = Buffer<NOTIFKEY>::allocate_bytes(offsetof(NOTIFKEY, ab) + bytes + 1);
            key->cb = bytes;
            std::copy_n(reinterpret_cast<const BYTE*>(entry), entry ? bytes : 0, key->ab);
            return m_support->Subscribe(key.get(), mask, 0, sink, connection);
        });
    }
    STDMETHODIMP Unadvise(ULONG_PTR connection) noexcept override {
        return m_support->Unsubscribe(connection);
    }
    STDMETHODIMP CompareEntryIDs(ULONG left_bytes, LPENTRYID left, ULONG right_bytes,
                                 LPENTRYID right, ULONG, ULONG* same) noexcept override {
        *same = equal_bytes(view_bytes(left, left_bytes), view_bytes(right, right_bytes)) ? TRUE
                                                                                          : FALSE;
        return S_OK;
    }
    STDMETHODIMP OpenEntry(ULONG, LPENTRYID, LPCIID, ULONG, ULONG*,
                           LPUNKNOWN* object) noexcept override {
        *object = nullptr;
        return MAPI_E_NOT_FOUND;
    }
    STDMETHODIMP SetReceiveFolder(LPTSTR, ULONG, ULONG, LPENTRYID) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }
    STDMETHODIMP GetReceiveFolder(LPTSTR, ULONG, ULONG*, LPENTRYID*, LPTSTR*) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }
    STDMETHODIMP GetReceiveFolderTable(ULONG, LPMAPITABLE*) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }
    STDMETHODIMP StoreLogoff(ULONG* flags) noexcept override {
        return m_support->StoreLogoffTransports(flags);
    }
    STDMETHODIMP AbortSubmit(ULONG, LPENTRYID, ULONG) noexcept override {
        return MAPI_E_NOT_IN_QUEUE;
    }
    STDMETHODIMP GetOutgoingQueue(ULONG flags, LPMAPITABLE* table) noexcept override {
        return abi::guard("IMsgStore::GetOutgoingQueue", [&]() -> HRESULT {
            *table = object::make_table({PR_ENTRYID}, {}, flags).detach();
            return S_OK;
        });
    }
    STDMETHODIMP SetLockState(LPMESSAGE, ULONG) noexcept override { return MAPI_E_NO_SUPPORT; }
    STDMETHODIMP FinishedMsg(ULONG, ULONG, LPENTRYID) noexcept override { return MAPI_E_NOT_FOUND; }
    STDMETHODIMP NotifyNewMail(LPNOTIFICATION) noexcept override { return MAPI_E_NO_SUPPORT; }

private:
    template <class, class, class...>
    friend class com::Object;
    ~Store() = default;

    com::Ptr<IMAPISupport> m_support;
};

/// The side of the store that only the host sees.
class StoreLogon final : public com::Object<StoreLogon, IMSLogon> {
public:
    using Interfaces = com::Answers<IMSLogon>;
    explicit StoreLogon(com::Ptr<Store> store) : m_store(std::move(store)) {}

    STDMETHODIMP GetLastError(HRESULT, ULONG, LPMAPIERROR* error) noexcept override {
        *error = nullptr;
        return S_OK;
    }
    STDMETHODIMP Logoff(ULONG*) noexcept override {
        m_store.reset();
        return S_OK;
    }
    STDMETHODIMP OpenEntry(ULONG, LPENTRYID, LPCIID, ULONG, ULONG*,
                           LPUNKNOWN* object) noexcept override {
        *object = nullptr;
        return MAPI_E_NOT_FOUND;
    }
    STDMETHODIMP CompareEntryIDs(ULONG left_bytes, LPENTRYID left, ULONG right_bytes,
                                 LPENTRYID right, ULONG flags, ULONG* same) noexcept override {
        if (!m_store) return MAPI_E_END_OF_SESSION;
        return m_store->CompareEntryIDs(left_bytes, left, right_bytes, right, flags, same);
    }
    STDMETHODIMP Advise(ULONG bytes, LPENTRYID entry, ULONG mask, LPMAPIADVISESINK sink,
                        ULONG_PTR* connection) noexcept override {
        if (!m_store) return MAPI_E_END_OF_SESSION;
        return m_store->Advise(bytes, entry, mask, sink, connection);
    }
    STDMETHODIMP Unadvise(ULONG_PTR connection) noexcept override {
        if (!m_store) return MAPI_E_END_OF_SESSION;
        return m_store->Unadvise(connection);
    }
    STDMETHODIMP OpenStatusEntry(LPCIID, ULONG, ULONG*, LPVOID*) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }

private:
    friend class com::Object<StoreLogon, IMSLogon>;
    ~StoreLogon() = default;

    com::Ptr<Store> m_store;
};

class StoreProvider final : public com::Object<StoreProvider, IMSProvider> {
public:
    using Interfaces = com::Answers<IMSProvider>;

    STDMETHODIMP Shutdown(ULONG*) noexcept override { return S_OK; }

    // Not noexcept by design: what kThrow asks for must get out.
    STDMETHODIMP Logon(LPMAPISUP support, ULONG_PTR, LPTSTR, ULONG, LPENTRYID, ULONG flags, LPCIID,
                       ULONG* security_bytes, LPBYTE* security, LPMAPIERROR* error,
                       LPMSLOGON* logon, LPMDB* store) override {
        if (security_bytes) *security_bytes = 0;
        if (security) *security = nullptr;
        return log_on(support, flags, error, logon, store);
    }
    STDMETHODIMP SpoolerLogon(LPMAPISUP support, ULONG_PTR, LPTSTR, ULONG, LPENTRYID, ULONG flags,
                              LPCIID, ULONG, LPBYTE, LPMAPIERROR* error, LPMSLOGON* logon,
                              LPMDB* store) override {
        return log_on(support, flags, error, logon, store);
    }
    STDMETHODIMP CompareStoreIDs(ULONG left_bytes, LPENTRYID left, ULONG right_bytes,
                                 LPENTRYID right, ULONG, ULONG* same) noexcept override {
        *same = equal_bytes(view_bytes(left, left_bytes), view_bytes(right, right_bytes)) ? TRUE
                                                                                          : FALSE;
        return S_OK;
    }

private:
    friend class com::Object<StoreProvider, IMSProvider>;
    ~StoreProvider() = default;

    static HRESULT log_on(IMAPISupport* support, ULONG flags, MAPIERROR** error, IMSLogon** logon,
                          IMsgStore** store) {
        if (const HRESULT hr = behave(support, flags, error); FAILED(hr)) return hr;
        MAPIUID uid = kUid;
        if (const HRESULT hr = support->SetProviderUID(&uid, 0); FAILED(hr)) return hr;
        const auto made = com::make<Store>(com::Ptr<IMAPISupport>::share(support));
        const PropValue row[] = {{PR_DISPLAY_NAME_W, REMAPI_W("Null store")},
                                 {PR_STATUS_CODE, STATUS_AVAILABLE}};
        const auto packed = object::pack(row);
        support->ModifyStatusRow(2, packed.get(), 0);
        *logon = com::make<StoreLogon>(made).detach();
        *store = com::Ptr<Store>(made).detach();
        return S_OK;
    }
};

}  // namespace

com::Ptr<IMSProvider> make_store_provider() {
    return com::make<StoreProvider>();
}

}  // namespace remapi::null_provider
