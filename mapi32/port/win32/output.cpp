// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/output.h"

#include <windows.h>

#include "port/file.h"
#include "port/process.h"
#include "port/utf.h"

namespace remapi::port {
namespace {

void write_to_standard_error(std::string_view line) noexcept {
    const HANDLE handle = GetStdHandle(STD_ERROR_HANDLE);
    if (!handle || handle == INVALID_HANDLE_VALUE) return;
    DWORD written = 0;
    WriteFile(handle, line.data(), static_cast<DWORD>(line.size()), &written, nullptr);
}

bool write_to_wine(std::string_view line) {
    using DebugOutput = int(__cdecl*)(const char*);
    const auto output = reinterpret_cast<DebugOutput>(
        GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "__wine_dbg_output"));
    if (!output) return false;
    output(std::string(line).c_str());
    return true;
}

bool append_to(StringView path, std::string_view line) {
    File file;
    return file.open(path, File::Mode::Append, true) == 0 &&
           file.write(line.data(), line.size()) == 0;
}

bool append_to_own_log(std::string_view line) {
    const String folder = join_path(local_data_folder(), L"Remapi");
    const String path = join_path(folder, L"remapi.log");
    if (append_to(path, line)) return true;
    return create_folders(folder, true) == 0 && append_to(path, line);
}

/// False in a service: its window station is on no screen, and a message box would wait for ever.
bool someone_can_see() noexcept {
    USEROBJECTFLAGS flags = {};
    const HWINSTA station = GetProcessWindowStation();
    if (!station ||
        !GetUserObjectInformationW(station, UOI_FLAGS, &flags, sizeof(flags), nullptr)) {
        return false;
    }
    return (flags.dwFlags & WSF_VISIBLE) != 0;
}

}  // namespace

void write_diagnostic(std::string_view line, StringView file) noexcept {
    const DWORD error = GetLastError();
    try {
        bool written = !file.empty() && append_to(file, line);
        if (!written) written = on_wine() ? write_to_wine(line) : append_to_own_log(line);
        if (!written) write_to_standard_error(line);
    } catch (...) {
        write_to_standard_error(line);  // out of memory: this needs none
    }
    SetLastError(error);
}

void tell_person(StringView title, StringView text) noexcept {
    try {
        if (someone_can_see() && environment_text("REMAPI_NO_DIALOGS") != "1") {
            const UINT style = MB_OK | MB_ICONINFORMATION | MB_SETFOREGROUND | MB_TASKMODAL;
            MessageBoxW(nullptr, String(text).c_str(), String(title).c_str(), style);
            return;
        }
        write_diagnostic(to_utf8(title) + ": " + to_utf8(text) + "\n", StringView());
    } catch (...) {
        write_to_standard_error("out of memory\n");
    }
}

}  // namespace remapi::port
