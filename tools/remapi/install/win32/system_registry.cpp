// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/install/win32/system_registry.h"

#include <windows.h>

#include "port/file.h"
#include "port/utf.h"
#include "tools/remapi/cli/failure.h"

namespace remapi::tool {
namespace {

HKEY root_of(const RegistryKey& key) noexcept {
    return key.root == "HKLM" ? HKEY_LOCAL_MACHINE : HKEY_CURRENT_USER;
}

REGSAM view_of(const RegistryKey& key) noexcept {
    if (key.view == "64") return KEY_WOW64_64KEY;
    return key.view == "32" ? KEY_WOW64_32KEY : 0;
}

void expect_registry(LSTATUS status, const char* what, const RegistryKey& key) {
    if (status == ERROR_SUCCESS) return;
    throw Failure(ExitCode::Failed,
                  std::string(what) + " " + key.root + "\\" + key.path + ": " +
                      port::describe(status) +
                      (status == ERROR_ACCESS_DENIED ? " (an administrator may)" : ""));
}

/// An open key; closes itself.
class OpenKey {
public:
    OpenKey(const RegistryKey& key, REGSAM access) {
        m_status = RegOpenKeyExW(root_of(key), port::from_utf8(key.path).c_str(), 0,
                                 access | view_of(key), &m_key);
    }
    ~OpenKey() {
        if (m_key) RegCloseKey(m_key);
    }
    OpenKey(const OpenKey&) = delete;
    OpenKey& operator=(const OpenKey&) = delete;
    HKEY get() const noexcept { return m_key; }
    LSTATUS status() const noexcept { return m_status; }

private:
    HKEY m_key = nullptr;
    LSTATUS m_status;
};

/// RegDeleteKeyExW, which 32-bit Windows XP lacks; it has one view only.
LSTATUS delete_key(const RegistryKey& key) {
    using DeleteKeyEx = LSTATUS WINAPI(HKEY, LPCWSTR, REGSAM, DWORD);
    const HMODULE library = GetModuleHandleW(L"advapi32.dll");
    auto* const delete_ex = reinterpret_cast<DeleteKeyEx*>(
        reinterpret_cast<void*>(library ? GetProcAddress(library, "RegDeleteKeyExW") : nullptr));
    const String path = port::from_utf8(key.path);
    if (delete_ex) return delete_ex(root_of(key), path.c_str(), view_of(key), 0);
    return RegDeleteKeyW(root_of(key), path.c_str());
}

}  // namespace

bool SystemRegistry::has_key(const RegistryKey& key) {
    return OpenKey(key, KEY_READ).status() == ERROR_SUCCESS;
}

std::optional<RegistryData> SystemRegistry::read(const RegistryKey& key, const std::string& name) {
    const OpenKey open(key, KEY_READ);
    if (open.status() != ERROR_SUCCESS) return std::nullopt;
    const String wide = port::from_utf8(name);
    RegistryData data;
    DWORD type = 0;
    DWORD size = 0;
    LSTATUS status = RegQueryValueExW(open.get(), wide.c_str(), nullptr, &type, nullptr, &size);
    if (status == ERROR_FILE_NOT_FOUND) return std::nullopt;
    expect_registry(status, "reading", key);
    data.bytes.resize(size);
    status = RegQueryValueExW(open.get(), wide.c_str(), nullptr, &type,
                              reinterpret_cast<BYTE*>(data.bytes.data()), &size);
    expect_registry(status, "reading", key);
    data.bytes.resize(size);
    data.type = type;
    return data;
}

void SystemRegistry::write(const RegistryKey& key, const std::string& name,
                           const RegistryData& data) {
    HKEY opened = nullptr;
    expect_registry(RegCreateKeyExW(root_of(key), port::from_utf8(key.path).c_str(), 0, nullptr, 0,
                                    KEY_SET_VALUE | view_of(key), nullptr, &opened, nullptr),
                    "making", key);
    const LSTATUS status = RegSetValueExW(opened, port::from_utf8(name).c_str(), 0, data.type,
                                          reinterpret_cast<const BYTE*>(data.bytes.data()),
                                          static_cast<DWORD>(data.bytes.size()));
    RegCloseKey(opened);
    expect_registry(status, "writing", key);
}

void SystemRegistry::remove_value(const RegistryKey& key, const std::string& name) {
    const OpenKey open(key, KEY_SET_VALUE);
    if (open.status() == ERROR_FILE_NOT_FOUND) return;
    expect_registry(open.status(), "opening", key);
    const LSTATUS status = RegDeleteValueW(open.get(), port::from_utf8(name).c_str());
    if (status != ERROR_FILE_NOT_FOUND) expect_registry(status, "removing a value of", key);
}

void SystemRegistry::remove_empty_key(const RegistryKey& key) {
    DWORD keys = 0;
    DWORD values = 0;
    {
        const OpenKey open(key, KEY_READ);
        if (open.status() == ERROR_FILE_NOT_FOUND) return;
        expect_registry(open.status(), "opening", key);
        expect_registry(RegQueryInfoKeyW(open.get(), nullptr, nullptr, nullptr, &keys, nullptr,
                                         nullptr, &values, nullptr, nullptr, nullptr, nullptr),
                        "reading", key);
    }
    if (keys == 0 && values == 0) expect_registry(delete_key(key), "removing", key);
}

std::vector<std::string> registry_views() {
    SYSTEM_INFO info = {};
    GetNativeSystemInfo(&info);
    if (info.wProcessorArchitecture == PROCESSOR_ARCHITECTURE_INTEL) return {""};
    return {"64", "32"};
}

}  // namespace remapi::tool
