// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/system/system.h"

#include <io.h>
#include <windows.h>

#include "port/utf.h"

namespace remapi::tool {
namespace {

constexpr std::size_t kMostInput = 64u << 20;

bool is_console(DWORD which) noexcept {
    DWORD mode = 0;
    return GetConsoleMode(GetStdHandle(which), &mode) != 0;
}

/// A console takes UTF-16; a file or pipe gets the bytes.
void write_to(DWORD which, std::string_view utf8) {
    const HANDLE handle = GetStdHandle(which);
    DWORD written = 0;
    if (is_console(which)) {
        const String wide = port::from_utf8(utf8);
        WriteConsoleW(handle, wide.data(), static_cast<DWORD>(wide.size()), &written, nullptr);
        return;
    }
    while (!utf8.empty() &&
           WriteFile(handle, utf8.data(), static_cast<DWORD>(utf8.size()), &written, nullptr)) {
        if (written == 0) return;
        utf8.remove_prefix(written);
    }
}

}  // namespace

void print(std::string_view utf8) {
    write_to(STD_OUTPUT_HANDLE, utf8);
}

void print_error(std::string_view utf8) {
    write_to(STD_ERROR_HANDLE, utf8);
}

bool output_is_terminal() noexcept {
    return is_console(STD_OUTPUT_HANDLE);
}

bool error_is_terminal() noexcept {
    return is_console(STD_ERROR_HANDLE);
}

bool input_is_terminal() noexcept {
    return is_console(STD_INPUT_HANDLE);
}

bool read_descriptor(unsigned descriptor, std::string& bytes) {
    bytes.clear();
    const auto handle =
        descriptor == 0 ? GetStdHandle(STD_INPUT_HANDLE)
                        : reinterpret_cast<HANDLE>(_get_osfhandle(static_cast<int>(descriptor)));
    if (!handle || handle == INVALID_HANDLE_VALUE) return false;
    char buffer[16384];
    for (;;) {
        DWORD count = 0;
        if (!ReadFile(handle, buffer, sizeof buffer, &count, nullptr)) {
            return GetLastError() == ERROR_BROKEN_PIPE || GetLastError() == ERROR_HANDLE_EOF;
        }
        if (count == 0) return true;
        if (bytes.size() + count > kMostInput) return false;
        bytes.append(buffer, count);
    }
}

bool read_secret_line(std::string_view prompt, String& line) {
    const HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
    DWORD mode = 0;
    if (!GetConsoleMode(input, &mode)) return false;
    print_error(prompt);
    SetConsoleMode(input, (mode & ~static_cast<DWORD>(ENABLE_ECHO_INPUT)) | ENABLE_LINE_INPUT);
    WideChar buffer[512] = {};
    DWORD count = 0;
    const bool read = ReadConsoleW(input, buffer, 511, &count, nullptr) != 0;
    SetConsoleMode(input, mode);
    print_error("\n");
    line.assign(buffer, count);
    SecureZeroMemory(buffer, sizeof buffer);
    while (!line.empty() && (line.back() == L'\r' || line.back() == L'\n')) line.pop_back();
    return read;
}

void set_environment(const char* name, const char* value) {
    SetEnvironmentVariableA(name, value);
}

int run_shell_command(const std::string&, const std::vector<String>&,
                      const std::vector<std::pair<std::string, String>>&, std::string& output) {
    output = "not available in the Windows program";
    return 127;
}

bool is_on_search_path(const char* program) {
    return SearchPathW(nullptr, port::from_utf8(program).c_str(), L".exe", 0, nullptr, nullptr) !=
           0;
}

}  // namespace remapi::tool
