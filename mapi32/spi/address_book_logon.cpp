// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/address_book_logon.h"

#include "memory/buffer.h"
#include "spi/provider_call.h"
#include "spi/provider_error.h"
#include "spi/support.h"

namespace remapi::spi {

std::shared_ptr<AddressBookLogon> AddressBookLogon::log_on(const AddressBookLogonRequest& request) {
    std::shared_ptr<AddressBookLogon> result(new AddressBookLogon());
    result->m_identity = request.provider;
    result->m_provider = init_address_book_provider(request.provider.dll_name);
    result->m_support = make_support(request.host, request.provider);
    result->call_logon(request);
    return result;
}

AddressBookLogon::~AddressBookLogon() {
    log_off();
}

void AddressBookLogon::call_logon(const AddressBookLogonRequest& request) {
    ModuleRef& module = m_provider.module;
    ULONG flags = request.flags | MAPI_UNICODE;
    HRESULT hr = S_OK;
    do {
        ProviderText profile(request.profile_name, flags);
        ULONG security_bytes = 0;
        BYTE* security = nullptr;
        MAPIERROR* error = nullptr;
        IABLogon* logon = nullptr;
        hr = call_provider(module, "IABProvider::Logon", [&] {
            return m_provider.object->Logon(m_support.get(), request.ui_param, profile.get(), flags,
                                            &security_bytes, &security, &error, &logon);
        });
        log_provider_error(module.name(), "IABProvider::Logon", hr, error, flags);
        if (FAILED(hr)) continue;
        Buffer<BYTE>::attach(security).reset();
        m_logon = com::Ptr<IABLogon>::attach(logon);
    } while (retry_in_ansi(hr, flags));
    if (FAILED(hr)) throw Error(hr, "logging on to the address book of " + module.name());
    if (!m_logon) throw Error(MAPI_E_CALL_FAILED, "no logon object from " + module.name());
}

void AddressBookLogon::log_off() noexcept {
    ModuleRef& module = m_provider.module;
    if (IABLogon* logon = m_logon.detach()) {
        call_provider(module, "IABLogon::Logoff", [logon] { return logon->Logoff(0); });
        release_in_provider(module, logon);
    }
    shut_down(m_provider);
    if (m_support) close_support(m_support.get());
    m_support.reset();
}

}  // namespace remapi::spi
