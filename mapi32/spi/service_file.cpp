// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/service_file.h"

#include <algorithm>

#include "log/log.h"
#include "port/file.h"
#include "port/module.h"
#include "port/process.h"
#include "spi/service_entry_value.h"
#include "text/text.h"

namespace remapi::spi {
namespace {

constexpr std::size_t kLargestFile = 4u << 20;

ServiceSection typed(IniSection&& raw) {
    ServiceSection section;
    section.name = std::move(raw.name);
    section.entries = std::move(raw.entries);
    for (const IniSection::Entry& entry : section.entries) {
        const ULONG tag = tag_from_key(entry.key);
        if (tag == 0) continue;
        if (auto value = value_from_text(tag, entry.value)) {
            section.properties.set(*std::move(value));
        } else {
            REMAPI_WARN(Spi, "mapisvc.inf [%s]: %s=%s is no value of that property",
                        log::utf8(section.name).c_str(), log::utf8(entry.key).c_str(),
                        log::utf8(entry.value).c_str());
        }
    }
    return section;
}

std::vector<ServiceFile::Service> services_of(const ServiceSection* section) {
    std::vector<ServiceFile::Service> services;
    if (!section) return services;
    for (const IniSection::Entry& entry : section->entries) {
        const auto same = [&](const ServiceFile::Service& other) {
            return text::equal_ignoring_case(other.name, entry.key);
        };
        if (entry.key.empty() || std::any_of(services.begin(), services.end(), same)) continue;
        services.push_back({entry.key, entry.value});
    }
    return services;
}

std::vector<String> places() {
    std::vector<String> paths;
    if (auto setting = port::environment("REMAPI_MAPISVC"); setting && !setting->empty()) {
        paths.push_back(*std::move(setting));
    }
    constexpr StringView kName = REMAPI_W("mapisvc.inf");
    const String own = port::own_module_folder();
    paths.push_back(port::join_path(own, kName));
    const String share = port::join_path(
        port::join_path(port::parent_folder(own), REMAPI_W("share")), REMAPI_W("remapi"));
    paths.push_back(port::join_path(share, kName));
    if (const String system = port::system_folder(); !system.empty()) {
        paths.push_back(port::join_path(system, kName));
    }
    return paths;
}

}  // namespace

const String* ServiceSection::find(StringView key) const noexcept {
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        if (text::equal_ignoring_case(entry->key, key)) return &entry->value;
    }
    return nullptr;
}

std::vector<String> ServiceSection::list(StringView key) const {
    std::vector<String> items;
    const String* value = find(key);
    StringView rest = value ? StringView(*value) : StringView();
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(REMAPI_W(',')), rest.size());
        const StringView item = text::trimmed(rest.substr(0, end));
        if (!item.empty()) items.emplace_back(item);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return items;
}

ServiceFile ServiceFile::parse(std::string_view bytes) {
    ServiceFile file;
    const String text = decode_text_file(bytes);
    for (IniSection& raw : parse_ini(text)) file.m_sections.push_back(typed(std::move(raw)));
    file.m_services = services_of(file.section(REMAPI_W("Services")));
    file.m_default_services = services_of(file.section(REMAPI_W("Default Services")));
    return file;
}

String ServiceFile::path() {
    for (const String& path : places()) {
        if (port::exists(path)) return path;
    }
    return {};
}

ServiceFile ServiceFile::load() {
    const String file = path();
    if (file.empty()) throw Error(MAPI_E_NOT_FOUND, "no mapisvc.inf");
    std::string bytes;
    const port::SystemError error = port::read_file(file, bytes, kLargestFile);
    if (error != 0) {
        REMAPI_ERROR(Spi, "%s: cannot be read: %s", log::utf8(file).c_str(),
                     port::describe(error).c_str());
        port::File probe;
        std::uint64_t size = 0;
        const bool large = probe.open(file, port::File::Mode::Read) == 0 && probe.size(size) == 0 &&
                           size > kLargestFile;
        throw Error(large ? MAPI_E_CORRUPT_DATA : MAPI_E_DISK_ERROR, "reading " + log::utf8(file));
    }
    ServiceFile parsed = parse(bytes);
    if (parsed.m_services.empty()) {
        REMAPI_WARN(Spi, "%s: no message service in [Services]", log::utf8(file).c_str());
    }
    return parsed;
}

String ServiceFile::help_file(StringView service) const {
    const ServiceSection* mappings = section(REMAPI_W("Help File Mappings"));
    const String* file = mappings ? mappings->find(service) : nullptr;
    return file ? *file : String();
}

const ServiceSection* ServiceFile::section(StringView name) const noexcept {
    for (const ServiceSection& section : m_sections) {
        if (text::equal_ignoring_case(section.name, name)) return &section;
    }
    return nullptr;
}

const ServiceSection* ServiceFile::service(StringView name) const noexcept {
    for (const Service& service : m_services) {
        if (text::equal_ignoring_case(service.name, name)) return section(name);
    }
    return nullptr;
}

std::vector<const ServiceSection*> ServiceFile::linked(const ServiceSection& from,
                                                       StringView key) const {
    std::vector<const ServiceSection*> found;
    for (const String& name : from.list(key)) {
        if (const ServiceSection* target = section(name)) {
            found.push_back(target);
        } else {
            REMAPI_WARN(Spi, "mapisvc.inf [%s]: there is no section [%s]",
                        log::utf8(from.name).c_str(), log::utf8(name).c_str());
        }
    }
    return found;
}

std::vector<const ServiceSection*> ServiceFile::providers(const ServiceSection& service) const {
    return linked(service, REMAPI_W("Providers"));
}

std::vector<const ServiceSection*> ServiceFile::extra_sections(
    const ServiceSection& service) const {
    return linked(service, REMAPI_W("Sections"));
}

std::optional<MAPIUID> section_uid(const ServiceSection& section) {
    const String* digits = section.find(REMAPI_W("UID"));
    if (!digits) return std::nullopt;
    const auto bytes = text::from_hex(text::to_utf8(*digits));
    MAPIUID uid;
    if (!bytes || bytes->size() != sizeof uid.ab) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), uid.ab);
    return uid;
}

}  // namespace remapi::spi
