// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Profiles: named sets of sections of properties, kept where the platform keeps them.
// Page: mapi/mapi-profiles.md
#pragma once

#include <span>

#include "object/props/property_bag.h"

namespace remapi::session {

/// The section that lists services and providers in their order.
extern const MAPIUID kServicesSection;
/// The section of the profile as a whole (pbGlobalProfileSectionGuid).
extern const MAPIUID kGlobalSection;
/// MUID_PROFILE_INSTANCE: PR_SEARCH_KEY tells this profile from every other, also of its name.
MAPIUID profile_instance_section();

/// Longest name of a profile, in UTF-16 units.
constexpr std::size_t kProfileNameUnits = 64;

/// Whether `tag` lies in the range of secure properties (0x67F0 to 0x67FF).
constexpr bool is_secure(ULONG tag) noexcept {
    return PROP_ID(tag) >= 0x67F0 && PROP_ID(tag) <= 0x67FF;
}

/// One profile by its name. Holds no state but the name; every call reads or writes at once. Any
/// thread and any process. All methods throw Error(MAPI_E_NOT_FOUND) when the profile or the
/// section is gone, MAPI_E_NOT_ENOUGH_DISK, MAPI_E_NO_ACCESS or MAPI_E_DISK_ERROR when it cannot be
/// read or written.
class Profile {
public:
    /// The names of all profiles, in alphabetical order.
    static std::vector<String> names();
    /// The stored spelling of `name`, which is compared ignoring case; nullopt when there is none.
    static std::optional<String> find(StringView name);
    /// Throws Error(MAPI_E_NOT_FOUND) when there is none.
    static Profile open(StringView name);
    /// Makes an empty profile with its fixed sections. Throws Error(MAPI_E_NO_ACCESS) when there is
    /// one of that name, Error(MAPI_E_INVALID_PARAMETER) when it is no possible name.
    static Profile create(StringView name);
    /// Removes the profile; if it was the default, there is none afterwards.
    static void remove(StringView name);
    /// The name of the default profile, if it is set and exists.
    static std::optional<String> default_name();
    /// Makes a profile the default. An empty name: none is.
    static void set_default(StringView name);
    /// Throws Error(MAPI_E_INVALID_PARAMETER) unless `name` may name a profile: 1 to 64 units, no
    /// blanks at its ends, no control characters and no backslash.
    static void check_name(StringView name);
    /// Where profiles lie, for a person to read.
    static String place();

    const String& name() const noexcept { return m_name; }

    std::vector<MAPIUID> sections() const;
    bool has_section(const MAPIUID& section) const;
    /// All properties, secure ones in clear.
    PropertyBag read(const MAPIUID& section) const;
    /// The same, empty when there is no such section.
    PropertyBag read_if_any(const MAPIUID& section) const;
    /// Writes `changed` and removes the ids of `removed`; makes the section where it is missing. A
    /// property that changes its type replaces the old one.
    void write(const MAPIUID& section, std::span<const PropValue> changed,
               std::span<const ULONG> removed = {}) const;
    void write(const MAPIUID& section, const PropValue& value) const {
        write(section, std::span(&value, 1));
    }
    void remove_section(const MAPIUID& section) const;
    /// A copy of all sections under a new name, with a search key of its own.
    Profile copy(StringView new_name) const;

    /// The identifiers that a PT_BINARY property strings together (PR_SERVICES, PR_STORE_PROVIDERS
    /// ...).
    std::vector<MAPIUID> uid_list(const MAPIUID& section, ULONG tag) const;
    void set_uid_list(const MAPIUID& section, ULONG tag, std::span<const MAPIUID> uids) const;

private:
    explicit Profile(String name) : m_name(std::move(name)) {}
    String m_name;
};

/// Keeps every other process and thread from making or choosing profiles while it lives: logons and
/// administration are serialised by it.
class ProfileLock {
public:
    /// Throws Error(MAPI_E_TIMEOUT) when others hold it for longer than `patience_ms`.
    explicit ProfileLock(std::uint32_t patience_ms);
    ~ProfileLock();
    ProfileLock(const ProfileLock&) = delete;
    ProfileLock& operator=(const ProfileLock&) = delete;

private:
    void* m_file;
};

}  // namespace remapi::session
