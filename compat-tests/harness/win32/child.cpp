// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/harness/child.h"

#include <windows.h>

#include <cstdio>

namespace remapi::test {
namespace {

/// The file that collects what a child writes. Made once, gone with this process.
HANDLE output_file() {
    static const HANDLE file = [] {
        wchar_t folder[MAX_PATH] = {};
        wchar_t path[MAX_PATH] = {};
        GetTempPathW(MAX_PATH, folder);
        GetTempFileNameW(folder, L"mct", 0, path);
        SECURITY_ATTRIBUTES inherited = {sizeof(inherited), nullptr, TRUE};
        return CreateFileW(path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                           &inherited, CREATE_ALWAYS,
                           FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE, nullptr);
    }();
    return file;
}

void empty(HANDLE file) {
    SetFilePointer(file, 0, nullptr, FILE_BEGIN);
    SetEndOfFile(file);
}

std::string content(HANDLE file) {
    std::string text;
    char piece[4096];
    DWORD count = 0;
    SetFilePointer(file, 0, nullptr, FILE_BEGIN);
    while (ReadFile(file, piece, sizeof(piece), &count, nullptr) && count > 0) {
        text.append(piece, count);
    }
    std::erase(text, '\r');
    return text;
}

std::wstring command_line(const wchar_t* program, const std::vector<std::string>& arguments) {
    std::wstring line = L"\"" + std::wstring(program) + L"\"";
    for (const std::string& argument : arguments) {
        line.append(L" ").append(argument.begin(), argument.end());
    }
    return line;
}

/// Instead of the system's dialog or debugger.
LONG WINAPI end_on_exception(EXCEPTION_POINTERS* exception) {
    std::printf("exception at %p\n", exception->ExceptionRecord->ExceptionAddress);
    for (;;) TerminateProcess(GetCurrentProcess(), exception->ExceptionRecord->ExceptionCode);
}

}  // namespace

ChildRun run_child(const std::vector<std::string>& arguments, unsigned limit_seconds) {
    ChildRun run;
    const HANDLE file = output_file();
    empty(file);
    wchar_t program[MAX_PATH] = {};
    GetModuleFileNameW(nullptr, program, MAX_PATH);
    std::wstring line = command_line(program, arguments);
    STARTUPINFOW startup = {};
    startup.cb = sizeof(startup);
    startup.dwFlags = STARTF_USESTDHANDLES;
    startup.hStdOutput = startup.hStdError = file;
    PROCESS_INFORMATION process = {};
    if (!CreateProcessW(program, line.data(), nullptr, nullptr, TRUE, 0, nullptr, nullptr, &startup,
                        &process)) {
        return run;
    }
    const bool ended = WaitForSingleObject(process.hProcess, limit_seconds * 1000) == WAIT_OBJECT_0;
    if (!ended) {
        TerminateProcess(process.hProcess, 1);
        WaitForSingleObject(process.hProcess, INFINITE);
    }
    DWORD code = 0;
    GetExitCodeProcess(process.hProcess, &code);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    run.output = content(file);
    run.code = code;
    run.end = !ended                ? ChildRun::End::TimedOut
              : code >= 0x80000000u ? ChildRun::End::Crashed
                                    : ChildRun::End::Exited;
    return run;
}

void prepare_child() {
    std::setvbuf(stdout, nullptr, _IONBF, 0);
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
    SetUnhandledExceptionFilter(end_on_exception);
}

void end_child(int code) {
    for (;;) TerminateProcess(GetCurrentProcess(), static_cast<UINT>(code));
}

}  // namespace remapi::test
