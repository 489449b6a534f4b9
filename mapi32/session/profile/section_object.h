// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Profile sections as clients and providers see them.
// Page: mapi/iprofsectimapiprop.md
#pragma once

#include "object/props/bag_object.h"
#include "session/profile/profile.h"

namespace remapi::session {

/// A section of a profile. There are no transactions: every change is written at once, SaveChanges
/// succeeds and does nothing. Any number of objects may be open on one section, for reading and for
/// writing; each call sees what was written last. Any thread.
class SectionObject final : public object::PropObject<SectionObject, IProfSect> {
public:
    using Interfaces = com::Answers<IProfSect, IMAPIProp>;

    SectionObject(Profile profile, const MAPIUID& section, bool writable)
        : m_profile(std::move(profile)), m_section(section), m_writable(writable) {}

    std::optional<PropValue> load(ULONG tag) override;
    std::vector<ULONG> list() override;
    SCODE store(const PropValue& value) override;
    SCODE erase(ULONG tag) override;
    bool writable() const override { return m_writable; }
    std::size_t large_value_bytes() const override { return 0; }

private:
    template <class, class, class...>
    friend class com::Object;
    ~SectionObject() = default;

    bool is_computed(ULONG tag) const;

    const Profile m_profile;
    const MAPIUID m_section;
    const bool m_writable;
};

/// A section that lives in memory only: of a store that was opened without being in the profile.
class TemporarySection final : public object::BagObject<TemporarySection, IProfSect> {
public:
    using Interfaces = com::Answers<IProfSect, IMAPIProp>;
    explicit TemporarySection(PropertyBag values) : BagObject(std::move(values), true) {}

private:
    template <class, class, class...>
    friend class com::Object;
    ~TemporarySection() = default;
};

/// Opens a section of `profile`, making it first where `flags` has MAPI_MODIFY.
/// Errors: MAPI_E_NOT_FOUND for a missing section without MAPI_MODIFY.
com::Ptr<IProfSect> open_section(const Profile& profile, const MAPIUID& section, ULONG flags);

/// The same for clients: checks the flags and the interface, and refuses providers' sections
/// without MAPI_FORCE_ACCESS. `section` may not be null; `iid` may, meaning IProfSect. Errors:
/// MAPI_E_UNKNOWN_FLAGS, MAPI_E_INTERFACE_NOT_SUPPORTED, MAPI_E_NO_ACCESS, MAPI_E_NOT_FOUND.
com::Ptr<IProfSect> open_client_section(const Profile& profile, const MAPIUID* section,
                                        const IID* iid, ULONG flags);

}  // namespace remapi::session
