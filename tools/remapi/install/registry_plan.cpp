// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/install/registry_plan.h"

namespace remapi::tool {
namespace {

constexpr MailFlag kMailFlags[] = {
    {"MAPI", "1"},
    {"CMC", "1"},
    {"CMCDLLNAME", "mapi.dll"},
    {"CMCDLLNAME32", "mapi32.dll"},
    {"MAPIX", "1"},
    {"MAPIXVER", "1.0.0.1"},
    {"OLEMessaging", "1"},
};

constexpr const char* kOverridden[] = {"mapi32", "mapistub"};

void append(std::vector<RegistryValue>& values, std::vector<RegistryValue> more) {
    values.insert(values.end(), more.begin(), more.end());
}

}  // namespace

std::span<const MailFlag> mail_flags() noexcept {
    return kMailFlags;
}

std::vector<RegistryValue> client_values(const std::string& view, const std::string& library) {
    const RegistryKey clients = {"HKLM", view, "Software\\Clients\\Mail"};
    const RegistryKey ours = {"HKLM", view, clients.path + "\\Remapi"};
    return {
        {ours, "", registry_text("Remapi")},
        {ours, "DLLPath", registry_text(library)},
        {ours, "DLLPathEx", registry_text(library)},
        {clients, "", registry_text("Remapi")},
    };
}

std::vector<RegistryValue> flag_values(const std::string& view) {
    std::vector<RegistryValue> values;
    for (const MailFlag& flag : kMailFlags) {
        values.push_back({{"HKLM", view, "Software\\Microsoft\\Windows Messaging Subsystem"},
                          flag.name,
                          registry_text(flag.value)});
    }
    return values;
}

std::vector<RegistryValue> prefix_values(const std::vector<std::string>& views,
                                         const std::string& override_word) {
    std::vector<RegistryValue> values;
    for (const char* const name : kOverridden) {
        values.push_back(
            {{"HKCU", "", "Software\\Wine\\DllOverrides"}, name, registry_text(override_word)});
    }
    for (const std::string& view : views) {
        append(values, flag_values(view));
        // A 32-bit program that opens system32 is led to syswow64.
        append(values,
               client_values(view, std::string("C:\\windows\\system32\\") + kClientLibrary));
    }
    return values;
}

std::vector<RegistryValue> program_override_values(const std::string& program) {
    return {{{"HKCU", "", "Software\\Wine\\AppDefaults\\" + program + "\\DllOverrides"},
             "mapi32",
             registry_text("native")}};
}

}  // namespace remapi::tool
