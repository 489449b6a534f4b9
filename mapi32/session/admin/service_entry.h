// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Calling the entry point of a message service of a profile.
// Page: mapi/msgserviceentry.md
#pragma once

#include <span>

#include "port/mutex.h"
#include "session/profile/profile.h"

namespace remapi::session {

/// What a service said about its last failure, for GetLastError. Any thread.
class ServiceError {
public:
    /// Takes over `error`, which a service returned; null forgets the last one.
    void keep(MAPIERROR* error);
    /// Page: mapi/imsgserviceadmin-getlasterror.md
    HRESULT answer(ULONG flags, MAPIERROR** error);

private:
    port::Mutex m_mutex;
    bool m_any = false;  ///< guarded by m_mutex, as the rest
    String m_text;
    String m_component;
    ULONG m_low_level = 0;
    ULONG m_context = 0;
};

/// Whether the service names an entry point at all; a service needs none.
bool has_entry(const Profile& profile, const MAPIUID& service);

/// One call of the entry point.
struct EntryCall {
    MAPIUID service = {};
    ULONG context = 0;  ///< MSG_SERVICE_CREATE ...
    ULONG_PTR window = 0;
    ULONG flags = 0;  ///< SERVICE_UI_ALLOWED, SERVICE_UI_ALWAYS, MSG_SERVICE_UI_READ_ONLY
    std::span<const SPropValue> values;
};
/// Errors: MAPI_E_NOT_INITIALIZED without an entry point; those of spi::call_service_entry, a
/// module that is missing or does not load included. Never throws for those.
HRESULT call_entry(const Profile& profile, const EntryCall& call, ServiceError& error);

/// Adds a service to `profile` and tells it so; a service that refuses is taken out again, with
/// what it wrote. Throws as add_service does, and what the entry point answered.
/// @param flags  SERVICE_UI_ALLOWED, SERVICE_UI_ALWAYS
MAPIUID create_service(const Profile& profile, StringView service, StringView display_name,
                       ULONG_PTR window, ULONG flags, ServiceError& error);
/// Tells a service that it goes, and takes it out.
void delete_service(const Profile& profile, const MAPIUID& service, ServiceError& error);

}  // namespace remapi::session
