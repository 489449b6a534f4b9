// SPDX-License-Identifier: LGPL-2.1-or-later
//
// mapisvc.inf: which message services are installed, and what goes into a profile with each.
// Pages: mapi/file-format-of-mapisvc-inf.md and the pages it links
#pragma once

#include <optional>

#include "object/props/property_bag.h"
#include "spi/ini_text.h"

namespace remapi::spi {

/// One section in the order of the file. `properties` are its property entries, already typed; the
/// entries that are no properties (Providers, Sections, UID and anything unknown) stay in
/// `entries`.
struct ServiceSection {
    String name;
    std::vector<IniSection::Entry> entries;  ///< as written, trimmed; properties included
    PropertyBag properties;

    /// The value of the entry `key`, ignoring case; null when there is none. The last one wins.
    const String* find(StringView key) const noexcept;
    /// The comma-separated items of the entry `key`, trimmed, empty ones left out.
    std::vector<String> list(StringView key) const;
};

/// A parsed file. Lookups ignore case; sections of one name are one section.
class ServiceFile {
public:
    /// The [Services] or [Default Services] line of a service.
    struct Service {
        String name;          ///< the section name, PR_SERVICE_NAME
        String display_name;  ///< what stands after the equal sign
    };

    /// Parses the bytes of a file: UTF-16 with or without a byte-order mark, UTF-8 with one, else
    /// the ANSI code page. Never fails: what means nothing is skipped and logged, once per kind.
    static ServiceFile parse(std::string_view bytes);
    /// Reads the file that is in force: environment variable REMAPI_MAPISVC, else mapisvc.inf in
    /// mapi32's own folder, in ../share/remapi from there, in the system folder. The first that
    /// exists. Errors: MAPI_E_NOT_FOUND when there is none, MAPI_E_DISK_ERROR when it cannot be
    /// read, MAPI_E_CORRUPT_DATA when it is larger than 4 MiB.
    static ServiceFile load();
    /// The path that load() would read, empty when there is none.
    static String path();

    const std::vector<Service>& services() const noexcept { return m_services; }
    const std::vector<Service>& default_services() const noexcept { return m_default_services; }
    /// The help file of a service, empty when none is named.
    String help_file(StringView service) const;

    /// The section `name`, null when there is none.
    const ServiceSection* section(StringView name) const noexcept;
    /// The service's own section; null when [Services] does not list it or the section is missing.
    const ServiceSection* service(StringView name) const noexcept;
    /// The provider sections of a service in the order of its Providers entry; names without a
    /// section are logged and left out.
    std::vector<const ServiceSection*> providers(const ServiceSection& service) const;
    /// The same for its Sections entry. Such a section names the profile section it fills by UID.
    std::vector<const ServiceSection*> extra_sections(const ServiceSection& service) const;

private:
    std::vector<const ServiceSection*> linked(const ServiceSection& from, StringView key) const;

    std::vector<ServiceSection> m_sections;
    std::vector<Service> m_services;
    std::vector<Service> m_default_services;
};

/// The identifier that a UID entry of an extra section spells, in hexadecimal digits; nullopt
/// otherwise.
std::optional<MAPIUID> section_uid(const ServiceSection& section);

}  // namespace remapi::spi
