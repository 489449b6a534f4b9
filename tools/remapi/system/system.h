// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What the command line needs of the system beyond port/: the person at the terminal, programs it
// runs, a look at a server. posix/ and win32/ hold the two bodies.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "port/wide.h"

namespace remapi::tool {

/// Writes UTF-8 to standard output or standard error; a Windows console gets it as UTF-16.
void print(std::string_view utf8);
void print_error(std::string_view utf8);

bool output_is_terminal() noexcept;
bool error_is_terminal() noexcept;
bool input_is_terminal() noexcept;

/// All bytes of a file descriptor (PE: of the C runtime, 0 is standard input), up to 64 MiB. False
/// when it cannot be read or holds more.
bool read_descriptor(unsigned descriptor, std::string& bytes);
/// Asks the person at the terminal for a line that is not shown. False without a terminal.
bool read_secret_line(std::string_view prompt, String& line);

/// Sets a variable of this process's environment.
void set_environment(const char* name, const char* value);

/// Runs a command of the person's shell language with further arguments and waits for its end.
/// Natively through /bin/sh; on PE not supported.
/// @param variables  set for the command only
/// @param output     [out] what it wrote to standard output and standard error
/// @returns its exit code, 127 when it could not be started, 128 + n after signal n
int run_shell_command(const std::string& command, const std::vector<String>& arguments,
                      const std::vector<std::pair<std::string, String>>& variables,
                      std::string& output);
/// The same without waiting or output for a program on the search path: whether there is one.
bool is_on_search_path(const char* program);

/// A TCP connection for asking a server how it is. Closes itself.
class Connection {
public:
    Connection() = default;
    ~Connection() { close(); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Tries each address of `host` for up to `timeout_ms`. False with the reason in `error`.
    bool open(const String& host, unsigned port, std::uint32_t timeout_ms, std::string& error);
    /// Up to and including the next LF; false when none came in time or the server hung up.
    bool read_line(std::string& line);
    bool write(std::string_view bytes);
    void close() noexcept;

private:
    static constexpr std::intptr_t kClosed = -1;
    std::intptr_t m_socket = kClosed;
    std::string m_pending;
};

/// Where a plain `remapi` finds its files: the folder of the running program.
String program_folder();

}  // namespace remapi::tool
