// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/harness/vendor.h"

#include <windows.h>

#include <cstring>
#include <string_view>

namespace remapi::test {
namespace {

/// What Wine writes behind the DOS header of its own modules.
constexpr std::string_view kWineMark = "Wine builtin DLL";

/// The version resource, as UTF-16; empty when there is none.
std::wstring_view version_resource(HMODULE module) {
    const HRSRC found = FindResourceW(module, MAKEINTRESOURCEW(VS_VERSION_INFO),
                                      MAKEINTRESOURCEW(16) /* RT_VERSION */);
    const HGLOBAL loaded = found ? LoadResource(module, found) : nullptr;
    const void* const bytes = loaded ? LockResource(loaded) : nullptr;
    if (!bytes) return {};
    return {static_cast<const wchar_t*>(bytes), SizeofResource(module, found) / sizeof(wchar_t)};
}

}  // namespace

Vendor vendor_of(port::ModuleHandle module) {
    const char* const behind_header = static_cast<const char*>(module) + sizeof(IMAGE_DOS_HEADER);
    if (std::memcmp(behind_header, kWineMark.data(), kWineMark.size()) == 0) return Vendor::Wine;
    const std::wstring_view version = version_resource(static_cast<HMODULE>(module));
    return version.find(L"Microsoft") == version.npos ? Vendor::Ours : Vendor::Windows;
}

}  // namespace remapi::test
