// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/module_resource.h"

#include <windows.h>

namespace remapi::port {

std::optional<std::string> dialog_resource(ModuleHandle module, const ResourceName& name) {
    const auto instance = static_cast<HMODULE>(module);
    const LPCWSTR wanted = name.name.empty() ? MAKEINTRESOURCEW(name.id) : name.name.c_str();
    const HRSRC found = FindResourceW(instance, wanted, reinterpret_cast<LPCWSTR>(RT_DIALOG));
    if (!found) return std::nullopt;
    const HGLOBAL loaded = LoadResource(instance, found);
    const void* const bytes = loaded ? LockResource(loaded) : nullptr;
    if (!bytes) return std::nullopt;
    return std::string(static_cast<const char*>(bytes), SizeofResource(instance, found));
}

String string_resource(ModuleHandle module, std::uint16_t id) {
    // With no room the function answers where the string lies, which is not zero-terminated there.
    const WCHAR* text = nullptr;
    const int units =
        LoadStringW(static_cast<HMODULE>(module), id, reinterpret_cast<LPWSTR>(&text), 0);
    return units > 0 && text ? String(text, static_cast<std::size_t>(units)) : String();
}

}  // namespace remapi::port
