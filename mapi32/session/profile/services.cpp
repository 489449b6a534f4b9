// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/profile/services.h"

#include <algorithm>

#include "format/entry_id.h"
#include "format/guid.h"
#include "log/log.h"
#include "text/text.h"

namespace remapi::session {
namespace {

using format::same_uid;
using spi::ProviderKind;

constexpr ULONG kListTags[] = {PR_STORE_PROVIDERS, PR_AB_PROVIDERS, PR_TRANSPORT_PROVIDERS};

ULONG list_tag(ProviderKind kind) {
    switch (kind) {
        case ProviderKind::Store:
            return PR_STORE_PROVIDERS;
        case ProviderKind::AddressBook:
            return PR_AB_PROVIDERS;
        case ProviderKind::Transport:
            return PR_TRANSPORT_PROVIDERS;
        default:
            throw Error(MAPI_E_INVALID_PARAMETER, "a provider of no known kind");
    }
}

bool holds(const std::vector<MAPIUID>& uids, const MAPIUID& wanted) {
    return std::any_of(uids.begin(), uids.end(),
                       [&](const MAPIUID& uid) { return same_uid(uid, wanted); });
}

void append_to_list(const Profile& profile, const MAPIUID& section, ULONG tag, const MAPIUID& uid) {
    std::vector<MAPIUID> uids = profile.uid_list(section, tag);
    uids.push_back(uid);
    profile.set_uid_list(section, tag, uids);
}

void remove_from_list(const Profile& profile, const MAPIUID& section, ULONG tag,
                      const MAPIUID& uid) {
    std::vector<MAPIUID> uids = profile.uid_list(section, tag);
    const auto gone = std::remove_if(uids.begin(), uids.end(),
                                     [&](const MAPIUID& it) { return same_uid(it, uid); });
    if (gone == uids.end()) return;
    uids.erase(gone, uids.end());
    profile.set_uid_list(section, tag, uids);
}

ULONG flags_of(const Profile& profile, const MAPIUID& section) {
    return static_cast<ULONG>(profile.read_if_any(section).number(PR_RESOURCE_FLAGS));
}

/// A new transport goes to the end, but before those that want to be asked last.
void list_transport(const Profile& profile, const MAPIUID& uid, ULONG flags) {
    std::vector<MAPIUID> uids = profile.uid_list(kServicesSection, PR_TRANSPORT_PROVIDERS);
    auto place = uids.end();
    while (!(flags & STATUS_XP_PREFER_LAST) && place != uids.begin() &&
           (flags_of(profile, *(place - 1)) & STATUS_XP_PREFER_LAST)) {
        --place;
    }
    uids.insert(place, uid);
    profile.set_uid_list(kServicesSection, PR_TRANSPORT_PROVIDERS, uids);
}

void set_missing(PropertyBag& values, ULONG tag, StringView text) {
    if (!values.find(tag) && !text.empty()) values.set(PropValue(tag, text));
}

/// The properties of a section of mapisvc.inf.
PropertyBag properties_of(const spi::ServiceSection& section) {
    return PropertyBag(section.properties);
}

/// Extra sections have a fixed identifier or get a new one.
void add_extra_sections(const Profile& profile, const MAPIUID& service,
                        const std::vector<const spi::ServiceSection*>& sections) {
    for (const spi::ServiceSection* section : sections) {
        const MAPIUID uid = spi::section_uid(*section).value_or(format::new_uid());
        profile.write(uid, properties_of(*section).values());
        append_to_list(profile, service, PR_SERVICE_EXTRA_UIDS, uid);
    }
}

bool has_service_named(const Profile& profile, StringView name) {
    for (const MAPIUID& uid : service_uids(profile)) {
        if (text::equal_ignoring_case(profile.read_if_any(uid).text(PR_SERVICE_NAME_W), name))
            return true;
    }
    return false;
}

void require_another_copy(const Profile& profile, const PropertyBag& service) {
    const StringView name = service.text(PR_SERVICE_NAME_W);
    if (!(service.number(PR_RESOURCE_FLAGS) & SERVICE_SINGLE_COPY)) return;
    if (!has_service_named(profile, name)) return;
    throw Error(MAPI_E_NO_ACCESS, "the profile has the service " + text::to_utf8(name) +
                                      " already, which allows one copy only");
}

/// Writes a provider's section and lists it under its service and its kind.
void keep_provider(const Profile& profile, const MAPIUID& service, const MAPIUID& uid,
                   PropertyBag values) {
    const ULONG type = static_cast<ULONG>(values.number(PR_RESOURCE_TYPE));
    const ProviderKind kind = spi::kind_of_resource(type);
    const ULONG flags = static_cast<ULONG>(values.number(PR_RESOURCE_FLAGS));
    values.set(PropValue(PR_PROVIDER_UID, uid));
    values.set(PropValue(PR_SERVICE_UID, service));
    profile.write(uid, values.values());
    if (kind == ProviderKind::Service)
        return;  // a hook or profile provider: listed by its service only
    append_to_list(profile, service, list_tag(kind), uid);
    if (kind == ProviderKind::Transport) {
        list_transport(profile, uid, flags);
    } else {
        append_to_list(profile, kServicesSection, list_tag(kind), uid);
    }
}

}  // namespace

std::vector<MAPIUID> service_uids(const Profile& profile) {
    return profile.uid_list(kServicesSection, PR_SERVICES);
}

std::vector<MAPIUID> provider_uids(const Profile& profile, ProviderKind kind) {
    return profile.uid_list(kServicesSection, list_tag(kind));
}

std::vector<MAPIUID> provider_uids(const Profile& profile) {
    std::vector<MAPIUID> all;
    for (const ULONG tag : kListTags) {
        const std::vector<MAPIUID> uids = profile.uid_list(kServicesSection, tag);
        all.insert(all.end(), uids.begin(), uids.end());
    }
    return all;
}

std::vector<MAPIUID> providers_of_service(const Profile& profile, const MAPIUID& service) {
    std::vector<MAPIUID> all;
    for (const ULONG tag : kListTags) {
        const std::vector<MAPIUID> uids = profile.uid_list(service, tag);
        all.insert(all.end(), uids.begin(), uids.end());
    }
    return all;
}

bool is_service(const Profile& profile, const MAPIUID& uid) {
    return holds(service_uids(profile), uid);
}

bool is_provider(const Profile& profile, const MAPIUID& uid) {
    return holds(provider_uids(profile), uid);
}

spi::ProviderIdentity identity_of_provider(const Profile& profile, const MAPIUID& uid) {
    const PropertyBag values = profile.read(uid);
    spi::ProviderIdentity identity;
    identity.kind = spi::kind_of_resource(static_cast<ULONG>(values.number(PR_RESOURCE_TYPE)));
    identity.uid = uid;
    const BytesView service = values.bytes(PR_SERVICE_UID);
    if (service.size() == sizeof(MAPIUID)) {
        std::memcpy(&identity.service_uid, service.data(), sizeof(MAPIUID));
    }
    identity.dll_name = values.text(PR_PROVIDER_DLL_NAME_W);
    identity.display_name = values.text(PR_DISPLAY_NAME_W);
    return identity;
}

spi::ProviderIdentity identity_of_service(const Profile& profile, const MAPIUID& uid) {
    const PropertyBag values = profile.read(uid);
    spi::ProviderIdentity identity;
    identity.kind = ProviderKind::Service;
    identity.uid = uid;
    identity.service_uid = uid;
    identity.dll_name = values.text(PR_SERVICE_DLL_NAME_W);
    identity.display_name = values.text(PR_DISPLAY_NAME_W);
    return identity;
}

MAPIUID add_service(const Profile& profile, const spi::ServiceFile& file, StringView service,
                    StringView display_name) {
    const spi::ServiceSection* section = file.service(service);
    if (!section) {
        throw Error(MAPI_E_NOT_FOUND, "mapisvc.inf has no service " + text::to_utf8(service));
    }
    PropertyBag values = properties_of(*section);
    const auto listed =
        std::find_if(file.services().begin(), file.services().end(),
                     [&](const auto& it) { return text::equal_ignoring_case(it.name, service); });
    const StringView listed_name =
        listed == file.services().end() ? StringView() : listed->display_name;
    const MAPIUID uid = format::new_uid();
    set_missing(values, PR_DISPLAY_NAME_W, display_name.empty() ? listed_name : display_name);
    values.set(PropValue(PR_SERVICE_NAME_W, section->name));
    values.set(PropValue(PR_SERVICE_UID, uid));
    require_another_copy(profile, values);

    profile.write(uid, values.values());
    append_to_list(profile, kServicesSection, PR_SERVICES, uid);
    for (const spi::ServiceSection* provider : file.providers(*section)) {
        add_provider(profile, uid, *provider);
    }
    add_extra_sections(profile, uid, file.extra_sections(*section));
    return uid;
}

void remove_service(const Profile& profile, const MAPIUID& service) {
    for (const MAPIUID& provider : providers_of_service(profile, service)) {
        remove_provider(profile, provider);
    }
    for (const MAPIUID& extra : profile.uid_list(service, PR_SERVICE_EXTRA_UIDS)) {
        if (profile.has_section(extra)) profile.remove_section(extra);
    }
    remove_from_list(profile, kServicesSection, PR_SERVICES, service);
    profile.remove_section(service);
}

MAPIUID copy_service(const Profile& profile, const MAPIUID& service, const Profile& target) {
    PropertyBag values = profile.read(service);
    require_another_copy(target, values);
    const MAPIUID uid = format::new_uid();
    for (const ULONG tag : kListTags) values.remove(tag);
    values.remove(PR_SERVICE_EXTRA_UIDS);
    values.set(PropValue(PR_SERVICE_UID, uid));
    target.write(uid, values.values());
    append_to_list(target, kServicesSection, PR_SERVICES, uid);
    for (const MAPIUID& provider : providers_of_service(profile, service)) {
        keep_provider(target, uid, format::new_uid(), profile.read(provider));
    }
    for (const MAPIUID& extra : profile.uid_list(service, PR_SERVICE_EXTRA_UIDS)) {
        const MAPIUID copy = format::new_uid();
        target.write(copy, profile.read_if_any(extra).values());
        append_to_list(target, uid, PR_SERVICE_EXTRA_UIDS, copy);
    }
    return uid;
}

MAPIUID add_provider(const Profile& profile, const MAPIUID& service,
                     const spi::ServiceSection& section) {
    const PropertyBag service_values = profile.read(service);
    PropertyBag values = properties_of(section);
    set_missing(values, PR_DISPLAY_NAME_W, service_values.text(PR_DISPLAY_NAME_W));
    set_missing(values, PR_PROVIDER_DISPLAY_W, StringView(values.text(PR_DISPLAY_NAME_W)));
    set_missing(values, PR_SERVICE_NAME_W, service_values.text(PR_SERVICE_NAME_W));
    const MAPIUID uid = format::new_uid();
    keep_provider(profile, service, uid, std::move(values));
    return uid;
}

void remove_provider(const Profile& profile, const MAPIUID& provider) {
    const spi::ProviderIdentity identity = identity_of_provider(profile, provider);
    for (const ULONG tag : kListTags) {
        remove_from_list(profile, kServicesSection, tag, provider);
        if (profile.has_section(identity.service_uid)) {
            remove_from_list(profile, identity.service_uid, tag, provider);
        }
    }
    profile.remove_section(provider);
}

std::optional<MAPIUID> default_store(const Profile& profile) {
    for (const MAPIUID& uid : provider_uids(profile, ProviderKind::Store)) {
        const ULONG flags = flags_of(profile, uid);
        if ((flags & STATUS_DEFAULT_STORE) && !(flags & STATUS_NO_DEFAULT_STORE)) return uid;
    }
    return std::nullopt;
}

void set_default_store(const Profile& profile, const std::optional<MAPIUID>& store) {
    for (const MAPIUID& uid : provider_uids(profile, ProviderKind::Store)) {
        const ULONG flags = flags_of(profile, uid);
        const bool chosen = store && same_uid(*store, uid);
        const ULONG wanted = chosen ? flags | STATUS_DEFAULT_STORE : flags & ~STATUS_DEFAULT_STORE;
        if (wanted != flags) profile.write(uid, PropValue(PR_RESOURCE_FLAGS, wanted));
    }
}

}  // namespace remapi::session
