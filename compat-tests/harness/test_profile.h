// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A profile with our message store and our Internet transport, made through the library's exports.
#pragma once

#include <vector>

#include "abi/error.h"
#include "abi/remapi_tags.h"
#include "com/ptr.h"
#include "compat-tests/harness/mapi_library.h"
#include "memory/buffer.h"

namespace remapi::test {

/// What the transport of a test profile is told.
struct TestAccount {
    String host = REMAPI_W("127.0.0.1");
    ULONG port = 25;
    String security = REMAPI_W("none");
    String ca_file;  ///< empty: the system's trust
    String sender_name = REMAPI_W("Test Sender");
    String sender_address = REMAPI_W("sender@example.org");
    String policy = REMAPI_W("send");
    std::vector<const char*> services = {"RMLS", "RMIN"};  ///< of mapisvc.inf; RMIN must be there
};

/// MAPIInitialize for a scope. Throws Error.
class MapiUse {
public:
    template <class Library>
    explicit MapiUse(const Library& library)
        : m_uninitialize(library.template find<MAPIUNINITIALIZE>("MAPIUninitialize")) {
        const auto initialize = library.template find<MAPIINITIALIZE>("MAPIInitialize");
        if (!initialize || !m_uninitialize)
            throw Error(MAPI_E_NOT_FOUND, "MAPIInitialize is not exported");
        check(initialize(nullptr), "MAPIInitialize");
    }
    ~MapiUse() { m_uninitialize(); }
    MapiUse(const MapiUse&) = delete;
    MapiUse& operator=(const MapiUse&) = delete;

private:
    MAPIUNINITIALIZE* m_uninitialize;
};

namespace detail {

inline LPTSTR tstr(const String& text) noexcept {
    return reinterpret_cast<LPTSTR>(const_cast<WideChar*>(text.c_str()));
}

inline SPropValue text_value(ULONG tag, const String& text) noexcept {
    SPropValue value = {};
    value.ulPropTag = tag;
    value.Value.lpszW = const_cast<WideChar*>(text.c_str());
    return value;
}

inline void add_service(IMsgServiceAdmin& admin, const char* name) {
    const LPTSTR ansi = reinterpret_cast<LPTSTR>(const_cast<char*>(name));
    check(admin.CreateMsgService(ansi, ansi, 0, 0), name);
}

/// The PR_SERVICE_UID of the service of that name.
inline MAPIUID service_uid(IMsgServiceAdmin& admin, StringView name) {
    com::Ptr<IMAPITable> table;
    check(admin.GetMsgServiceTable(MAPI_UNICODE, table.put()),
          "IMsgServiceAdmin::GetMsgServiceTable");
    SizedSPropTagArray(2, columns) = {2, {PR_SERVICE_NAME_W, PR_SERVICE_UID}};
    check(table->SetColumns(reinterpret_cast<LPSPropTagArray>(&columns), 0),
          "IMAPITable::SetColumns");
    for (;;) {
        RowSet rows;
        check(table->QueryRows(1, 0, rows.put()), "IMAPITable::QueryRows");
        if (rows.size() == 0) throw Error(MAPI_E_NOT_FOUND, "a service that was just added");
        const SPropValue* values = rows[0].lpProps;
        if (values[0].ulPropTag != PR_SERVICE_NAME_W || StringView(values[0].Value.lpszW) != name)
            continue;
        MAPIUID uid = {};
        if (values[1].Value.bin.cb == sizeof uid)
            std::memcpy(&uid, values[1].Value.bin.lpb, sizeof uid);
        return uid;
    }
}

}  // namespace detail

/// Makes a profile with the services of `account` and makes it the default. The library must be
/// initialised. Throws Error.
template <class Library>
void create_test_profile(const Library& library, const String& name, const TestAccount& account) {
    // What the library allocates is freed by its own routine.
    memory::use_routines({library.template find<MAPIALLOCATEBUFFER>("MAPIAllocateBuffer"),
                          library.template find<MAPIALLOCATEMORE>("MAPIAllocateMore"),
                          library.template find<MAPIFREEBUFFER>("MAPIFreeBuffer")});
    const auto admin_profiles = library.template find<MAPIADMINPROFILES>("MAPIAdminProfiles");
    if (!admin_profiles) throw Error(MAPI_E_NOT_FOUND, "MAPIAdminProfiles is not exported");
    com::Ptr<IProfAdmin> profiles;
    check(admin_profiles(0, profiles.put()), "MAPIAdminProfiles");
    check(profiles->CreateProfile(detail::tstr(name), nullptr, 0, MAPI_UNICODE),
          "IProfAdmin::CreateProfile");
    com::Ptr<IMsgServiceAdmin> admin;
    check(profiles->AdminServices(detail::tstr(name), nullptr, 0, MAPI_UNICODE, admin.put()),
          "IProfAdmin::AdminServices");
    for (const char* service : account.services) detail::add_service(*admin, service);

    SPropValue port = {};
    port.ulPropTag = kTagSmtpPort;
    port.Value.l = static_cast<LONG>(account.port);
    std::vector<SPropValue> settings = {
        detail::text_value(kTagSmtpHost, account.host), port,
        detail::text_value(kTagSmtpSecurity, account.security),
        detail::text_value(kTagSenderName, account.sender_name),
        detail::text_value(kTagSenderAddress, account.sender_address)};
    if (!account.ca_file.empty())
        settings.push_back(detail::text_value(kTagSmtpCaFile, account.ca_file));
    MAPIUID service = detail::service_uid(*admin, REMAPI_W("RMIN"));
    check(admin->ConfigureMsgService(&service, 0, 0, static_cast<ULONG>(settings.size()),
                                     settings.data()),
          "IMsgServiceAdmin::ConfigureMsgService");

    MAPIUID section = {};
    std::memcpy(&section, &MUID_PROFILE_INSTANCE, sizeof section);
    com::Ptr<IProfSect> profile;
    check(admin->OpenProfileSection(&section, nullptr, MAPI_MODIFY, profile.put()),
          "IMsgServiceAdmin::OpenProfileSection");
    SPropValue policy = detail::text_value(kTagSendPolicy, account.policy);
    check(profile->SetProps(1, &policy, nullptr), "IProfSect::SetProps");
    check(profile->SaveChanges(0), "IProfSect::SaveChanges");
    check(profiles->SetDefaultProfile(detail::tstr(name), MAPI_UNICODE),
          "IProfAdmin::SetDefaultProfile");
}

}  // namespace remapi::test
