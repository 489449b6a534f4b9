// SPDX-License-Identifier: LGPL-2.1-or-later
#include <cstring>

#include "abi/remapi_tags.h"
#include "log/log.h"
#include "object/util/calls.h"
#include "port/utf.h"
#include "providers/internet/face/provider.h"
#include "providers/internet/face/settings_section.h"

namespace remapi::internet {
namespace {

// The profile section of the service's one provider.
com::Ptr<IProfSect> open_section(IProviderAdmin* providers) {
    com::Ptr<IMAPITable> table;
    check(providers->GetProviderTable(0, table.put()), "IProviderAdmin::GetProviderTable");
    object::RowQuery query;
    query.columns = {PR_PROVIDER_UID, PR_RESOURCE_TYPE};
    for (const PropertyBag& row : object::query_all_rows(table.get(), query)) {
        const BytesView uid = row.bytes(PR_PROVIDER_UID);
        if (row.number(PR_RESOURCE_TYPE) != static_cast<std::int64_t>(MAPI_TRANSPORT_PROVIDER))
            continue;
        if (uid.size() != sizeof(MAPIUID)) continue;
        MAPIUID wanted;
        std::memcpy(&wanted, uid.data(), sizeof wanted);
        com::Ptr<IProfSect> section;
        check(providers->OpenProfileSection(&wanted, nullptr, MAPI_MODIFY, section.put()),
              "IProviderAdmin::OpenProfileSection");
        return section;
    }
    throw Error(MAPI_E_NOT_FOUND, "looking for the transport of the service");
}

std::vector<PropValue> settings_among(const std::vector<PropValue>& values) {
    std::vector<PropValue> own;
    for (const PropValue& value : values) {
        if (is_setting(value.tag())) own.push_back(value);
    }
    return own;
}

// Checks what the settings would be with `changes` and writes them. `required`: they must suffice.
HRESULT configure(ULONG flags, const std::vector<PropValue>& changes, bool required,
                  IProviderAdmin* providers, MAPIERROR** error) {
    const com::Ptr<IProfSect> section = open_section(providers);
    const ULONG tags[] = {kTagSmtpHost, kTagSmtpPort,   kTagSmtpSecurity, kTagSmtpCaFile,
                          kTagSmtpUser, kTagSenderName, kTagSenderAddress};
    PropertyBag merged(object::get_props(section.get(), tags));
    for (const PropValue& change : changes) merged.set(change);
    std::string problem;
    check_settings(settings_in(merged), problem);
    if (!problem.empty() && required) {
        REMAPI_WARN(Transport, "the service is not configured: %s", problem.c_str());
        if (error) *error = make_error(port::from_utf8(problem), flags);
        return changes.empty() ? MAPI_E_UNCONFIGURED : MAPI_E_INVALID_PARAMETER;
    }
    if (changes.empty()) return S_OK;
    object::set_props(section.get(), changes);
    check(section->SaveChanges(0), "IMAPIProp::SaveChanges of a profile section");
    return S_OK;
}

}  // namespace

HRESULT service_entry(ULONG flags, ULONG context, ULONG count, const SPropValue* properties,
                      IProviderAdmin* providers, MAPIERROR** error) {
    switch (context) {
        case MSG_SERVICE_CREATE:
        case MSG_SERVICE_CONFIGURE: {
            if (!providers || (count != 0 && !properties)) return MAPI_E_INVALID_PARAMETER;
            const std::vector<PropValue> changes =
                settings_among(object::from_abi(count, properties));
            // A new service gets its settings later, as a rule.
            const bool required = context == MSG_SERVICE_CONFIGURE || !changes.empty();
            return configure(flags, changes, required, providers, error);
        }
        case MSG_SERVICE_PROVIDER_CREATE:
        case MSG_SERVICE_PROVIDER_DELETE:
            return MAPI_E_NO_SUPPORT;
        default:  // MSG_SERVICE_DELETE, _INSTALL, _UNINSTALL: nothing lies outside the profile
            return S_OK;
    }
}

}  // namespace remapi::internet
