// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "tools/remapi/install/registry.h"

namespace remapi::tool {

/// The registry of this machine.
class SystemRegistry final : public Registry {
public:
    bool has_key(const RegistryKey& key) override;
    std::optional<RegistryData> read(const RegistryKey& key, const std::string& name) override;
    void write(const RegistryKey& key, const std::string& name, const RegistryData& data) override;
    void remove_value(const RegistryKey& key, const std::string& name) override;
    void remove_empty_key(const RegistryKey& key) override;
};

/// The views of HKLM that this machine's programs have: "64" and "32", or the only one, "".
std::vector<std::string> registry_views();

}  // namespace remapi::tool
