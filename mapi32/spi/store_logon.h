// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A message store logged on.
// Pages: mapi/loading-message-store-providers.md, mapi/imsprovider-logon.md,
// mapi/imsprovider-spoolerlogon.md
#pragma once

#include <memory>

#include "spi/provider_init.h"
#include "spi/support_host.h"

namespace remapi::spi {

struct StoreLogonRequest {
    std::shared_ptr<SupportHost> host;
    ProviderIdentity provider;
    String profile_name;
    Bytes entry_id;  ///< the store's own (unwrapped) entry id; empty: the provider's section tells
    ULONG_PTR ui_param = 0;
    ULONG flags = 0;  ///< MDB_..., MAPI_BEST_ACCESS, MAPI_DEFERRED_ERRORS; MAPI_UNICODE is added
    const IID* interface_id = nullptr;  ///< null: IMsgStore
    bool spooler = false;               ///< SpoolerLogon with `spool_security`
    Bytes spool_security;
};

/// The provider, its logon object and its store object, released in the right order. Kept by the
/// session for as long as it routes to the store. Any thread.
class StoreLogon {
public:
    /// Logs on. Errors: those of init_store_provider; what Logon answers (MAPI_E_LOGON_FAILED,
    /// MAPI_E_UNCONFIGURED, MAPI_E_FAILONEPROVIDER, MAPI_E_USER_CANCEL, MAPI_E_UNKNOWN_CPID ...);
    /// each is logged with the module's name and the text the provider gave in its MAPIERROR.
    static std::shared_ptr<StoreLogon> log_on(const StoreLogonRequest& request);
    ~StoreLogon();
    StoreLogon(const StoreLogon&) = delete;
    StoreLogon& operator=(const StoreLogon&) = delete;

    const ProviderIdentity& provider() const noexcept { return m_identity; }
    /// Warning of a logon that succeeded (MAPI_W_ERRORS_RETURNED ...), else S_OK.
    HRESULT logon_result() const noexcept { return m_result; }
    /// Null when the provider gave none.
    IMSLogon* logon() const noexcept { return m_logon.get(); }
    IMsgStore* store() const noexcept { return m_store.get(); }
    ModuleRef& module() noexcept { return m_provider.module; }
    /// The blob that a spooler's logon to the same store needs.
    const Bytes& spool_security() const noexcept { return m_security; }

    /// Whether two unwrapped store entry ids name one store (IMSProvider::CompareStoreIDs).
    bool same_store(BytesView left, BytesView right);
    /// IMSLogon::OpenEntry, guarded. Errors: MAPI_E_NO_SUPPORT without a logon object.
    HRESULT open_entry(ULONG entry_bytes, ENTRYID* entry, const IID* iid, ULONG flags, ULONG* type,
                       IUnknown** object);
    /// IMSLogon::CompareEntryIDs, guarded.
    HRESULT compare_entry_ids(ULONG left_bytes, ENTRYID* left, ULONG right_bytes, ENTRYID* right,
                              ULONG flags, ULONG* same);
    /// IMSLogon::Logoff and release of everything; the second time nothing. Clients that still hold
    /// the store object keep it, and its module stays loaded.
    void log_off() noexcept;

private:
    StoreLogon() = default;
    void call_logon(const StoreLogonRequest& request);

    ProviderIdentity m_identity;
    InitializedProvider<IMSProvider> m_provider;
    com::Ptr<IMAPISupport> m_support;
    com::Ptr<IMSLogon> m_logon;
    com::Ptr<IMsgStore> m_store;
    Bytes m_security;
    HRESULT m_result = S_OK;
};

}  // namespace remapi::spi
