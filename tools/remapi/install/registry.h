// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Changes of a Windows registry that can be undone exactly.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/remapi/install/records.h"

namespace remapi::tool {

/// A key: "HKLM" or "HKCU", the view ("64", "32", or "" for the process's own), the path below.
struct RegistryKey {
    std::string root;
    std::string view;
    std::string path;  ///< ASCII, parts separated by '\'
    friend bool operator==(const RegistryKey&, const RegistryKey&) = default;
};

/// A value as the registry holds it.
struct RegistryData {
    std::uint32_t type = 0;
    std::string bytes;
    friend bool operator==(const RegistryData&, const RegistryData&) = default;
};

/// A value that an installation wants. An empty name is the key's default value.
struct RegistryValue {
    RegistryKey key;
    std::string name;
    RegistryData data;
};

/// Where the changes happen. Methods throw Failure(Failed) when the system refuses.
class Registry {
public:
    virtual ~Registry() = default;
    virtual bool has_key(const RegistryKey& key) = 0;
    virtual std::optional<RegistryData> read(const RegistryKey& key, const std::string& name) = 0;
    /// Makes the key where it is missing.
    virtual void write(const RegistryKey& key, const std::string& name,
                       const RegistryData& data) = 0;
    virtual void remove_value(const RegistryKey& key, const std::string& name) = 0;
    /// Removes a key without values and keys in it; leaves any other alone.
    virtual void remove_empty_key(const RegistryKey& key) = 0;
};

/// A REG_SZ of `text`.
RegistryData registry_text(std::string_view utf8);

/// What `values` will change in `registry`, on top of what `earlier` records tell: the keys that
/// must be made and the values as they are now. To be saved before apply_registry.
std::vector<Record> plan_registry(Registry& registry, const std::vector<RegistryValue>& values,
                                  std::vector<Record> earlier);
void apply_registry(Registry& registry, const std::vector<RegistryValue>& values);
/// Undoes what `records` tell. A value that somebody changed since stays; the result names those.
std::vector<std::string> undo_registry(Registry& registry, const std::vector<Record>& records);

}  // namespace remapi::tool
