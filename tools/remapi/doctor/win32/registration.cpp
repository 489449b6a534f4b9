// SPDX-License-Identifier: LGPL-2.1-or-later
#include <windows.h>

#include <cstring>

#include "port/file.h"
#include "port/module.h"
#include "port/process.h"
#include "port/utf.h"
#include "tools/remapi/doctor/doctor.h"
#include "tools/remapi/install/win32/system_registry.h"

namespace remapi::tool {
namespace {

/// Wine marks its own libraries behind the DOS header.
bool is_wine_builtin(port::ModuleHandle module) noexcept {
    constexpr char kMark[] = "Wine builtin DLL";
    return std::memcmp(static_cast<const char*>(module) + 0x40, kMark, sizeof kMark - 1) == 0;
}

String text_of(const std::optional<RegistryData>& data) {
    String text;
    if (!data) return text;
    for (std::size_t i = 0; i + 1 < data->bytes.size(); i += 2) {
        const auto low = static_cast<unsigned char>(data->bytes[i]);
        const auto high = static_cast<unsigned char>(data->bytes[i + 1]);
        text += static_cast<WideChar>(low | high << 8);
    }
    while (!text.empty() && text.back() == 0) text.pop_back();
    return text;
}

/// What a program gets that loads mapi32.dll from the system folder.
void examine_system_library(Findings& findings) {
    const String path = port::join_path(port::system_folder(), L"mapi32.dll");
    if (!port::exists(path)) {
        findings.note("registration", "there is no " + port::to_utf8(path) +
                                          "; only programs with Remapi beside them find MAPI");
        return;
    }
    std::string error;
    const port::ModuleHandle module = port::load_module(path, error);
    if (!module) {
        findings.problem("registration", port::to_utf8(path) + " cannot be loaded: " + error,
                         "install Remapi again");
    } else if (is_wine_builtin(module)) {
        findings.problem(
            "registration", "Wine's builtin mapi32 wins over every file of that name",
            "`remapi install --prefix ...`, or WINEDLLOVERRIDES=mapi32=n for one program");
    } else if (!port::find_symbol(module, "MAPISendMailW")) {
        findings.problem("registration", port::to_utf8(path) + " is somebody else's",
                         "`remapi install`");
    } else {
        findings.good("registration", "programs that load mapi32.dll get " + port::to_utf8(path));
    }
    if (module) port::unload_module(module);
}

void examine_override(Findings& findings, SystemRegistry& registry) {
    if (const auto variable = port::environment("WINEDLLOVERRIDES")) {
        if (variable->find(L"mapi32") != String::npos) {
            findings.note("override", "WINEDLLOVERRIDES=" + port::to_utf8(*variable) +
                                          " decides for this program");
        }
    }
    const String word =
        text_of(registry.read({"HKCU", "", "Software\\Wine\\DllOverrides"}, "mapi32"));
    if (word.starts_with(L"native")) {
        findings.good("override", "the prefix loads mapi32 as " + port::to_utf8(word));
    } else {
        findings.note("override",
                      word.empty() ? "the prefix has no override for mapi32"
                                   : "the prefix's override for mapi32 is " + port::to_utf8(word),
                      "`remapi install --prefix ...` writes it");
    }
}

void examine_client(Findings& findings, SystemRegistry& registry, const std::string& view) {
    const std::string where = view.empty() ? "" : " (" + view + "-bit)";
    const RegistryKey clients = {"HKLM", view, "Software\\Clients\\Mail"};
    const String client = text_of(registry.read(clients, ""));
    if (client.empty()) {
        findings.note("client", "no default mail client is registered" + where,
                      "`remapi install` registers Remapi");
        return;
    }
    const RegistryKey key = {"HKLM", view, clients.path + "\\" + port::to_utf8(client)};
    const String library = text_of(registry.read(key, "DLLPathEx"));
    findings.note("client", "the default mail client is " + port::to_utf8(client) + where +
                                (library.empty() ? "" : ", with " + port::to_utf8(library)));
    if (port::on_wine() && port::leaf_name(library) == L"mapi32.dll") {
        findings.problem(
            "client", "DLLPathEx names a file called mapi32.dll: Wine's builtin would load itself",
            "`remapi install` registers it as remapi32.dll");
    }
}

}  // namespace

void examine_registration(Findings& findings) {
    SystemRegistry registry;
    if (port::on_wine()) examine_override(findings, registry);
    examine_system_library(findings);
    for (const std::string& view : registry_views()) examine_client(findings, registry, view);
    const String own = text_of(registry.read({"HKCU", "", "Software\\Clients\\Mail"}, ""));
    if (!own.empty()) findings.note("client", "for this user it is " + port::to_utf8(own));
    if (GetProfileIntW(L"Mail", L"MAPI", 0) != 0) {
        findings.good("win.ini", "[Mail] MAPI=1 tells programs that MAPI is there");
    } else {
        findings.note("win.ini", "[Mail] MAPI is not set: some programs hide their Send command",
                      "`remapi install` sets it");
    }
}

}  // namespace remapi::tool
