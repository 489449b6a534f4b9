// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMsgServiceAdmin: the message services of one profile.
// Pages: mapi/imsgserviceadminiunknown.md, mapi/imsgserviceadmin2imsgserviceadmin.md
#pragma once

#include "com/object.h"
#include "session/admin/service_admin2.h"
#include "session/admin/service_entry.h"
#include "session/profile/services.h"

namespace remapi::session {

/// Every change is in the profile when the method returns; sessions that use the profile see it
/// after their next logon. Any thread.
class ServiceAdmin final : public com::Object<ServiceAdmin, IMsgServiceAdmin2> {
public:
    using Interfaces = com::Answers<IMsgServiceAdmin2, IMsgServiceAdmin>;

    explicit ServiceAdmin(Profile profile) : m_profile(std::move(profile)) {}
    const Profile& profile() const noexcept { return m_profile; }

    STDMETHODIMP GetLastError(HRESULT hr, ULONG flags, LPMAPIERROR* error) noexcept override;
    STDMETHODIMP GetMsgServiceTable(ULONG flags, LPMAPITABLE* table) noexcept override;
    STDMETHODIMP CreateMsgService(LPTSTR service, LPTSTR display_name, ULONG_PTR window,
                                  ULONG flags) noexcept override;
    STDMETHODIMP DeleteMsgService(LPMAPIUID service) noexcept override;
    STDMETHODIMP CopyMsgService(LPMAPIUID service, LPTSTR display_name, LPCIID iid,
                                LPCIID target_iid, LPVOID target, ULONG_PTR window,
                                ULONG flags) noexcept override;
    STDMETHODIMP RenameMsgService(LPMAPIUID service, ULONG flags,
                                  LPTSTR display_name) noexcept override;
    STDMETHODIMP ConfigureMsgService(LPMAPIUID service, ULONG_PTR window, ULONG flags, ULONG count,
                                     LPSPropValue values) noexcept override;
    STDMETHODIMP OpenProfileSection(LPMAPIUID section, LPCIID iid, ULONG flags,
                                    LPPROFSECT* object) noexcept override;
    STDMETHODIMP MsgServiceTransportOrder(ULONG count, LPMAPIUID uids,
                                          ULONG flags) noexcept override;
    STDMETHODIMP AdminProviders(LPMAPIUID service, ULONG flags,
                                LPPROVIDERADMIN* admin) noexcept override;
    STDMETHODIMP SetPrimaryIdentity(LPMAPIUID service, ULONG flags) noexcept override;
    STDMETHODIMP GetProviderTable(ULONG flags, LPMAPITABLE* table) noexcept override;
    STDMETHODIMP CreateMsgServiceEx(LPTSTR service, LPTSTR display_name, ULONG_PTR window,
                                    ULONG flags, LPMAPIUID created) noexcept override;

private:
    friend class com::Object<ServiceAdmin, IMsgServiceAdmin2>;
    ~ServiceAdmin() = default;

    HRESULT create(const void* service, const void* display_name, ULONG_PTR window, ULONG flags,
                   MAPIUID* created);
    void require_service(const MAPIUID* service) const;

    const Profile m_profile;
    ServiceError m_error;
};

}  // namespace remapi::session
