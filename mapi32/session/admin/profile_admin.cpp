// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/admin/profile_admin.h"

#include "abi/guard.h"
#include "log/log.h"
#include "object/table/table_data.h"
#include "session/admin/service_admin.h"
#include "session/flags.h"
#include "session/profile/profile_use.h"
#include "spi/service_file.h"
#include "text/text.h"

namespace remapi::session {
namespace {

String required_name(const void* name, ULONG flags) {
    require_parameter(name != nullptr);
    return text::from_tstr(name, flags);
}

std::vector<String> default_services() {
    std::vector<String> names;
    const spi::ServiceFile file = spi::ServiceFile::load();
    for (const spi::ServiceFile::Service& service : file.default_services())
        names.push_back(service.name);
    return names;
}

/// Gives every service of a profile the chance to clean up. One that fails does not keep the
/// profile.
void delete_services(const Profile& profile, ServiceError& error) {
    for (const MAPIUID& service : service_uids(profile)) {
        try {
            delete_service(profile, service, error);
        } catch (const Error& failure) {
            REMAPI_WARN(Session, "a service stays with a profile that goes: %s", failure.what());
        }
    }
}

}  // namespace

void create_profile(StringView name, std::span<const String> services, ULONG_PTR window,
                    ULONG flags, ServiceError& error) {
    const Profile profile = Profile::create(name);
    try {
        for (const String& service : services)
            create_service(profile, service, {}, window, flags, error);
    } catch (...) {
        Profile::remove(profile.name());
        throw;
    }
}

/// Page: mapi/iprofadmin-getlasterror.md
STDMETHODIMP ProfileAdmin::GetLastError(HRESULT, ULONG flags, LPMAPIERROR* error) noexcept {
    return abi::guard("IProfAdmin::GetLastError", [&] { return m_error.answer(flags, error); });
}

/// Page: mapi/iprofadmin-getprofiletable.md
STDMETHODIMP ProfileAdmin::GetProfileTable(ULONG flags, LPMAPITABLE* table) noexcept {
    return abi::guard("IProfAdmin::GetProfileTable", [&]() -> HRESULT {
        require_parameter(table != nullptr);
        *table = nullptr;
        require_flags(flags, MAPI_UNICODE);
        const std::optional<String> chosen = Profile::default_name();
        std::vector<PropertyBag> rows;
        for (const String& name : Profile::names()) {
            if (is_waiting_for_deletion(name)) continue;
            rows.push_back(
                PropertyBag{{PR_DISPLAY_NAME_W, name}, {PR_DEFAULT_PROFILE, chosen == name}});
        }
        *table = object::make_table({PR_DISPLAY_NAME_W, PR_DEFAULT_PROFILE}, std::move(rows), flags)
                     .detach();
        return S_OK;
    });
}

/// Errors: MAPI_E_NO_ACCESS when there is one of that name; MAPI_E_INVALID_PARAMETER for an
/// impossible name; with MAPI_DEFAULT_SERVICES what their creation answers. Page:
/// mapi/iprofadmin-createprofile.md
STDMETHODIMP ProfileAdmin::CreateProfile(LPTSTR name, LPTSTR, ULONG_PTR window,
                                         ULONG flags) noexcept {
    return abi::guard_entry("IProfAdmin::CreateProfile", [&]() -> HRESULT {
        require_flags(flags, MAPI_UNICODE | MAPI_DIALOG | MAPI_DEFAULT_SERVICES);
        const String wanted = required_name(name, flags);
        std::vector<String> services;
        if (flags & MAPI_DEFAULT_SERVICES) services = default_services();
        create_profile(wanted, services, window, flags & MAPI_DIALOG ? SERVICE_UI_ALLOWED : 0,
                       m_error);
        return S_OK;
    });
}

/// A profile in use goes when its last session ends. Page: mapi/iprofadmin-deleteprofile.md
STDMETHODIMP ProfileAdmin::DeleteProfile(LPTSTR name, ULONG flags) noexcept {
    return abi::guard_entry("IProfAdmin::DeleteProfile", [&]() -> HRESULT {
        require_flags(flags, MAPI_UNICODE);
        const Profile profile = Profile::open(required_name(name, flags));
        if (is_waiting_for_deletion(profile.name())) return MAPI_E_NOT_FOUND;
        if (put_off(profile.name(), Fate::Delete)) {
            if (Profile::default_name() == profile.name()) Profile::set_default({});
            return S_OK;
        }
        delete_services(profile, m_error);
        Profile::remove(profile.name());
        return S_OK;
    });
}

/// Succeeds and does nothing: profiles have no passwords. Page:
/// mapi/iprofadmin-changeprofilepassword.md
STDMETHODIMP ProfileAdmin::ChangeProfilePassword(LPTSTR, LPTSTR, LPTSTR, ULONG) noexcept {
    return S_OK;
}

/// Errors: MAPI_E_NOT_FOUND; MAPI_E_NO_ACCESS when there is one of the new name.
/// Page: mapi/iprofadmin-copyprofile.md
STDMETHODIMP ProfileAdmin::CopyProfile(LPTSTR name, LPTSTR, LPTSTR new_name, ULONG_PTR,
                                       ULONG flags) noexcept {
    return abi::guard("IProfAdmin::CopyProfile", [&]() -> HRESULT {
        require_flags(flags, MAPI_UNICODE | MAPI_DIALOG);
        const Profile profile = Profile::open(required_name(name, flags));
        profile.copy(required_name(new_name, flags));
        return S_OK;
    });
}

/// A profile in use gets its new name when its last session ends. Page:
/// mapi/iprofadmin-renameprofile.md
STDMETHODIMP ProfileAdmin::RenameProfile(LPTSTR name, LPTSTR, LPTSTR new_name, ULONG_PTR,
                                         ULONG flags) noexcept {
    return abi::guard("IProfAdmin::RenameProfile", [&]() -> HRESULT {
        require_flags(flags, MAPI_UNICODE | MAPI_DIALOG);
        const Profile profile = Profile::open(required_name(name, flags));
        const String wanted = required_name(new_name, flags);
        Profile::check_name(wanted);
        if (Profile::find(wanted))
            throw Error(MAPI_E_NO_ACCESS, "a profile of the new name exists");
        if (put_off(profile.name(), Fate::Rename, wanted)) return S_OK;
        const bool was_default = Profile::default_name() == profile.name();
        profile.copy(wanted);
        if (was_default) Profile::set_default(wanted);
        Profile::remove(profile.name());
        return S_OK;
    });
}

/// Null takes the default away. Page: mapi/iprofadmin-setdefaultprofile.md
STDMETHODIMP ProfileAdmin::SetDefaultProfile(LPTSTR name, ULONG flags) noexcept {
    return abi::guard("IProfAdmin::SetDefaultProfile", [&]() -> HRESULT {
        require_flags(flags, MAPI_UNICODE);
        Profile::set_default(name ? Profile::open(text::from_tstr(name, flags)).name() : String());
        return S_OK;
    });
}

/// Errors: MAPI_E_LOGON_FAILED for an unknown profile. Page: mapi/iprofadmin-adminservices.md
STDMETHODIMP ProfileAdmin::AdminServices(LPTSTR name, LPTSTR, ULONG_PTR, ULONG flags,
                                         LPSERVICEADMIN* admin) noexcept {
    return abi::guard("IProfAdmin::AdminServices", [&]() -> HRESULT {
        require_parameter(admin != nullptr);
        *admin = nullptr;
        require_flags(flags, MAPI_UNICODE | MAPI_DIALOG);
        const String wanted = required_name(name, flags);
        const std::optional<String> stored = Profile::find(wanted);
        if (!stored || is_waiting_for_deletion(*stored)) {
            throw Error(MAPI_E_LOGON_FAILED, "no profile \"" + text::to_utf8(wanted) + "\"");
        }
        *admin = com::make<ServiceAdmin>(Profile::open(*stored)).detach();
        return S_OK;
    });
}

}  // namespace remapi::session
