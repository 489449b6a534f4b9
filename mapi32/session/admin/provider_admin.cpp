// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/admin/provider_admin.h"

#include <algorithm>

#include "abi/guard.h"
#include "format/entry_id.h"
#include "object/props/abi_value.h"
#include "object/table/table_data.h"
#include "session/flags.h"
#include "session/profile/section_object.h"
#include "session/profile/services.h"
#include "text/text.h"

namespace remapi::session {
namespace {

std::vector<ULONG> provider_columns() {
    return {PR_INSTANCE_KEY,     PR_DISPLAY_NAME_W, PR_PROVIDER_DISPLAY_W, PR_PROVIDER_DLL_NAME_W,
            PR_PROVIDER_ORDINAL, PR_PROVIDER_UID,   PR_RESOURCE_FLAGS,     PR_RESOURCE_TYPE,
            PR_SERVICE_NAME_W,   PR_SERVICE_UID};
}

}  // namespace

com::Ptr<IMAPITable> make_provider_table(const Profile& profile, std::span<const MAPIUID> uids,
                                         ULONG flags) {
    std::vector<PropertyBag> rows;
    for (const MAPIUID& uid : uids) {
        const PropertyBag section = profile.read_if_any(uid);
        PropertyBag row;
        for (const ULONG tag : provider_columns()) {
            if (const PropValue* value = section.find(tag)) row.set(*value);
        }
        row.set(PropValue(PR_INSTANCE_KEY, uid));
        row.set(PropValue(PR_PROVIDER_UID, uid));
        row.set(PropValue(PR_PROVIDER_ORDINAL, static_cast<ULONG>(rows.size())));
        rows.push_back(std::move(row));
    }
    return object::make_table(provider_columns(), std::move(rows), flags);
}

/// Page: mapi/iprovideradmin-getlasterror.md
STDMETHODIMP ProviderAdmin::GetLastError(HRESULT, ULONG flags, LPMAPIERROR* error) noexcept {
    return abi::guard("IProviderAdmin::GetLastError", [&] { return m_error.answer(flags, error); });
}

/// The service's providers, then its extra sections. Page: mapi/iprovideradmin-getprovidertable.md
STDMETHODIMP ProviderAdmin::GetProviderTable(ULONG flags, LPMAPITABLE* table) noexcept {
    return abi::guard("IProviderAdmin::GetProviderTable", [&]() -> HRESULT {
        require_parameter(table != nullptr);
        *table = nullptr;
        require_flags(flags, MAPI_UNICODE);
        std::vector<MAPIUID> uids = providers_of_service(m_profile, m_service);
        for (const MAPIUID& extra : m_profile.uid_list(m_service, PR_SERVICE_EXTRA_UIDS)) {
            uids.push_back(extra);
        }
        *table = make_provider_table(m_profile, uids, flags).detach();
        return S_OK;
    });
}

/// Page: mapi/iprovideradmin-createprovider.md
STDMETHODIMP ProviderAdmin::CreateProvider(LPTSTR provider, ULONG count, LPSPropValue values,
                                           ULONG_PTR window, ULONG flags,
                                           MAPIUID* created) noexcept {
    return abi::guard("IProviderAdmin::CreateProvider", [&]() -> HRESULT {
        require_parameter(provider != nullptr && created != nullptr && (values || count == 0));
        require_flags(flags, MAPI_UNICODE | MAPI_DIALOG);
        const String name = text::from_tstr(provider, flags);
        const spi::ServiceFile file = spi::ServiceFile::load();
        const spi::ServiceSection* section = file.section(name);
        if (!section)
            throw Error(MAPI_E_NOT_FOUND, "mapisvc.inf has no provider " + text::to_utf8(name));
        const MAPIUID uid = add_provider(m_profile, m_service, *section);
        *created = uid;
        m_profile.write(uid, PropertyBag(object::from_abi(count, values)).values());
        if (m_caller == Caller::Service || !has_entry(m_profile, m_service)) return S_OK;
        EntryCall call;
        call.service = m_service;
        call.context = MSG_SERVICE_PROVIDER_CREATE;
        call.window = window;
        call.flags = flags & MAPI_DIALOG ? SERVICE_UI_ALLOWED : 0;
        const HRESULT hr = call_entry(m_profile, call, m_error);
        if (FAILED(hr) && hr != MAPI_E_NO_SUPPORT) {
            remove_provider(m_profile, uid);
            throw Error(hr, "the service refused the new provider");
        }
        return S_OK;
    });
}

/// Page: mapi/iprovideradmin-deleteprovider.md
STDMETHODIMP ProviderAdmin::DeleteProvider(LPMAPIUID provider) noexcept {
    return abi::guard("IProviderAdmin::DeleteProvider", [&]() -> HRESULT {
        require_parameter(provider != nullptr);
        const std::vector<MAPIUID> uids = providers_of_service(m_profile, m_service);
        const bool known = std::any_of(uids.begin(), uids.end(), [&](const MAPIUID& uid) {
            return format::same_uid(uid, *provider);
        });
        if (!known) throw Error(MAPI_E_NOT_FOUND, "the service has no such provider");
        if (m_caller == Caller::Client && has_entry(m_profile, m_service)) {
            const EntryCall call{m_service, MSG_SERVICE_PROVIDER_DELETE, 0, 0, {}};
            const HRESULT hr = call_entry(m_profile, call, m_error);
            if (hr == MAPI_E_USER_CANCEL) return hr;
        }
        if (m_profile.has_section(*provider)) remove_provider(m_profile, *provider);
        return S_OK;
    });
}

/// Null means the service's own section. Page: mapi/iprovideradmin-openprofilesection.md
STDMETHODIMP ProviderAdmin::OpenProfileSection(LPMAPIUID section, LPCIID iid, ULONG flags,
                                               LPPROFSECT* object) noexcept {
    return abi::guard("IProviderAdmin::OpenProfileSection", [&]() -> HRESULT {
        require_parameter(object != nullptr);
        *object = nullptr;
        const bool service = m_caller == Caller::Service;
        const MAPIUID* wanted = section || !service ? section : &m_service;
        const ULONG access = service ? kForceAccess : 0;
        *object = open_client_section(m_profile, wanted, iid, flags | access).detach();
        return S_OK;
    });
}

}  // namespace remapi::session
