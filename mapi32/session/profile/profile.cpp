// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/profile/profile.h"

#include <algorithm>
#include <memory>

#include "config/config.h"
#include "format/entry_id.h"
#include "format/guid.h"
#include "log/log.h"
#include "port/clock.h"
#include "port/settings.h"
#include "port/thread.h"
#include "session/profile/value_codec.h"
#include "text/text.h"

namespace remapi::session {
namespace {

port::Settings settings() {
    return port::Settings(port::join_path(config::configuration_folder(), REMAPI_W("profiles")),
                          REMAPI_W("Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows "
                                   "Messaging Subsystem\\Profiles"));
}

void check_settings(port::SystemError error, const char* what, StringView profile) {
    if (!error) return;
    const std::string reason =
        std::string(what) + " \"" + text::to_utf8(profile) + "\": " + port::describe(error);
    if (port::is_not_found(error)) throw Error(MAPI_E_NOT_FOUND, reason);
    if (port::is_disk_full(error)) throw Error(MAPI_E_NOT_ENOUGH_DISK, reason);
    if (port::is_access_denied(error)) throw Error(MAPI_E_NO_ACCESS, reason);
    throw Error(MAPI_E_DISK_ERROR, reason);
}

port::Setting setting_of(const PropValue& value, StringView profile) {
    port::Setting setting{setting_name(value.tag()), encode_setting(value), is_secure(value.tag())};
    if (setting.secret) {
        const std::string plain = std::move(setting.bytes);
        check_settings(port::protect_secret(plain, setting.bytes), "protecting a secret of profile",
                       profile);
    }
    return setting;
}

/// A value that cannot be read is left out, as if it were not there.
void add_value(PropertyBag& bag, const port::Setting& setting) {
    const std::optional<ULONG> tag = setting_tag(setting.name);
    if (!tag) return;
    std::string plain;
    const bool secure = is_secure(*tag);
    if (secure && port::unprotect_secret(setting.bytes, plain)) {
        REMAPI_WARN(Session, "the secret %s was protected by another user and cannot be read",
                    setting.name.c_str());
        return;
    }
    std::optional<PropValue> value = decode_setting(*tag, secure ? plain : setting.bytes);
    if (value) {
        bag.set(std::move(*value));
    } else {
        REMAPI_WARN(Session, "the profile value %s has the wrong size", setting.name.c_str());
    }
}

/// The values that hold the id of `tag` under another type, if any.
void add_other_types(std::vector<std::string>& removed, const std::vector<port::Setting>& present,
                     ULONG tag, bool same_type_too) {
    for (const port::Setting& setting : present) {
        const std::optional<ULONG> stored = setting_tag(setting.name);
        if (!stored || PROP_ID(*stored) != PROP_ID(tag)) continue;
        if (same_type_too || setting.name != setting_name(tag)) removed.push_back(setting.name);
    }
}

String lock_path() {
    return port::join_path(config::configuration_folder(), REMAPI_W("profiles.lock"));
}

}  // namespace

constexpr MAPIUID kServicesSection = {{0x92, 0x07, 0xF3, 0xE0, 0xA3, 0xB1, 0x10, 0x19, 0x90, 0x8B,
                                       0x08, 0x00, 0x2B, 0x2A, 0x56, 0xC2}};
constexpr MAPIUID kGlobalSection = {{0x13, 0xDB, 0xB0, 0xC8, 0xAA, 0x05, 0x10, 0x1A, 0x9B, 0xB0,
                                     0x00, 0xAA, 0x00, 0x2F, 0xC4, 0x5A}};

MAPIUID profile_instance_section() {
    return format::uid_from_guid(MUID_PROFILE_INSTANCE);
}

std::vector<String> Profile::names() {
    std::vector<String> names = settings().groups();
    std::sort(names.begin(), names.end(), [](const String& left, const String& right) {
        const int order = text::compare_ignoring_case(left, right);
        return order != 0 ? order < 0 : left < right;
    });
    return names;
}

std::optional<String> Profile::find(StringView name) {
    for (String& stored : settings().groups()) {
        if (text::equal_ignoring_case(stored, name)) return std::move(stored);
    }
    return std::nullopt;
}

Profile Profile::open(StringView name) {
    std::optional<String> stored = find(name);
    if (!stored) throw Error(MAPI_E_NOT_FOUND, "no profile \"" + text::to_utf8(name) + "\"");
    return Profile(std::move(*stored));
}

Profile Profile::create(StringView name) {
    check_name(name);
    const std::string taken = "there is a profile \"" + text::to_utf8(name) + "\" already";
    if (find(name)) throw Error(MAPI_E_NO_ACCESS, taken);
    bool created = false;
    check_settings(settings().create_group(name, created), "making profile", name);
    if (!created) throw Error(MAPI_E_NO_ACCESS, taken);
    Profile profile{String(name)};
    profile.write(profile_instance_section(), PropValue(PR_SEARCH_KEY, format::new_uid()));
    profile.write(kGlobalSection, PropValue(PR_PROFILE_NAME_W, name));
    return profile;
}

void Profile::remove(StringView name) {
    const Profile profile = open(name);
    if (default_name() == profile.name()) set_default({});
    check_settings(settings().remove_group(profile.name()), "removing profile", name);
}

std::optional<String> Profile::default_name() {
    const String name = settings().default_group();
    return name.empty() ? std::nullopt : find(name);
}

void Profile::set_default(StringView name) {
    const String stored = name.empty() ? String() : open(name).name();
    check_settings(settings().set_default_group(stored), "choosing the default profile", name);
}

void Profile::check_name(StringView name) {
    const bool blank_ends = text::trimmed(name).size() != name.size();
    const bool bad_unit = std::any_of(name.begin(), name.end(), [](WideChar unit) {
        return unit < 0x20 || unit == 0x7F || unit == REMAPI_W('\\');
    });
    if (name.empty() || name.size() > kProfileNameUnits || blank_ends || bad_unit) {
        throw Error(MAPI_E_INVALID_PARAMETER,
                    "\"" + text::to_utf8(name) + "\" cannot name a profile");
    }
}

String Profile::place() {
    return settings().place();
}

std::vector<MAPIUID> Profile::sections() const {
    std::vector<std::string> names;
    check_settings(settings().sections(m_name, names), "reading profile", m_name);
    std::vector<MAPIUID> uids;
    for (const std::string& name : names) {
        if (const std::optional<MAPIUID> uid = format::parse_uid(name)) uids.push_back(*uid);
    }
    return uids;
}

bool Profile::has_section(const MAPIUID& section) const {
    std::vector<port::Setting> values;
    const port::SystemError error = settings().read(m_name, format::uid_text(section), values);
    if (port::is_not_found(error)) return false;
    check_settings(error, "reading profile", m_name);
    return true;
}

PropertyBag Profile::read(const MAPIUID& section) const {
    std::vector<port::Setting> values;
    check_settings(settings().read(m_name, format::uid_text(section), values), "reading profile",
                   m_name);
    PropertyBag bag;
    for (const port::Setting& value : values) add_value(bag, value);
    return bag;
}

PropertyBag Profile::read_if_any(const MAPIUID& section) const {
    try {
        return read(section);
    } catch (const Error& error) {
        if (error.code() != MAPI_E_NOT_FOUND) throw;
        return {};
    }
}

void Profile::write(const MAPIUID& section, std::span<const PropValue> changed,
                    std::span<const ULONG> removed) const {
    const std::string section_name = format::uid_text(section);
    std::vector<port::Setting> present;
    const port::SystemError error = settings().read(m_name, section_name, present);
    if (!port::is_not_found(error)) check_settings(error, "reading profile", m_name);
    std::vector<port::Setting> new_values;
    std::vector<std::string> gone;
    for (const PropValue& value : changed) {
        new_values.push_back(setting_of(value, m_name));
        add_other_types(gone, present, value.tag(), false);
    }
    for (const ULONG tag : removed) add_other_types(gone, present, tag, true);
    check_settings(settings().write(m_name, section_name, new_values, gone), "writing profile",
                   m_name);
}

void Profile::remove_section(const MAPIUID& section) const {
    check_settings(settings().remove_section(m_name, format::uid_text(section)),
                   "removing a section of profile", m_name);
}

Profile Profile::copy(StringView new_name) const {
    Profile target = create(new_name);
    for (const MAPIUID& section : sections()) {
        PropertyBag values = read(section);
        if (format::same_uid(section, profile_instance_section())) values.remove(PR_SEARCH_KEY);
        if (format::same_uid(section, kGlobalSection)) values.remove(PR_PROFILE_NAME_W);
        target.write(section, values.values());
    }
    return target;
}

std::vector<MAPIUID> Profile::uid_list(const MAPIUID& section, ULONG tag) const {
    const PropertyBag values = read_if_any(section);
    const BytesView bytes = values.bytes(tag);
    std::vector<MAPIUID> uids(bytes.size() / sizeof(MAPIUID));
    if (!uids.empty()) std::memcpy(uids.data(), bytes.data(), uids.size() * sizeof(MAPIUID));
    return uids;
}

void Profile::set_uid_list(const MAPIUID& section, ULONG tag, std::span<const MAPIUID> uids) const {
    const BytesView bytes = view_bytes(uids.data(), uids.size_bytes());
    write(section, PropValue(tag, bytes));
}

ProfileLock::ProfileLock(std::uint32_t patience_ms) : m_file(nullptr) {
    check_settings(port::create_folders(config::configuration_folder(), true),
                   "making the folder for", lock_path());
    auto file = std::make_unique<port::File>();
    check_settings(file->open(lock_path(), port::File::Mode::ReadWrite, true), "opening",
                   lock_path());
    const std::uint64_t start = port::steady_milliseconds();
    while (!file->try_lock()) {
        if (port::steady_milliseconds() - start >= patience_ms) {
            throw Error(MAPI_E_TIMEOUT, "another program is logging on or changing profiles");
        }
        port::rest(5);
    }
    m_file = file.release();
}

ProfileLock::~ProfileLock() {
    delete static_cast<port::File*>(m_file);
}

}  // namespace remapi::session
