// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/face/service_entry.h"

#include <algorithm>

#include "abi/remapi_tags.h"
#include "object/util/calls.h"
#include "port/file.h"
#include "providers/localstore/model/identity.h"

namespace remapi::localstore {
namespace {

/// The settings of the store provider among what the caller gave.
std::vector<PropValue> settings_of(std::span<const SPropValue> properties) {
    std::vector<PropValue> settings;
    for (const SPropValue& property : properties) {
        const ULONG id = PROP_ID(property.ulPropTag);
        if (id != PROP_ID(kTagStorePath) && id != PROP_ID(PR_DISPLAY_NAME)) continue;
        PropValue value = object::from_abi(property);
        if (!value.is_text() || value.text().empty()) {
            throw Error(MAPI_E_INVALID_PARAMETER, "configuring the store: an empty setting");
        }
        if (id == PROP_ID(kTagStorePath))
            value = PropValue(kTagStorePath, port::absolute_path(value.text()));
        settings.push_back(std::move(value));
    }
    return settings;
}

void write_settings(IProviderAdmin* providers, const std::vector<PropValue>& settings) {
    com::Ptr<IMAPITable> table;
    check(providers->GetProviderTable(0, table.put()), "IProviderAdmin::GetProviderTable");
    object::RowQuery query;
    query.columns = {PR_PROVIDER_UID, PR_RESOURCE_TYPE};
    for (const PropertyBag& row : object::query_all_rows(table.get(), query)) {
        const BytesView uid = row.bytes(PR_PROVIDER_UID);
        if (uid.size() != sizeof(MAPIUID)) continue;
        if (row.number(PR_RESOURCE_TYPE, MAPI_STORE_PROVIDER) != MAPI_STORE_PROVIDER) continue;
        MAPIUID provider = {};
        std::memcpy(provider.ab, uid.data(), sizeof provider.ab);
        com::Ptr<IProfSect> section;
        check(providers->OpenProfileSection(&provider, nullptr, MAPI_MODIFY, section.put()),
              "IProviderAdmin::OpenProfileSection");
        object::set_props(section.get(), settings);
        check(section->SaveChanges(KEEP_OPEN_READWRITE), "IProfSect::SaveChanges");
    }
}

}  // namespace

HRESULT configure_service(ULONG context, ULONG flags, std::span<const SPropValue> properties,
                          IProviderAdmin* providers) {
    switch (context) {
        case MSG_SERVICE_INSTALL:
        case MSG_SERVICE_UNINSTALL:
        case MSG_SERVICE_DELETE:  // the store file is the person's: it stays
        case MSG_SERVICE_PROVIDER_DELETE:
            return S_OK;
        case MSG_SERVICE_CREATE:
        case MSG_SERVICE_CONFIGURE:
        case MSG_SERVICE_PROVIDER_CREATE:
            break;
        default:
            return MAPI_E_NO_SUPPORT;
    }
    const std::vector<PropValue> settings = settings_of(properties);
    if (settings.empty()) return (flags & SERVICE_UI_ALWAYS) != 0 ? MAPI_E_NO_SUPPORT : S_OK;
    if (!providers) return MAPI_E_INVALID_PARAMETER;
    write_settings(providers, settings);
    return S_OK;
}

}  // namespace remapi::localstore
