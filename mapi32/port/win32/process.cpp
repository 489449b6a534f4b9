// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/process.h"

#include <windows.h>

#include "port/file.h"
#include "port/utf.h"
#include "port/win32/system.h"

namespace remapi::port {
namespace {

std::uint64_t start_time_of(HANDLE process) noexcept {
    FILETIME created = {};
    FILETIME ignored[3] = {};
    if (!GetProcessTimes(process, &created, &ignored[0], &ignored[1], &ignored[2])) return 0;
    return (static_cast<std::uint64_t>(created.dwHighDateTime) << 32) | created.dwLowDateTime;
}

/// Opens the process to look at it. Windows XP does not know the lesser right, and a process of
/// another user may grant nothing but that.
HANDLE open_process(DWORD id) noexcept {
    constexpr DWORD kQueryLimitedInformation = 0x1000;
    for (const DWORD query : {DWORD{PROCESS_QUERY_INFORMATION}, kQueryLimitedInformation}) {
        const HANDLE process = OpenProcess(query | SYNCHRONIZE, FALSE, id);
        if (process || GetLastError() != ERROR_ACCESS_DENIED) return process;
    }
    return nullptr;
}

/// Which numbering the process ids of this process belong to.
std::string kind() {
    if (!on_wine()) return "windows:";
    return "wine " + environment_text("WINECONFIGDIR") + ":";
}

std::string boot_id() {
    std::string text;
    // Windows has no such file; a process number with its creation time is unique there across
    // boots.
    if (on_wine()) read_file(L"\\\\?\\unix\\proc\\sys\\kernel\\random\\boot_id", text, 64);
    while (!text.empty() && text.back() <= ' ') text.pop_back();
    return kind() + text;
}

/// Splits a boot id at its last colon: whose numbers, which boot.
struct BootId {
    explicit BootId(std::string_view text)
        : kind(text.substr(0, text.rfind(':') + 1)), boot(text.substr(text.rfind(':') + 1)) {}
    std::string_view kind;
    std::string_view boot;
};

}  // namespace

std::uint32_t current_process_id() noexcept {
    return GetCurrentProcessId();
}

ProcessIdentity this_process() {
    return {current_process_id(), start_time_of(GetCurrentProcess()), boot_id()};
}

bool is_alive(const ProcessIdentity& process) {
    if (process.id == 0) return false;
    const std::string own_boot_id = boot_id();
    const BootId own(own_boot_id);
    const BootId theirs(process.boot_id);
    if (!own.boot.empty() && !theirs.boot.empty() && own.boot != theirs.boot) return false;
    if (!theirs.kind.empty() && theirs.kind != own.kind) return true;
    const HANDLE handle = open_process(process.id);
    if (!handle) return GetLastError() == ERROR_ACCESS_DENIED;
    const bool ended = WaitForSingleObject(handle, 0) == WAIT_OBJECT_0;
    const std::uint64_t start_time = start_time_of(handle);
    CloseHandle(handle);
    if (ended) return false;
    return process.start_time == 0 || start_time == 0 || process.start_time == start_time;
}

String program_name() {
    return String(leaf_name(module_path(nullptr)));
}

std::optional<String> environment(const char* name) {
    const String wide = from_utf8(name);
    SetLastError(ERROR_SUCCESS);
    String value = sized_text([&](WideChar* buffer, DWORD size) {
        return GetEnvironmentVariableW(wide.c_str(), buffer, size);
    });
    if (value.empty() && GetLastError() == ERROR_ENVVAR_NOT_FOUND) return std::nullopt;
    return value;
}

bool on_wine() noexcept {
    const HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
    return ntdll && GetProcAddress(ntdll, "wine_get_version");
}

String user_name() {
    constexpr DWORD kLongest = 257;  // UNLEN and the NUL
    WideChar name[kLongest] = {};
    DWORD size = kLongest;
    return GetUserNameW(name, &size) ? String(name) : environment("USERNAME").value_or(String());
}

String host_name() {
    WideChar name[MAX_COMPUTERNAME_LENGTH + 1] = {};
    DWORD size = MAX_COMPUTERNAME_LENGTH + 1;
    return GetComputerNameW(name, &size) ? String(name) : String(L"localhost");
}

void kill_this_process() noexcept {
    for (;;) TerminateProcess(GetCurrentProcess(), ERROR_PROCESS_ABORTED);
}

}  // namespace remapi::port
