// SPDX-License-Identifier: LGPL-2.1-or-later
//
// An address book provider logged on.
// Pages: mapi/iabprovider-logon.md, mapi/implementing-address-book-provider-logon-and-logoff.md
#pragma once

#include <memory>

#include "spi/provider_init.h"
#include "spi/support_host.h"

namespace remapi::spi {

struct AddressBookLogonRequest {
    std::shared_ptr<SupportHost> host;
    ProviderIdentity provider;
    String profile_name;
    ULONG_PTR ui_param = 0;
    ULONG flags = 0;  ///< AB_NO_DIALOG; MAPI_UNICODE is added
};

/// The provider and its logon object. Any thread.
class AddressBookLogon {
public:
    /// Errors: those of init_address_book_provider; what Logon answers, logged with its MAPIERROR's
    /// text.
    static std::shared_ptr<AddressBookLogon> log_on(const AddressBookLogonRequest& request);
    ~AddressBookLogon();
    AddressBookLogon(const AddressBookLogon&) = delete;
    AddressBookLogon& operator=(const AddressBookLogon&) = delete;

    const ProviderIdentity& provider() const noexcept { return m_identity; }
    IABLogon* logon() const noexcept { return m_logon.get(); }
    ModuleRef& module() noexcept { return m_provider.module; }
    /// IABLogon::Logoff and release of everything; the second time nothing.
    void log_off() noexcept;

private:
    AddressBookLogon() = default;
    void call_logon(const AddressBookLogonRequest& request);

    ProviderIdentity m_identity;
    InitializedProvider<IABProvider> m_provider;
    com::Ptr<IMAPISupport> m_support;
    com::Ptr<IABLogon> m_logon;
};

}  // namespace remapi::spi
