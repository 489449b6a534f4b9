// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IProviderAdmin: the providers of one message service.
// Page: mapi/iprovideradminiunknown.md
#pragma once

#include "com/object.h"
#include "session/admin/service_entry.h"
#include "session/profile/profile.h"

namespace remapi::session {

/// Any thread.
class ProviderAdmin final : public com::Object<ProviderAdmin, IProviderAdmin> {
public:
    using Interfaces = com::Answers<IProviderAdmin>;

    /// Who uses it: a service may open its providers' sections, and is not called about its own
    /// changes.
    enum class Caller { Client, Service };
    ProviderAdmin(Profile profile, const MAPIUID& service, Caller caller)
        : m_profile(std::move(profile)), m_service(service), m_caller(caller) {}

    STDMETHODIMP GetLastError(HRESULT hr, ULONG flags, LPMAPIERROR* error) noexcept override;
    STDMETHODIMP GetProviderTable(ULONG flags, LPMAPITABLE* table) noexcept override;
    STDMETHODIMP CreateProvider(LPTSTR provider, ULONG count, LPSPropValue values, ULONG_PTR window,
                                ULONG flags, MAPIUID* created) noexcept override;
    STDMETHODIMP DeleteProvider(LPMAPIUID provider) noexcept override;
    STDMETHODIMP OpenProfileSection(LPMAPIUID section, LPCIID iid, ULONG flags,
                                    LPPROFSECT* object) noexcept override;

private:
    friend class com::Object<ProviderAdmin, IProviderAdmin>;
    ~ProviderAdmin() = default;

    const Profile m_profile;
    const MAPIUID m_service;
    const Caller m_caller;
    ServiceError m_error;
};

/// A provider table over the sections `uids`. Page: mapi/provider-tables.md
com::Ptr<IMAPITable> make_provider_table(const Profile& profile, std::span<const MAPIUID> uids,
                                         ULONG flags);

}  // namespace remapi::session
