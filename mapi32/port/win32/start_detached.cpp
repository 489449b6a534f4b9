// SPDX-License-Identifier: LGPL-2.1-or-later
#include <windows.h>

#include "port/file.h"
#include "port/process.h"
#include "port/win32/system.h"

namespace remapi::port {
namespace {

/// Appends `argument` so that the C runtime and CommandLineToArgvW give it back as one: in quotes,
/// with backslashes doubled where a quote follows them.
void append_quoted(String& line, StringView argument) {
    const bool plain =
        !argument.empty() && argument.find_first_of(L" \t\n\v\"") == StringView::npos;
    if (plain) {
        line.append(argument);
        return;
    }
    std::size_t backslashes = 0;
    line.push_back(L'"');
    for (const WideChar c : argument) {
        if (c == L'"') line.append(backslashes + 1, L'\\');
        backslashes = c == L'\\' ? backslashes + 1 : 0;
        line.push_back(c);
    }
    line.append(backslashes, L'\\');
    line.push_back(L'"');
}

bool prepare(StringView program, const std::vector<String>& arguments, String& line) {
    if (!is_absolute_path(program) || !is_usable_path(program)) return false;
    // The first word follows a rule of its own: quotes end it, and no path can hold one.
    line.append(1, L'"').append(program).append(1, L'"');
    for (const String& argument : arguments) {
        if (argument.find(L'\0') != String::npos) return false;
        line.push_back(L' ');
        append_quoted(line, argument);
    }
    return true;
}

/// 0 or why it failed.
DWORD create(const String& program, const String& line, const String& folder, DWORD flags) {
    STARTUPINFOW startup = {};
    startup.cb = sizeof(startup);
    startup.dwFlags =
        STARTF_USESTDHANDLES;  // with no handles, so that none of the caller's are taken
    startup.hStdInput = INVALID_HANDLE_VALUE;
    startup.hStdOutput = INVALID_HANDLE_VALUE;
    startup.hStdError = INVALID_HANDLE_VALUE;
    PROCESS_INFORMATION process = {};
    String writable = line;  // CreateProcessW may write into it
    if (!CreateProcessW(program.c_str(), writable.data(), nullptr, nullptr, FALSE, flags, nullptr,
                        folder.c_str(), &startup, &process)) {
        return GetLastError();
    }
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return ERROR_SUCCESS;
}

}  // namespace

bool start_detached(StringView program, const std::vector<String>& arguments, std::string& error) {
    String line;
    if (!prepare(program, arguments, line)) {
        error = "not an absolute path, or a NUL within an argument";
        return false;
    }
    const String file(program);
    const String folder(parent_folder(program));
    constexpr DWORD kFlags =
        DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP | CREATE_DEFAULT_ERROR_MODE;
    DWORD failure = create(file, line, folder, kFlags | CREATE_BREAKAWAY_FROM_JOB);
    // A job that lets nothing leave it denies the first attempt.
    if (failure == ERROR_ACCESS_DENIED) failure = create(file, line, folder, kFlags);
    if (failure != ERROR_SUCCESS) error = describe(static_cast<SystemError>(failure));
    return failure == ERROR_SUCCESS;
}

}  // namespace remapi::port
