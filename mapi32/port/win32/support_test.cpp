// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/support_test.h"

#include <windows.h>
// after windows.h
#include <shellapi.h>

#include <cstdlib>

#include "port/module.h"
#include "port/utf.h"

namespace remapi::port::test {

void set_environment(const char* name, const char* value) {
    const String wide = value ? from_utf8(value) : String();
    SetEnvironmentVariableW(from_utf8(name).c_str(), value ? wide.c_str() : nullptr);
}

ChildEnd run_this_program() {
    STARTUPINFOW startup = {};
    startup.cb = sizeof(startup);
    PROCESS_INFORMATION process = {};
    const String program = own_module_path();
    String line = L"\"" + program + L"\"";
    if (!CreateProcessW(program.c_str(), line.data(), nullptr, nullptr, FALSE, 0, nullptr, nullptr,
                        &startup, &process)) {
        return {};
    }
    WaitForSingleObject(process.hProcess, INFINITE);
    DWORD code = 0;
    GetExitCodeProcess(process.hProcess, &code);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return {code == ERROR_PROCESS_ABORTED, static_cast<int>(code)};
}

bool read_errors_of_this_program(std::string& errors) {
    SECURITY_ATTRIBUTES inherited = {};
    inherited.nLength = sizeof(inherited);
    inherited.bInheritHandle = TRUE;
    HANDLE read_end = nullptr;
    HANDLE write_end = nullptr;
    if (!CreatePipe(&read_end, &write_end, &inherited, 0)) return false;
    SetHandleInformation(read_end, HANDLE_FLAG_INHERIT, 0);
    STARTUPINFOW startup = {};
    startup.cb = sizeof(startup);
    startup.dwFlags = STARTF_USESTDHANDLES;
    startup.hStdError = write_end;
    PROCESS_INFORMATION process = {};
    const String program = own_module_path();
    String line = L"\"" + program + L"\"";
    const bool started = CreateProcessW(program.c_str(), line.data(), nullptr, nullptr, TRUE, 0,
                                        nullptr, nullptr, &startup, &process);
    CloseHandle(write_end);
    char buffer[256];
    DWORD count = 0;
    while (started && ReadFile(read_end, buffer, sizeof buffer, &count, nullptr))
        errors.append(buffer, count);
    CloseHandle(read_end);
    if (!started) return false;
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return true;
}

std::vector<String> arguments_of_this_process() {
    int count = 0;
    WideChar** const words = CommandLineToArgvW(GetCommandLineW(), &count);
    std::vector<String> result(words + 1, words + count);
    LocalFree(words);
    return result;
}

void set_current_folder(StringView path) {
    if (!SetCurrentDirectoryW(String(path).c_str())) std::abort();
}

String some_module() {
    return join_path(system_folder(), L"msvcrt.dll");
}

std::string unwanted_inheritance() {
    std::string found;
    for (const DWORD standard : {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE}) {
        const HANDLE handle = GetStdHandle(standard);
        if (handle && handle != INVALID_HANDLE_VALUE) {
            found += "standard stream " + std::to_string(-10 - static_cast<int>(standard)) + "; ";
        }
    }
    if (GetConsoleWindow()) found += "a console; ";
    return found;
}

void end_this_process(int code) {
    for (;;) TerminateProcess(GetCurrentProcess(), static_cast<UINT>(code));
}

Bait::Bait() {
    SECURITY_ATTRIBUTES attributes = {};
    attributes.nLength = sizeof(attributes);
    attributes.bInheritHandle = TRUE;
    m_take = reinterpret_cast<std::intptr_t>(CreateEventW(&attributes, TRUE, FALSE, nullptr));
}

Bait::~Bait() {
    CloseHandle(reinterpret_cast<HANDLE>(m_take));
}

void Bait::take(const std::string& number) {
    SetEvent(reinterpret_cast<HANDLE>(std::strtoll(number.c_str(), nullptr, 10)));
}

bool Bait::taken() const {
    return WaitForSingleObject(reinterpret_cast<HANDLE>(m_take), 0) == WAIT_OBJECT_0;
}

}  // namespace remapi::port::test
