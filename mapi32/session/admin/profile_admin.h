// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IProfAdmin: the profiles of this user.
// Page: mapi/iprofadminiunknown.md
#pragma once

#include "com/object.h"
#include "session/admin/service_entry.h"

namespace remapi::session {

/// Any thread. Passwords of profiles do not exist: pointers to them are ignored.
class ProfileAdmin final : public com::Object<ProfileAdmin, IProfAdmin> {
public:
    using Interfaces = com::Answers<IProfAdmin>;

    STDMETHODIMP GetLastError(HRESULT hr, ULONG flags, LPMAPIERROR* error) noexcept override;
    STDMETHODIMP GetProfileTable(ULONG flags, LPMAPITABLE* table) noexcept override;
    STDMETHODIMP CreateProfile(LPTSTR name, LPTSTR password, ULONG_PTR window,
                               ULONG flags) noexcept override;
    STDMETHODIMP DeleteProfile(LPTSTR name, ULONG flags) noexcept override;
    STDMETHODIMP ChangeProfilePassword(LPTSTR name, LPTSTR old_password, LPTSTR new_password,
                                       ULONG flags) noexcept override;
    STDMETHODIMP CopyProfile(LPTSTR name, LPTSTR password, LPTSTR new_name, ULONG_PTR window,
                             ULONG flags) noexcept override;
    STDMETHODIMP RenameProfile(LPTSTR name, LPTSTR password, LPTSTR new_name, ULONG_PTR window,
                               ULONG flags) noexcept override;
    STDMETHODIMP SetDefaultProfile(LPTSTR name, ULONG flags) noexcept override;
    STDMETHODIMP AdminServices(LPTSTR name, LPTSTR password, ULONG_PTR window, ULONG flags,
                               LPSERVICEADMIN* admin) noexcept override;

private:
    friend class com::Object<ProfileAdmin, IProfAdmin>;
    ~ProfileAdmin() = default;

    ServiceError m_error;
};

/// Makes a profile; a failure leaves none behind.
/// @param services  of mapisvc.inf, created in this order
/// @param flags     SERVICE_UI_ALLOWED
/// Throws as Profile::create and create_service do.
void create_profile(StringView name, std::span<const String> services, ULONG_PTR window,
                    ULONG flags, ServiceError& error);

}  // namespace remapi::session
