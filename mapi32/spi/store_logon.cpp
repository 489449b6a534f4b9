// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/store_logon.h"

#include "memory/buffer.h"
#include "spi/provider_call.h"
#include "spi/provider_error.h"
#include "spi/support.h"

namespace remapi::spi {
namespace {

// What Logon and SpoolerLogon hand out, not yet owned.
struct Handed {
    MAPIERROR* error = nullptr;
    IMSLogon* logon = nullptr;
    IMsgStore* store = nullptr;
    ULONG security_bytes = 0;
    BYTE* security = nullptr;
};

HRESULT logon_once(ModuleRef& module, IMSProvider* provider, IMAPISupport* support,
                   const StoreLogonRequest& request, ULONG flags, Handed& handed) {
    ProviderText profile(request.profile_name, flags);
    auto* entry = reinterpret_cast<ENTRYID*>(
        const_cast<BYTE*>(request.entry_id.empty() ? nullptr : request.entry_id.data()));
    const auto entry_bytes = narrow_size(request.entry_id.size());
    const auto security_bytes = narrow_size(request.spool_security.size());
    if (!request.spooler) {
        return call_provider(module, "IMSProvider::Logon", [&] {
            return provider->Logon(support, request.ui_param, profile.get(), entry_bytes, entry,
                                   flags, request.interface_id, &handed.security_bytes,
                                   &handed.security, &handed.error, &handed.logon, &handed.store);
        });
    }
    return call_provider(module, "IMSProvider::SpoolerLogon", [&] {
        return provider->SpoolerLogon(support, request.ui_param, profile.get(), entry_bytes, entry,
                                      flags, request.interface_id, security_bytes,
                                      const_cast<BYTE*>(request.spool_security.data()),
                                      &handed.error, &handed.logon, &handed.store);
    });
}

}  // namespace

std::shared_ptr<StoreLogon> StoreLogon::log_on(const StoreLogonRequest& request) {
    std::shared_ptr<StoreLogon> result(new StoreLogon());
    result->m_identity = request.provider;
    result->m_provider = init_store_provider(request.provider.dll_name);
    result->m_support = make_support(request.host, request.provider);
    result->call_logon(request);
    return result;
}

StoreLogon::~StoreLogon() {
    log_off();
}

void StoreLogon::call_logon(const StoreLogonRequest& request) {
    ModuleRef& module = m_provider.module;
    ULONG flags = request.flags | MAPI_UNICODE;
    Handed handed;
    do {
        m_result =
            logon_once(module, m_provider.object.get(), m_support.get(), request, flags, handed);
        log_provider_error(module.name(),
                           request.spooler ? "IMSProvider::SpoolerLogon" : "IMSProvider::Logon",
                           m_result, std::exchange(handed.error, nullptr), flags);
    } while (retry_in_ansi(m_result, flags));
    if (FAILED(m_result)) throw Error(m_result, "logging on to the store of " + module.name());

    const auto security = Buffer<BYTE>::attach(handed.security);
    m_logon = com::Ptr<IMSLogon>::attach(handed.logon);
    m_store = com::Ptr<IMsgStore>::attach(handed.store);
    if (!m_store) throw Error(MAPI_E_CALL_FAILED, "no store object from " + module.name());
    m_security = to_bytes(view_bytes(handed.security, handed.security_bytes));
}

bool StoreLogon::same_store(BytesView left, BytesView right) {
    if (equal_bytes(left, right)) return true;
    IMSProvider* provider = m_provider.object.get();
    if (!provider) return false;
    const auto entry = [](BytesView view) {
        return reinterpret_cast<ENTRYID*>(const_cast<BYTE*>(view.data()));
    };
    ULONG same = FALSE;
    const HRESULT hr = call_provider(m_provider.module, "IMSProvider::CompareStoreIDs", [&] {
        return provider->CompareStoreIDs(narrow_size(left.size()), entry(left),
                                         narrow_size(right.size()), entry(right), 0, &same);
    });
    return SUCCEEDED(hr) && same != FALSE;
}

HRESULT StoreLogon::open_entry(ULONG entry_bytes, ENTRYID* entry, const IID* iid, ULONG flags,
                               ULONG* type, IUnknown** object) {
    if (!m_logon) return MAPI_E_NO_SUPPORT;
    return call_provider(m_provider.module, "IMSLogon::OpenEntry", [&] {
        return m_logon->OpenEntry(entry_bytes, entry, iid, flags, type, object);
    });
}

HRESULT StoreLogon::compare_entry_ids(ULONG left_bytes, ENTRYID* left, ULONG right_bytes,
                                      ENTRYID* right, ULONG flags, ULONG* same) {
    if (!m_logon) return MAPI_E_NO_SUPPORT;
    return call_provider(m_provider.module, "IMSLogon::CompareEntryIDs", [&] {
        return m_logon->CompareEntryIDs(left_bytes, left, right_bytes, right, flags, same);
    });
}

void StoreLogon::log_off() noexcept {
    ModuleRef& module = m_provider.module;
    if (IMSLogon* logon = m_logon.detach()) {
        call_provider(module, "IMSLogon::Logoff", [logon] {
            ULONG flags = 0;
            return logon->Logoff(&flags);
        });
        release_in_provider(module, logon);
    }
    // Last, because its count then tells whether a client kept the store beyond its session.
    if (release_in_provider(module, m_store.detach()) != 0) module.keep_for_ever();
    shut_down(m_provider);
    if (m_support) close_support(m_support.get());
    m_support.reset();
}

}  // namespace remapi::spi
