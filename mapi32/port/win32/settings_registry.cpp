// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/settings.h"

#include <windows.h>
// order matters: the base types come first
#include <wincrypt.h>

namespace remapi::port {
namespace {

constexpr wchar_t kDefaultName[] = L"DefaultProfile";

/// An open registry key; closes itself.
class Key {
public:
    Key() = default;
    ~Key() {
        if (m_key) RegCloseKey(m_key);
    }
    Key(const Key&) = delete;
    Key& operator=(const Key&) = delete;

    SystemError open(HKEY parent, const String& path, REGSAM access) {
        return static_cast<SystemError>(RegOpenKeyExW(parent, path.c_str(), 0, access, &m_key));
    }
    SystemError create(HKEY parent, const String& path, bool& created) {
        DWORD disposition = 0;
        const LONG error =
            RegCreateKeyExW(parent, path.c_str(), 0, nullptr, REG_OPTION_NON_VOLATILE,
                            KEY_READ | KEY_WRITE, nullptr, &m_key, &disposition);
        created = error == ERROR_SUCCESS && disposition == REG_CREATED_NEW_KEY;
        return static_cast<SystemError>(error);
    }
    HKEY get() const noexcept { return m_key; }

private:
    HKEY m_key = nullptr;
};

String joined(const String& parent, StringView child) {
    String path = parent;
    path += L'\\';
    path += child;
    return path;
}

String widened(std::string_view ascii) {
    return String(ascii.begin(), ascii.end());
}

std::vector<String> subkeys(HKEY key) {
    std::vector<String> names;
    for (DWORD index = 0;; ++index) {
        wchar_t name[256];  // the longest name of a key has 255 characters
        DWORD length = 256;
        if (RegEnumKeyExW(key, index, name, &length, nullptr, nullptr, nullptr, nullptr) !=
            ERROR_SUCCESS) {
            return names;
        }
        names.emplace_back(name, length);
    }
}

/// Keys of groups hold sections and sections hold values only: two levels are all there is.
SystemError remove_key(HKEY parent, const String& path) {
    {
        Key key;
        const SystemError error = key.open(parent, path, KEY_READ | KEY_WRITE);
        if (error) return error;
        for (const String& name : subkeys(key.get())) {
            const SystemError inner = remove_key(key.get(), name);
            if (inner) return inner;
        }
    }
    return static_cast<SystemError>(RegDeleteKeyW(parent, path.c_str()));
}

/// One value by its place. False at the end of the list.
bool read_value(HKEY key, DWORD index, Setting& value, SystemError& error) {
    for (DWORD room = 512;;) {
        char name[512];
        DWORD name_length = sizeof name;
        value.bytes.resize(room);
        DWORD size = room;
        DWORD type = 0;
        const LONG result = RegEnumValueA(key, index, name, &name_length, nullptr, &type,
                                          reinterpret_cast<BYTE*>(value.bytes.data()), &size);
        if (result == ERROR_MORE_DATA && room < (64u << 20)) {
            room = size > room ? size : room * 2;
            continue;
        }
        error = result == ERROR_NO_MORE_ITEMS ? 0 : static_cast<SystemError>(result);
        if (result != ERROR_SUCCESS) return false;
        value.bytes.resize(size);
        value.name.assign(name, name_length);
        return true;
    }
}

}  // namespace

std::vector<String> Settings::groups() const {
    Key key;
    if (key.open(HKEY_CURRENT_USER, m_key, KEY_READ)) return {};
    return subkeys(key.get());
}

SystemError Settings::create_group(StringView group, bool& created) const {
    Key key;
    return key.create(HKEY_CURRENT_USER, joined(m_key, group), created);
}

SystemError Settings::remove_group(StringView group) const {
    return remove_key(HKEY_CURRENT_USER, joined(m_key, group));
}

SystemError Settings::sections(StringView group, std::vector<std::string>& names) const {
    names.clear();
    Key key;
    const SystemError error = key.open(HKEY_CURRENT_USER, joined(m_key, group), KEY_READ);
    if (error) return error;
    for (const String& name : subkeys(key.get())) {
        std::string narrow;
        for (const wchar_t unit : name) narrow += unit < 0x80 ? static_cast<char>(unit) : '?';
        names.push_back(narrow);
    }
    return 0;
}

SystemError Settings::read(StringView group, std::string_view section,
                           std::vector<Setting>& values) const {
    values.clear();
    Key key;
    SystemError error =
        key.open(HKEY_CURRENT_USER, joined(joined(m_key, group), widened(section)), KEY_READ);
    if (error) return error;
    Setting value;
    for (DWORD index = 0; read_value(key.get(), index, value, error); ++index)
        values.push_back(value);
    return error;
}

SystemError Settings::write(StringView group, std::string_view section,
                            const std::vector<Setting>& changed,
                            const std::vector<std::string>& removed) const {
    Key parent;
    SystemError error =
        parent.open(HKEY_CURRENT_USER, joined(m_key, group), KEY_READ | KEY_CREATE_SUB_KEY);
    if (error) return error;
    Key key;
    bool created = false;
    error = key.create(parent.get(), widened(section), created);
    if (error) return error;
    for (const std::string& name : removed) {
        const LONG result = RegDeleteValueA(key.get(), name.c_str());
        if (result != ERROR_SUCCESS && result != ERROR_FILE_NOT_FOUND) {
            return static_cast<SystemError>(result);
        }
    }
    for (const Setting& value : changed) {
        const LONG result = RegSetValueExA(key.get(), value.name.c_str(), 0, REG_BINARY,
                                           reinterpret_cast<const BYTE*>(value.bytes.data()),
                                           static_cast<DWORD>(value.bytes.size()));
        if (result != ERROR_SUCCESS) return static_cast<SystemError>(result);
    }
    return 0;
}

SystemError Settings::remove_section(StringView group, std::string_view section) const {
    return remove_key(HKEY_CURRENT_USER, joined(joined(m_key, group), widened(section)));
}

String Settings::default_group() const {
    Key key;
    if (key.open(HKEY_CURRENT_USER, m_key, KEY_READ)) return {};
    wchar_t name[512] = {};
    DWORD size = sizeof name - sizeof(wchar_t);  // the stored text may lack its zero
    DWORD type = 0;
    if (RegQueryValueExW(key.get(), kDefaultName, nullptr, &type, reinterpret_cast<BYTE*>(name),
                         &size) != ERROR_SUCCESS) {
        return {};
    }
    return type == REG_SZ || type == REG_EXPAND_SZ ? String(name) : String();
}

SystemError Settings::set_default_group(StringView group) const {
    Key key;
    bool created = false;
    const SystemError error = key.create(HKEY_CURRENT_USER, m_key, created);
    if (error) return error;
    if (group.empty()) {
        const LONG result = RegDeleteValueW(key.get(), kDefaultName);
        return result == ERROR_FILE_NOT_FOUND ? 0 : static_cast<SystemError>(result);
    }
    const String name(group);
    return static_cast<SystemError>(RegSetValueExW(
        key.get(), kDefaultName, 0, REG_SZ, reinterpret_cast<const BYTE*>(name.c_str()),
        static_cast<DWORD>((name.size() + 1) * sizeof(wchar_t))));
}

String Settings::place() const {
    return joined(L"HKEY_CURRENT_USER", m_key);
}

SystemError protect_secret(std::string_view plain, std::string& stored) {
    DATA_BLOB in = {static_cast<DWORD>(plain.size()),
                    reinterpret_cast<BYTE*>(const_cast<char*>(plain.data()))};
    DATA_BLOB out = {0, nullptr};
    if (!CryptProtectData(&in, nullptr, nullptr, nullptr, nullptr, CRYPTPROTECT_UI_FORBIDDEN,
                          &out)) {
        return static_cast<SystemError>(GetLastError());
    }
    stored.assign(reinterpret_cast<const char*>(out.pbData), out.cbData);
    LocalFree(out.pbData);
    return 0;
}

SystemError unprotect_secret(std::string_view stored, std::string& plain) {
    DATA_BLOB in = {static_cast<DWORD>(stored.size()),
                    reinterpret_cast<BYTE*>(const_cast<char*>(stored.data()))};
    DATA_BLOB out = {0, nullptr};
    if (!CryptUnprotectData(&in, nullptr, nullptr, nullptr, nullptr, CRYPTPROTECT_UI_FORBIDDEN,
                            &out)) {
        return static_cast<SystemError>(GetLastError());
    }
    plain.assign(reinterpret_cast<const char*>(out.pbData), out.cbData);
    SecureZeroMemory(out.pbData, out.cbData);
    LocalFree(out.pbData);
    return 0;
}

}  // namespace remapi::port
