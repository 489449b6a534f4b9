// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The part of file.h that knows where things lie on this machine.
#include <windows.h>
// after windows.h
#include <shlobj.h>

#include "port/file.h"
#include "port/process.h"
#include "port/win32/system.h"

namespace remapi::port {

String absolute_path(StringView path) {
    if (path.find(L'\0') != StringView::npos) return String();
    const String given(path.empty() ? StringView(L".") : path);
    return sized_text([&](WideChar* buffer, DWORD size) {
        return GetFullPathNameW(given.c_str(), size, buffer, nullptr);
    });
}

String temporary_folder() {
    String folder =
        sized_text([](WideChar* buffer, DWORD size) { return GetTempPathW(size, buffer); });
    while (folder.size() > 3 && folder.back() == L'\\') folder.pop_back();
    create_folders(folder);
    return folder;
}

String local_data_folder() {
    const std::optional<String> named = environment("LOCALAPPDATA");
    if (named && is_absolute_path(*named)) return *named;
    WideChar folder[MAX_PATH] = {};
    if (SUCCEEDED(
            SHGetFolderPathW(nullptr, CSIDL_LOCAL_APPDATA, nullptr, SHGFP_TYPE_CURRENT, folder))) {
        return folder;
    }
    return temporary_folder();
}

String configuration_folder() {
    return local_data_folder();
}

String system_folder() {
    return sized_text(
        [](WideChar* buffer, DWORD size) { return GetSystemDirectoryW(buffer, size); });
}

bool is_remote(StringView path) {
    const String absolute = absolute_path(path);
    if (absolute.empty()) return false;
    String volume(absolute.size() + 2, L'\0');
    const auto room = static_cast<DWORD>(volume.size());
    if (!GetVolumePathNameW(absolute.c_str(), volume.data(), room)) return false;
    return GetDriveTypeW(volume.c_str()) == DRIVE_REMOTE;
}

}  // namespace remapi::port
