// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/transport_logon.h"

#include <algorithm>

#include "memory/buffer.h"
#include "spi/provider_call.h"
#include "spi/provider_error.h"
#include "spi/support.h"
#include "text/text.h"

namespace remapi::spi {

std::shared_ptr<TransportLogon> TransportLogon::log_on(const TransportLogonRequest& request) {
    std::shared_ptr<TransportLogon> result(new TransportLogon());
    result->m_identity = request.provider;
    result->m_provider = init_transport_provider(request.provider.dll_name);
    result->m_support = make_support(request.host, request.provider);
    result->call_logon(request);
    const HRESULT hr = result->refresh_address_types();
    if (FAILED(hr))
        throw Error(hr, "asking for the address types of " + result->m_provider.module.name());
    return result;
}

TransportLogon::~TransportLogon() {
    log_off();
}

void TransportLogon::call_logon(const TransportLogonRequest& request) {
    ModuleRef& module = m_provider.module;
    ULONG flags = request.flags | MAPI_UNICODE;
    HRESULT hr = S_OK;
    do {
        ProviderText profile(request.profile_name, flags);
        MAPIERROR* error = nullptr;
        IXPLogon* logon = nullptr;
        m_wishes = flags;
        hr = call_provider(module, "IXPProvider::TransportLogon", [&] {
            return m_provider.object->TransportLogon(m_support.get(), request.ui_param,
                                                     profile.get(), &m_wishes, &error, &logon);
        });
        log_provider_error(module.name(), "IXPProvider::TransportLogon", hr, error, m_wishes);
        if (SUCCEEDED(hr)) m_logon = com::Ptr<IXPLogon>::attach(logon);
    } while (retry_in_ansi(hr, flags));
    if (FAILED(hr)) throw Error(hr, "logging on to the transport of " + module.name());
    if (!m_logon) throw Error(MAPI_E_CALL_FAILED, "no logon object from " + module.name());
    m_wishes &= LOGON_SP_IDLE | LOGON_SP_POLL | LOGON_SP_RESOLVE;
}

HRESULT TransportLogon::refresh_address_types() {
    ULONG flags = 0;
    ULONG type_count = 0;
    LPTSTR* types = nullptr;
    ULONG uid_count = 0;
    MAPIUID** uids = nullptr;
    const HRESULT hr = call_provider(m_provider.module, "IXPLogon::AddressTypes", [&] {
        return m_logon->AddressTypes(&flags, &type_count, &types, &uid_count, &uids);
    });
    log_provider_error(m_provider.module.name(), "IXPLogon::AddressTypes", hr, nullptr, 0);
    if (SUCCEEDED(hr)) take_address_types(flags, type_count, types, uid_count, uids);
    return hr;
}

// The arrays stay the transport's own.
void TransportLogon::take_address_types(ULONG flags, ULONG type_count, LPTSTR* types,
                                        ULONG uid_count, MAPIUID** uids) {
    m_every_type = types == nullptr;
    m_types.clear();
    m_uids.clear();
    for (ULONG i = 0; types && i < type_count; ++i) {
        String type = text::from_tstr(types[i], flags);
        if (!type.empty()) m_types.push_back(std::move(type));
    }
    for (ULONG i = 0; uids && i < uid_count; ++i) {
        if (uids[i]) m_uids.push_back(*uids[i]);
    }
}

bool TransportLogon::handles(StringView address_type, BytesView entry_id) const {
    if (const auto uid = format::entry_id_uid(entry_id)) {
        const auto same = [&](const MAPIUID& own) { return same_uid(own, *uid); };
        if (std::any_of(m_uids.begin(), m_uids.end(), same)) return true;
    }
    if (m_every_type) return true;
    const auto same = [&](const String& own) {
        return text::equal_ignoring_case(own, address_type);
    };
    return std::any_of(m_types.begin(), m_types.end(), same);
}

HRESULT TransportLogon::notify(ULONG flags, void* data) {
    return call_provider(m_provider.module, "IXPLogon::TransportNotify",
                         [&] { return m_logon->TransportNotify(&flags, &data); });
}

HRESULT TransportLogon::submit_message(ULONG flags, IMessage* message, ULONG_PTR* reference,
                                       ULONG_PTR* parameter) {
    return call_provider(m_provider.module, "IXPLogon::SubmitMessage", [&] {
        return m_logon->SubmitMessage(flags, message, reference, parameter);
    });
}

HRESULT TransportLogon::end_message(ULONG_PTR reference, ULONG* flags) {
    return call_provider(m_provider.module, "IXPLogon::EndMessage",
                         [&] { return m_logon->EndMessage(reference, flags); });
}

HRESULT TransportLogon::start_message(ULONG flags, IMessage* message, ULONG_PTR* reference) {
    return call_provider(m_provider.module, "IXPLogon::StartMessage",
                         [&] { return m_logon->StartMessage(flags, message, reference); });
}

HRESULT TransportLogon::poll(ULONG* incoming) {
    return call_provider(m_provider.module, "IXPLogon::Poll",
                         [&] { return m_logon->Poll(incoming); });
}

HRESULT TransportLogon::idle(ULONG flags) {
    return call_provider(m_provider.module, "IXPLogon::Idle", [&] { return m_logon->Idle(flags); });
}

HRESULT TransportLogon::flush_queues(ULONG_PTR ui_param, ULONG flags) {
    return call_provider(m_provider.module, "IXPLogon::FlushQueues",
                         [&] { return m_logon->FlushQueues(ui_param, 0, nullptr, flags); });
}

void TransportLogon::log_off() noexcept {
    ModuleRef& module = m_provider.module;
    if (IXPLogon* logon = m_logon.detach()) {
        call_provider(module, "IXPLogon::TransportLogoff",
                      [logon] { return logon->TransportLogoff(0); });
        release_in_provider(module, logon);
    }
    shut_down(m_provider);
    if (m_support) close_support(m_support.get());
    m_support.reset();
}

}  // namespace remapi::spi
