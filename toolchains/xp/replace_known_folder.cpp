// SPDX-License-Identifier: LGPL-2.1-or-later
// shell32: SHGetKnownFolderPath, over the numbered folders (CSIDL) that came before.
#include "import.h"

#include <shlobj.h>

namespace {

HRESULT WINAPI first_SHGetKnownFolderPath(const GUID& folder, DWORD flags, HANDLE token,
                                          wchar_t** path);

}  // namespace

REMAPI_XP_REPLACE(REMAPI_XP_STDCALL(SHGetKnownFolderPath, 16), decltype(first_SHGetKnownFolderPath),
                  import_SHGetKnownFolderPath, first_SHGetKnownFolderPath);

namespace {

using GetFolderPath = HRESULT WINAPI(HWND window, int folder, HANDLE token, DWORD which,
                                     wchar_t* path);
using GetMalloc = HRESULT WINAPI(IMalloc** allocator);

struct KnownFolder {
    GUID id;
    int number;
};

// Downloads, Public, Links and the other folders that came with Vista have no number: they are
// reported as not found, as the real function does on a machine where one is missing.
constexpr KnownFolder kFolders[] = {
    // Desktop
    {{0xB4BFCC3A, 0xDB2C, 0x424C, {0xB0, 0x29, 0x7F, 0xE9, 0x9A, 0x87, 0xC6, 0x41}},
     CSIDL_DESKTOPDIRECTORY},
    // Documents
    {{0xFDD39AD0, 0x238F, 0x46AF, {0xAD, 0xB4, 0x6C, 0x85, 0x48, 0x03, 0x69, 0xC7}},
     CSIDL_PERSONAL},
    // Music
    {{0x4BD8D571, 0x6D19, 0x48D3, {0xBE, 0x97, 0x42, 0x22, 0x20, 0x08, 0x0E, 0x43}}, CSIDL_MYMUSIC},
    // Pictures
    {{0x33E28130, 0x4E1E, 0x4676, {0x83, 0x5A, 0x98, 0x39, 0x5C, 0x3B, 0xC3, 0xBB}},
     CSIDL_MYPICTURES},
    // Videos
    {{0x18989B1D, 0x99B5, 0x455B, {0x84, 0x1C, 0xAB, 0x7C, 0x74, 0xE4, 0xDD, 0xFC}}, CSIDL_MYVIDEO},
    // Templates
    {{0xA63293E8, 0x664E, 0x48DB, {0xA0, 0x79, 0xDF, 0x75, 0x9E, 0x05, 0x09, 0xF7}},
     CSIDL_TEMPLATES},
    // RoamingAppData
    {{0x3EB685DB, 0x65F9, 0x4CF6, {0xA0, 0x3A, 0xE3, 0xEF, 0x65, 0x72, 0x9F, 0x3D}}, CSIDL_APPDATA},
    // LocalAppData
    {{0xF1B32785, 0x6FBA, 0x4FCF, {0x9D, 0x55, 0x7B, 0x8E, 0x7F, 0x15, 0x70, 0x91}},
     CSIDL_LOCAL_APPDATA},
    // ProgramData
    {{0x62AB5D82, 0xFDC1, 0x4DC3, {0xA9, 0xDD, 0x07, 0x0D, 0x1D, 0x49, 0x5D, 0x97}},
     CSIDL_COMMON_APPDATA},
    // Fonts
    {{0xFD228CB7, 0xAE11, 0x4AE3, {0x86, 0x4C, 0x16, 0xF3, 0x91, 0x0A, 0xB8, 0xFE}}, CSIDL_FONTS},
    // InternetCache
    {{0x352481E8, 0x33BE, 0x4251, {0xBA, 0x85, 0x60, 0x07, 0xCA, 0xED, 0xCF, 0x9D}},
     CSIDL_INTERNET_CACHE},
    // Profile
    {{0x5E6C858F, 0x0E22, 0x4760, {0x9A, 0xFE, 0xEA, 0x33, 0x17, 0xB6, 0x71, 0x73}}, CSIDL_PROFILE},
    // Windows
    {{0xF38BF404, 0x1D43, 0x42F2, {0x93, 0x05, 0x67, 0xDE, 0x0B, 0x28, 0xFC, 0x23}}, CSIDL_WINDOWS},
    // System
    {{0x1AC14E77, 0x02E7, 0x4E5D, {0xB7, 0x44, 0x2E, 0xB1, 0xAE, 0x51, 0x98, 0xB7}}, CSIDL_SYSTEM},
    // PublicDocuments
    {{0xED4824AF, 0xDCE4, 0x45A8, {0x81, 0xE2, 0xFC, 0x79, 0x65, 0x08, 0x36, 0x34}},
     CSIDL_COMMON_DOCUMENTS},
};

// The task allocator, which the caller frees the path with (CoTaskMemFree).
wchar_t* copy_to_task_memory(GetMalloc* get_malloc, const wchar_t* text) noexcept {
    IMalloc* allocator = nullptr;
    if (FAILED(get_malloc(&allocator))) return nullptr;
    const SIZE_T bytes = (static_cast<SIZE_T>(lstrlenW(text)) + 1) * sizeof(wchar_t);
    auto* const copy = static_cast<wchar_t*>(allocator->Alloc(bytes));
    if (copy) memcpy(copy, text, bytes);
    allocator->Release();
    return copy;
}

HRESULT folder_path(int number, DWORD flags, HANDLE token, wchar_t** path) noexcept {
    auto* const get_folder = remapi::xp::as_function<GetFolderPath>(
        remapi::xp::find_in_module(L"shell32.dll", "SHGetFolderPathW"));
    auto* const get_malloc = remapi::xp::as_function<GetMalloc>(
        remapi::xp::find_in_module(L"shell32.dll", "SHGetMalloc"));
    if (!get_folder || !get_malloc) return E_NOTIMPL;

    // These flags have the same value in both worlds.
    const auto kept = static_cast<int>(flags & (CSIDL_FLAG_CREATE | CSIDL_FLAG_DONT_VERIFY));
    constexpr DWORD kDefaultPath = 0x400;
    const DWORD which = (flags & kDefaultPath) ? SHGFP_TYPE_DEFAULT : SHGFP_TYPE_CURRENT;
    wchar_t found[MAX_PATH] = {};
    const HRESULT hr = get_folder(nullptr, number | kept, token, which, found);
    if (FAILED(hr)) return hr;
    if (hr != S_OK) return HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND);  // known, but not there
    *path = copy_to_task_memory(get_malloc, found);
    return *path ? S_OK : E_OUTOFMEMORY;
}

HRESULT WINAPI fallback_SHGetKnownFolderPath(const GUID& folder, DWORD flags, HANDLE token,
                                             wchar_t** path) {
    if (!path) return E_INVALIDARG;
    *path = nullptr;
    for (const KnownFolder& known : kFolders) {
        if (IsEqualGUID(known.id, folder)) return folder_path(known.number, flags, token, path);
    }
    return HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND);
}

HRESULT WINAPI first_SHGetKnownFolderPath(const GUID& folder, DWORD flags, HANDLE token,
                                          wchar_t** path) {
    const auto choose = [] {
        return remapi::xp::function_or(
            remapi::xp::real_in_module(L"shell32.dll", "SHGetKnownFolderPath"),
            fallback_SHGetKnownFolderPath);
    };
    return remapi::xp::bind(import_SHGetKnownFolderPath, first_SHGetKnownFolderPath, choose)(
        folder, flags, token, path);
}

}  // namespace
