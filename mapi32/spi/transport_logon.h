// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A transport logged on, as the spooler uses it.
// Pages: mapi/initializing-the-transport-provider.md, mapi/ixpprovider-transportlogon.md,
// mapi/ixplogon-addresstypes.md
#pragma once

#include <memory>
#include <vector>

#include "spi/provider_init.h"
#include "spi/support_host.h"

namespace remapi::spi {

struct TransportLogonRequest {
    std::shared_ptr<SupportHost> host;
    ProviderIdentity provider;
    String profile_name;
    ULONG_PTR ui_param = 0;
    ULONG flags = 0;  ///< LOGON_NO_DIALOG, LOGON_NO_CONNECT, LOGON_NO_INBOUND, LOGON_NO_OUTBOUND
};

/// The provider and its logon object, with the address types and identifiers it registered. One
/// thread at a time, as MAPI promises transports.
class TransportLogon {
public:
    /// Logs on and asks for the address types. Errors: those of init_transport_provider; what
    /// TransportLogon or AddressTypes answer, logged with the text of the provider's MAPIERROR.
    static std::shared_ptr<TransportLogon> log_on(const TransportLogonRequest& request);
    ~TransportLogon();
    TransportLogon(const TransportLogon&) = delete;
    TransportLogon& operator=(const TransportLogon&) = delete;

    const ProviderIdentity& provider() const noexcept { return m_identity; }
    IXPLogon* logon() const noexcept { return m_logon.get(); }
    IMAPISupport* support() const noexcept { return m_support.get(); }
    ModuleRef& module() noexcept { return m_provider.module; }
    /// What TransportLogon put into its flags: LOGON_SP_IDLE, LOGON_SP_POLL, LOGON_SP_RESOLVE.
    ULONG wishes() const noexcept { return m_wishes; }

    /// Whether it gave no list of types at all: it takes every recipient.
    bool handles_every_type() const noexcept { return m_every_type; }
    /// Address types as the transport spells them; empty for one that takes none by type.
    const std::vector<String>& address_types() const noexcept { return m_types; }
    const std::vector<MAPIUID>& uids() const noexcept { return m_uids; }
    /// Asks the transport again, after NOTIFY_CONFIG_CHANGE.
    HRESULT refresh_address_types();
    /// Whether it takes a recipient of this type whose entry id is `entry_id` (may be empty).
    bool handles(StringView address_type, BytesView entry_id) const;

    /// IXPLogon::TransportNotify with NOTIFY_BEGIN_OUTBOUND and the like.
    HRESULT notify(ULONG flags, void* data = nullptr);
    HRESULT submit_message(ULONG flags, IMessage* message, ULONG_PTR* reference,
                           ULONG_PTR* parameter);
    HRESULT end_message(ULONG_PTR reference, ULONG* flags);
    HRESULT start_message(ULONG flags, IMessage* message, ULONG_PTR* reference);
    HRESULT poll(ULONG* incoming);
    HRESULT idle(ULONG flags);
    HRESULT flush_queues(ULONG_PTR ui_param, ULONG flags);
    /// TransportLogoff and release of everything; the second time nothing.
    void log_off() noexcept;

private:
    TransportLogon() = default;
    void call_logon(const TransportLogonRequest& request);
    void take_address_types(ULONG flags, ULONG type_count, LPTSTR* types, ULONG uid_count,
                            MAPIUID** uids);

    ProviderIdentity m_identity;
    InitializedProvider<IXPProvider> m_provider;
    com::Ptr<IMAPISupport> m_support;
    com::Ptr<IXPLogon> m_logon;
    ULONG m_wishes = 0;
    bool m_every_type = false;
    std::vector<String> m_types;
    std::vector<MAPIUID> m_uids;
};

}  // namespace remapi::spi
