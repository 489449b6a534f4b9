// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/admin/service_admin.h"

#include <algorithm>

#include "abi/guard.h"
#include "format/entry_id.h"
#include "object/table/table_data.h"
#include "session/admin/provider_admin.h"
#include "session/flags.h"
#include "session/profile/section_object.h"
#include "session/session.h"
#include "spi/props.h"
#include "text/text.h"

namespace remapi::session {
namespace {

using format::same_uid;

constexpr ULONG kServiceUi = SERVICE_UI_ALLOWED | SERVICE_UI_ALWAYS;

std::vector<ULONG> service_columns() {
    return {
        PR_INSTANCE_KEY,       PR_DISPLAY_NAME_W, PR_RESOURCE_FLAGS,          PR_SERVICE_DLL_NAME_W,
        PR_SERVICE_ENTRY_NAME, PR_SERVICE_NAME_W, PR_SERVICE_SUPPORT_FILES_W, PR_SERVICE_UID};
}

/// The profile that CopyMsgService copies into.
Profile target_profile(const IID* iid, void* target) {
    if (iid && IsEqualGUID(*iid, IID_IMsgServiceAdmin)) {
        com::Ptr<IProfSect> section;
        MAPIUID uid = kGlobalSection;
        check(static_cast<IMsgServiceAdmin*>(target)->OpenProfileSection(&uid, nullptr, 0,
                                                                         section.put()),
              "the profile of the target");
        return Profile::open(
            spi::read_properties(section.get(), {PR_PROFILE_NAME_W}).text(PR_PROFILE_NAME_W));
    }
    if (iid && !IsEqualGUID(*iid, IID_IMAPISession)) {
        throw Error(MAPI_E_INTERFACE_NOT_SUPPORTED,
                    "a target that is no session and no administration");
    }
    return Profile::open(profile_name(*static_cast<IMAPISession*>(target)));
}

/// Sets `wanted` among the two flags about identity, leaving the others.
void set_identity_flag(const Profile& profile, const MAPIUID& section, ULONG both, ULONG wanted) {
    const ULONG old = static_cast<ULONG>(profile.read(section).number(PR_RESOURCE_FLAGS));
    const ULONG changed = (old & ~both) | wanted;
    if (changed != old) profile.write(section, PropValue(PR_RESOURCE_FLAGS, changed));
}

}  // namespace

void ServiceAdmin::require_service(const MAPIUID* service) const {
    require_parameter(service != nullptr);
    if (!is_service(m_profile, *service))
        throw Error(MAPI_E_NOT_FOUND, "the profile has no such service");
}

/// Page: mapi/imsgserviceadmin-getlasterror.md
STDMETHODIMP ServiceAdmin::GetLastError(HRESULT, ULONG flags, LPMAPIERROR* error) noexcept {
    return abi::guard("IMsgServiceAdmin::GetLastError",
                      [&] { return m_error.answer(flags, error); });
}

/// Page: mapi/imsgserviceadmin-getmsgservicetable.md
STDMETHODIMP ServiceAdmin::GetMsgServiceTable(ULONG flags, LPMAPITABLE* table) noexcept {
    return abi::guard("IMsgServiceAdmin::GetMsgServiceTable", [&]() -> HRESULT {
        require_parameter(table != nullptr);
        *table = nullptr;
        require_flags(flags, MAPI_UNICODE);
        std::vector<PropertyBag> rows;
        for (const MAPIUID& uid : service_uids(m_profile)) {
            PropertyBag row;
            const PropertyBag section = m_profile.read_if_any(uid);
            for (const ULONG tag : service_columns()) {
                if (const PropValue* value = section.find(tag)) row.set(*value);
            }
            row.set(PropValue(PR_INSTANCE_KEY, uid));
            row.set(PropValue(PR_SERVICE_UID, uid));
            rows.push_back(std::move(row));
        }
        *table = object::make_table(service_columns(), std::move(rows), flags).detach();
        return S_OK;
    });
}

HRESULT ServiceAdmin::create(const void* service, const void* display_name, ULONG_PTR window,
                             ULONG flags, MAPIUID* created) {
    require_parameter(service != nullptr);
    require_flags(flags, MAPI_UNICODE | kServiceUi | kNoRestartWarning);
    const String name = text::from_tstr(service, flags);
    const String shown = display_name ? text::from_tstr(display_name, flags) : String();
    const MAPIUID uid = create_service(m_profile, name, shown, window, flags & kServiceUi, m_error);
    if (created) *created = uid;
    return S_OK;
}

/// Errors: MAPI_E_NOT_FOUND for a service that mapisvc.inf does not list, MAPI_E_NO_ACCESS for a
/// second copy of one that allows a single copy, what the service's entry point answers. Page:
/// mapi/imsgserviceadmin-createmsgservice.md
STDMETHODIMP ServiceAdmin::CreateMsgService(LPTSTR service, LPTSTR display_name, ULONG_PTR window,
                                            ULONG flags) noexcept {
    return abi::guard_entry("IMsgServiceAdmin::CreateMsgService",
                            [&] { return create(service, display_name, window, flags, nullptr); });
}

/// Page: mapi/imsgserviceadmin2-createmsgserviceex.md
STDMETHODIMP ServiceAdmin::CreateMsgServiceEx(LPTSTR service, LPTSTR display_name, ULONG_PTR window,
                                              ULONG flags, LPMAPIUID created) noexcept {
    return abi::guard_entry("IMsgServiceAdmin2::CreateMsgServiceEx",
                            [&] { return create(service, display_name, window, flags, created); });
}

/// Page: mapi/imsgserviceadmin-deletemsgservice.md
STDMETHODIMP ServiceAdmin::DeleteMsgService(LPMAPIUID service) noexcept {
    return abi::guard_entry("IMsgServiceAdmin::DeleteMsgService", [&]() -> HRESULT {
        require_service(service);
        delete_service(m_profile, *service, m_error);
        return S_OK;
    });
}

/// Page: mapi/imsgserviceadmin-copymsgservice.md
STDMETHODIMP ServiceAdmin::CopyMsgService(LPMAPIUID service, LPTSTR, LPCIID iid, LPCIID target_iid,
                                          LPVOID target, ULONG_PTR, ULONG flags) noexcept {
    return abi::guard("IMsgServiceAdmin::CopyMsgService", [&]() -> HRESULT {
        require_service(service);
        require_parameter(target != nullptr);
        require_flags(flags, MAPI_UNICODE | SERVICE_UI_ALWAYS);
        if (iid && !IsEqualGUID(*iid, IID_IProfSect) && !IsEqualGUID(*iid, IID_IMAPIProp)) {
            throw Error(MAPI_E_INTERFACE_NOT_SUPPORTED, "a service's section as another interface");
        }
        copy_service(m_profile, *service, target_profile(target_iid, target));
        return S_OK;
    });
}

/// Always MAPI_E_NO_SUPPORT, as the page says. Page: mapi/imsgserviceadmin-renamemsgservice.md
STDMETHODIMP ServiceAdmin::RenameMsgService(LPMAPIUID, ULONG, LPTSTR) noexcept {
    return MAPI_E_NO_SUPPORT;
}

/// Errors: MAPI_E_NOT_FOUND, MAPI_E_NOT_INITIALIZED for a service without an entry point, what that
/// answers. Page: mapi/imsgserviceadmin-configuremsgservice.md
STDMETHODIMP ServiceAdmin::ConfigureMsgService(LPMAPIUID service, ULONG_PTR window, ULONG flags,
                                               ULONG count, LPSPropValue values) noexcept {
    return abi::guard_entry("IMsgServiceAdmin::ConfigureMsgService", [&]() -> HRESULT {
        require_service(service);
        require_parameter(values != nullptr || count == 0);
        require_flags(flags, MAPI_UNICODE | MSG_SERVICE_UI_READ_ONLY | kServiceUi);
        EntryCall call;
        call.service = *service;
        call.context = MSG_SERVICE_CONFIGURE;
        call.window = window;
        call.flags = flags;
        call.values = std::span(values, count);
        return call_entry(m_profile, call, m_error);
    });
}

/// Page: mapi/imsgserviceadmin-openprofilesection.md
STDMETHODIMP ServiceAdmin::OpenProfileSection(LPMAPIUID section, LPCIID iid, ULONG flags,
                                              LPPROFSECT* object) noexcept {
    return abi::guard("IMsgServiceAdmin::OpenProfileSection", [&]() -> HRESULT {
        require_parameter(object != nullptr);
        *object = nullptr;
        *object = open_client_section(m_profile, section, iid, flags).detach();
        return S_OK;
    });
}

/// Page: mapi/imsgserviceadmin-msgservicetransportorder.md
STDMETHODIMP ServiceAdmin::MsgServiceTransportOrder(ULONG count, LPMAPIUID uids,
                                                    ULONG flags) noexcept {
    return abi::guard("IMsgServiceAdmin::MsgServiceTransportOrder", [&]() -> HRESULT {
        require_flags(flags, 0);
        require_parameter(uids != nullptr || count == 0);
        const std::vector<MAPIUID> old = provider_uids(m_profile, spi::ProviderKind::Transport);
        if (count != old.size())
            throw Error(MAPI_E_BUSY, "not as many transports as the profile has");
        const std::span wanted(uids, count);
        for (const MAPIUID& uid : old) {
            const auto given = [&](const MAPIUID& it) { return same_uid(it, uid); };
            if (std::none_of(wanted.begin(), wanted.end(), given)) {
                throw Error(MAPI_E_NOT_FOUND,
                            "a list that is not that of the profile's transports");
            }
        }
        m_profile.set_uid_list(kServicesSection, PR_TRANSPORT_PROVIDERS, wanted);
        return S_OK;
    });
}

/// Page: mapi/imsgserviceadmin-adminproviders.md
STDMETHODIMP ServiceAdmin::AdminProviders(LPMAPIUID service, ULONG flags,
                                          LPPROVIDERADMIN* admin) noexcept {
    return abi::guard("IMsgServiceAdmin::AdminProviders", [&]() -> HRESULT {
        require_parameter(admin != nullptr);
        *admin = nullptr;
        require_flags(flags, MAPI_UNICODE);
        require_service(service);
        *admin =
            com::make<ProviderAdmin>(m_profile, *service, ProviderAdmin::Caller::Client).detach();
        return S_OK;
    });
}

/// Page: mapi/imsgserviceadmin-setprimaryidentity.md
STDMETHODIMP ServiceAdmin::SetPrimaryIdentity(LPMAPIUID service, ULONG flags) noexcept {
    return abi::guard("IMsgServiceAdmin::SetPrimaryIdentity", [&]() -> HRESULT {
        require_flags(flags, 0);
        if (service) {
            require_service(service);
            const auto old = static_cast<ULONG>(m_profile.read(*service).number(PR_RESOURCE_FLAGS));
            if (old & SERVICE_NO_PRIMARY_IDENTITY) {
                throw Error(MAPI_E_NO_ACCESS, "a service that has no identity to offer");
            }
        }
        // The page also has SERVICE_NO_PRIMARY_IDENTITY set for all others; no service could then
        // ever take over, which the same page allows.
        for (const MAPIUID& uid : service_uids(m_profile)) {
            const bool chosen = service && same_uid(*service, uid);
            set_identity_flag(m_profile, uid, SERVICE_PRIMARY_IDENTITY,
                              chosen ? SERVICE_PRIMARY_IDENTITY : 0);
            for (const MAPIUID& provider : providers_of_service(m_profile, uid)) {
                set_identity_flag(m_profile, provider, STATUS_PRIMARY_IDENTITY,
                                  chosen ? STATUS_PRIMARY_IDENTITY : 0);
            }
        }
        return S_OK;
    });
}

/// Page: mapi/imsgserviceadmin-getprovidertable.md
STDMETHODIMP ServiceAdmin::GetProviderTable(ULONG flags, LPMAPITABLE* table) noexcept {
    return abi::guard("IMsgServiceAdmin::GetProviderTable", [&]() -> HRESULT {
        require_parameter(table != nullptr);
        *table = nullptr;
        require_flags(flags, MAPI_UNICODE);
        *table = make_provider_table(m_profile, provider_uids(m_profile), flags).detach();
        return S_OK;
    });
}

}  // namespace remapi::session
