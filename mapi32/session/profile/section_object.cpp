// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/profile/section_object.h"

#include "format/entry_id.h"
#include "session/flags.h"
#include "session/profile/services.h"

namespace remapi::session {
namespace {

constexpr ULONG kFirstNamedId = 0x8000;

}  // namespace

bool SectionObject::is_computed(ULONG tag) const {
    const ULONG id = PROP_ID(tag);
    if (id == PROP_ID(PR_OBJECT_TYPE) || id == PROP_ID(PR_PROFILE_NAME)) return true;
    return id == PROP_ID(PR_SEARCH_KEY) && format::same_uid(m_section, profile_instance_section());
}

std::optional<PropValue> SectionObject::load(ULONG tag) {
    if (PROP_ID(tag) == PROP_ID(PR_OBJECT_TYPE)) return PropValue(PR_OBJECT_TYPE, MAPI_PROFSECT);
    if (PROP_ID(tag) == PROP_ID(PR_PROFILE_NAME))
        return PropValue(PR_PROFILE_NAME_W, m_profile.name());
    const PropertyBag values = m_profile.read(m_section);
    const PropValue* value = values.find(tag);
    return value ? std::optional<PropValue>(*value) : std::nullopt;
}

std::vector<ULONG> SectionObject::list() {
    PropertyBag values = m_profile.read(m_section);
    values.set(PropValue(PR_OBJECT_TYPE, MAPI_PROFSECT));
    values.set(PropValue(PR_PROFILE_NAME_W, m_profile.name()));
    std::vector<ULONG> tags;
    for (const ULONG tag : values.tags()) {
        if (!is_secure(tag)) tags.push_back(tag);
    }
    return tags;
}

SCODE SectionObject::store(const PropValue& value) {
    if (value.id() >= kFirstNamedId) return MAPI_E_NO_SUPPORT;
    if (is_computed(value.tag())) return MAPI_E_COMPUTED;
    if (value.type() == PT_OBJECT) return MAPI_E_UNEXPECTED_TYPE;
    m_profile.write(m_section, value.with_tag(object::stored_tag(value.tag())));
    return S_OK;
}

SCODE SectionObject::erase(ULONG tag) {
    if (is_computed(tag)) return MAPI_E_COMPUTED;
    if (!m_profile.read(m_section).find(tag)) return MAPI_E_NOT_FOUND;
    m_profile.write(m_section, {}, std::span(&tag, 1));
    return S_OK;
}

com::Ptr<IProfSect> open_section(const Profile& profile, const MAPIUID& section, ULONG flags) {
    const bool modify = (flags & MAPI_MODIFY) != 0;
    if (!profile.has_section(section)) {
        if (!modify) throw Error(MAPI_E_NOT_FOUND, "the profile has no such section");
        profile.write(section, std::span<const PropValue>());
    }
    return com::make<SectionObject>(profile, section, modify);
}

com::Ptr<IProfSect> open_client_section(const Profile& profile, const MAPIUID* section,
                                        const IID* iid, ULONG flags) {
    require_flags(flags, MAPI_MODIFY | MAPI_DEFERRED_ERRORS | kForceAccess);
    require_parameter(section != nullptr);
    if (iid && !IsEqualGUID(*iid, IID_IProfSect) && !IsEqualGUID(*iid, IID_IMAPIProp)) {
        throw Error(MAPI_E_INTERFACE_NOT_SUPPORTED, "a profile section as another interface");
    }
    if (!(flags & kForceAccess) && is_provider(profile, *section)) {
        throw Error(MAPI_E_NO_ACCESS, "a provider's section without MAPI_FORCE_ACCESS");
    }
    return open_section(profile, *section, flags);
}

}  // namespace remapi::session
