// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/mapi/profiles.h"

#include "abi/remapi_tags.h"
#include "format/guid.h"
#include "port/utf.h"
#include "text/text.h"
#include "tools/remapi/cli/failure.h"
#include "tools/remapi/mapi/errors.h"
#include "tools/remapi/mapi/library.h"
#include "tools/remapi/mapi/properties.h"

namespace remapi::tool {
namespace {

constexpr char kStoreService[] = "RMLS";
constexpr char kMailService[] = "RMIN";
/// MAPI_FORCE_ACCESS, without which providers' sections stay closed to clients; the headers lack
/// it. Page: mapi/imapisession-openprofilesection.md
constexpr ULONG kForceAccess = 0x00080000;

MAPIUID profile_section() noexcept {
    return format::uid_from_guid(MUID_PROFILE_INSTANCE);
}

/// Adds a service under its own display name. The call takes ANSI names, which these are.
void add_service(IMsgServiceAdmin& admin, const char* name, const char* display_name) {
    require(admin.CreateMsgService(reinterpret_cast<LPTSTR>(const_cast<char*>(name)),
                                   reinterpret_cast<LPTSTR>(const_cast<char*>(display_name)), 0, 0),
            std::string("adding the service ") + name);
}

MAPIUID uid_of(const std::string& bytes) noexcept {
    MAPIUID uid = {};
    if (bytes.size() == sizeof uid)
        std::copy_n(bytes.begin(), sizeof uid, reinterpret_cast<char*>(&uid));
    return uid;
}

MAPIUID find_service(IMsgServiceAdmin& admin, StringView name) {
    com::Ptr<IMAPITable> table;
    require(admin.GetMsgServiceTable(MAPI_UNICODE, table.put()), "listing the services");
    std::string uid;
    for_each_row(*table, {PR_SERVICE_NAME_W, PR_SERVICE_UID}, [&](const Values& row) {
        if (row.text(PR_SERVICE_NAME_W) == name) uid = row.bytes(PR_SERVICE_UID);
    });
    if (uid.empty())
        throw Failure(ExitCode::Failed,
                      "the service " + port::to_utf8(name) + " is not in the profile");
    return uid_of(uid);
}

SPropValue text_value(ULONG tag, const String& text) noexcept {
    SPropValue value = {};
    value.ulPropTag = tag;
    value.Value.lpszW = const_cast<WideChar*>(text.c_str());
    return value;
}

std::vector<SPropValue> settings_of(const Account& account) {
    SPropValue port = {};
    port.ulPropTag = kTagSmtpPort;
    port.Value.l = static_cast<LONG>(account.port);
    std::vector<SPropValue> result = {text_value(kTagSmtpHost, account.host), port,
                                      text_value(kTagSmtpSecurity, account.security),
                                      text_value(kTagSenderName, account.sender_name),
                                      text_value(kTagSenderAddress, account.sender_address)};
    if (!account.ca_file.empty()) result.push_back(text_value(kTagSmtpCaFile, account.ca_file));
    if (!account.user.empty()) {
        result.push_back(text_value(kTagSmtpUser, account.user));
        result.push_back(text_value(kTagSmtpPassword, account.password));
    }
    return result;
}

void write_policy(IMsgServiceAdmin& admin, const String& policy) {
    MAPIUID section = profile_section();
    com::Ptr<IProfSect> profile;
    require(admin.OpenProfileSection(&section, nullptr, MAPI_MODIFY, profile.put()),
            "opening the profile");
    SPropValue value = text_value(kTagSendPolicy, policy);
    Buffer<SPropProblemArray> problems;
    require(profile->SetProps(1, &value, problems.put()), "storing the policy");
    if (problems)
        throw Failure(ExitCode::Failed,
                      "storing the policy: " + explain(problems->aProblem[0].scode));
    require(profile->SaveChanges(0), "storing the policy");
}

/// Adds what `section` holds of our settings.
void read_settings(IProfSect& section, ServiceDetails& details) {
    const OwnedValues values(section,
                             {kTagStorePath, kTagSmtpHost, kTagSmtpPort, kTagSmtpSecurity,
                              kTagSmtpCaFile, kTagSmtpUser, kTagSenderName, kTagSenderAddress},
                             "reading settings");
    const auto add = [&](const char* name, const String& value) {
        if (!value.empty()) details.settings.emplace_back(name, value);
    };
    add("store", values->text(kTagStorePath));
    add("smtp", values->text(kTagSmtpHost));
    if (values->find(kTagSmtpPort)) add("port", text::decimal(values->number(kTagSmtpPort)));
    add("security", values->text(kTagSmtpSecurity));
    add("ca", values->text(kTagSmtpCaFile));
    add("user", values->text(kTagSmtpUser));
    add("from_name", values->text(kTagSenderName));
    add("from_address", values->text(kTagSenderAddress));
}

void read_providers(IMsgServiceAdmin& admin, MAPIUID service, ServiceDetails& details) {
    com::Ptr<IProviderAdmin> providers;
    require(admin.AdminProviders(&service, 0, providers.put()),
            "listing the providers of a service");
    com::Ptr<IMAPITable> table;
    require(providers->GetProviderTable(MAPI_UNICODE, table.put()),
            "listing the providers of a service");
    for_each_row(*table, {PR_PROVIDER_UID}, [&](const Values& row) {
        MAPIUID uid = uid_of(row.bytes(PR_PROVIDER_UID));
        com::Ptr<IProfSect> section;
        // Another vendor's section may be closed to us; it has none of our settings.
        if (SUCCEEDED(providers->OpenProfileSection(&uid, nullptr, kForceAccess, section.put()))) {
            read_settings(*section, details);
        }
    });
}

}  // namespace

ProfileAdmin::ProfileAdmin() {
    require(Library::the().admin_profiles(0, m_admin.put()), "opening the profiles");
}

std::vector<ProfileRow> ProfileAdmin::list() {
    com::Ptr<IMAPITable> table;
    require(m_admin->GetProfileTable(MAPI_UNICODE, table.put()), "listing the profiles");
    std::vector<ProfileRow> result;
    for_each_row(*table, {PR_DISPLAY_NAME_W, PR_DEFAULT_PROFILE}, [&](const Values& row) {
        result.push_back({row.text(PR_DISPLAY_NAME_W), row.truth(PR_DEFAULT_PROFILE)});
    });
    return result;
}

bool ProfileAdmin::exists(const String& name) {
    for (const ProfileRow& row : list()) {
        if (text::equal_ignoring_case(row.name, name)) return true;
    }
    return false;
}

void ProfileAdmin::require_exists(const String& name) {
    if (!exists(name)) {
        throw Failure(ExitCode::NotFound,
                      "no profile \"" + port::to_utf8(name) + "\"; see `remapi profile list`");
    }
}

com::Ptr<IMsgServiceAdmin> ProfileAdmin::services(const String& name) {
    com::Ptr<IMsgServiceAdmin> result;
    require(m_admin->AdminServices(tstr(name), nullptr, 0, MAPI_UNICODE, result.put()),
            "opening the profile");
    return result;
}

void ProfileAdmin::create(const String& name, const Account& account) {
    require(m_admin->CreateProfile(tstr(name), nullptr, 0, MAPI_UNICODE), "making the profile");
    try {
        fill(name, account);
    } catch (...) {
        m_admin->DeleteProfile(tstr(name), MAPI_UNICODE);
        throw;
    }
}

void ProfileAdmin::fill(const String& name, const Account& account) {
    const com::Ptr<IMsgServiceAdmin> admin = services(name);
    add_service(*admin, kStoreService, "Remapi Local Store");
    add_service(*admin, kMailService, "Remapi Internet Mail");
    MAPIUID service = find_service(*admin, REMAPI_W("RMIN"));
    std::vector<SPropValue> settings = settings_of(account);
    require(admin->ConfigureMsgService(&service, 0, 0, static_cast<ULONG>(settings.size()),
                                       settings.data()),
            "configuring the service RMIN");
    if (!account.policy.empty()) write_policy(*admin, account.policy);
}

void ProfileAdmin::remove(const String& name) {
    require(m_admin->DeleteProfile(tstr(name), MAPI_UNICODE), "deleting the profile");
}

void ProfileAdmin::make_default(const String& name) {
    require(m_admin->SetDefaultProfile(tstr(name), MAPI_UNICODE),
            "making the profile the default one");
}

ProfileDetails ProfileAdmin::details(const String& name) {
    require_exists(name);
    const com::Ptr<IMsgServiceAdmin> admin = services(name);
    ProfileDetails result;
    MAPIUID section = profile_section();
    com::Ptr<IProfSect> profile;
    if (SUCCEEDED(admin->OpenProfileSection(&section, nullptr, 0, profile.put()))) {
        result.policy =
            OwnedValues(*profile, {kTagSendPolicy}, "reading the policy")->text(kTagSendPolicy);
    }
    com::Ptr<IMAPITable> table;
    require(admin->GetMsgServiceTable(MAPI_UNICODE, table.put()), "listing the services");
    for_each_row(
        *table, {PR_SERVICE_NAME_W, PR_DISPLAY_NAME_W, PR_SERVICE_UID}, [&](const Values& row) {
            ServiceDetails details = {row.text(PR_SERVICE_NAME_W), row.text(PR_DISPLAY_NAME_W), {}};
            read_providers(*admin, uid_of(row.bytes(PR_SERVICE_UID)), details);
            result.services.push_back(std::move(details));
        });
    return result;
}

}  // namespace remapi::tool
