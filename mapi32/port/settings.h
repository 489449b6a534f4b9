// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What is kept of this user between runs, where the platform's programs expect it: named groups
// (MAPI's profiles) of sections of named binary values. On PE keys and values of the registry below
// HKEY_CURRENT_USER; natively one text file per group (docs/PROFILES.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "port/file.h"

namespace remapi::port {

/// One value. `name` is ASCII without white space, '=', '[' and '#'.
struct Setting {
    std::string name;
    std::string bytes;
    bool secret = false;  ///< natively kept in a file of its own; on PE the caller protects `bytes`
};

/// The groups below one place. Any thread may call it; each call is one step for other processes
/// natively, on PE each value is.
class Settings {
public:
    /// @param folder  absolute path of the files natively; unused on PE
    /// @param key     path below HKEY_CURRENT_USER on PE; unused natively
    Settings(String folder, String key) : m_folder(std::move(folder)), m_key(std::move(key)) {}

    /// The names of all groups, in no order.
    std::vector<String> groups() const;
    /// Makes an empty group. `created` is false when there was one of that name.
    SystemError create_group(StringView group, bool& created) const;
    /// Removes a group with all that is in it.
    SystemError remove_group(StringView group) const;

    /// The names of the sections of `group`, in no order.
    SystemError sections(StringView group, std::vector<std::string>& names) const;
    /// The values of a section, in no order. is_not_found() when there is no such section.
    SystemError read(StringView group, std::string_view section,
                     std::vector<Setting>& values) const;
    /// Writes `changed` and removes the values named in `removed`; makes the section where it is
    /// missing.
    SystemError write(StringView group, std::string_view section,
                      const std::vector<Setting>& changed,
                      const std::vector<std::string>& removed) const;
    SystemError remove_section(StringView group, std::string_view section) const;

    /// The group that is marked as the default one, empty if none is.
    String default_group() const;
    /// Marks a group; an empty name takes the mark away.
    SystemError set_default_group(StringView group) const;

    /// Where all this lies, for a person to read.
    String place() const;

private:
    String m_folder;
    String m_key;
};

/// `plain` as it may lie in the settings: encrypted for this user on PE (DPAPI), unchanged
/// natively, where the file's owner-only mode protects it.
SystemError protect_secret(std::string_view plain, std::string& stored);
/// Undoes protect_secret. Fails when another user or machine stored it.
SystemError unprotect_secret(std::string_view stored, std::string& plain);

}  // namespace remapi::port
