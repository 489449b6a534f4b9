// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What the tests of this folder need beyond port/ itself: this very program run again as a child
// that does one thing (child_test.cpp lists which), and a folder of their own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "port/file.h"
#include "port/wide.h"

namespace remapi::port::test {

/// An environment variable for the time of a scope.
class ScopedEnvironment {
public:
    ScopedEnvironment(const char* name, const std::string& value);
    ~ScopedEnvironment();
    ScopedEnvironment(const ScopedEnvironment&) = delete;
    ScopedEnvironment& operator=(const ScopedEnvironment&) = delete;

private:
    const char* m_name;
};

/// An empty folder that goes when the test ends.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const String& path() const { return m_path; }
    String file(StringView name) const { return join_path(m_path, name); }

private:
    String m_path;
};

struct ChildEnd {
    bool killed = false;  ///< as kill_this_process does it
    int code = -1;        ///< what the action returned
};

/// Whether a file comes into being. Polls, because nothing tells a process when a detached one of
/// its own is ready.
bool appears(StringView path);

/// Runs `action` of child_test.cpp in a child, with `argument`, and waits for its end.
ChildEnd run_child(const char* action, StringView argument);

// Each platform's own:

/// Null removes the variable.
void set_environment(const char* name, const char* value);
/// Runs this program again, without arguments, and waits for its end.
ChildEnd run_this_program();
/// Runs this program again with a pipe as its standard error, and reads that to its end. False when
/// the program could not be started.
bool read_errors_of_this_program(std::string& errors);
/// The words of this process's command line, without the program.
std::vector<String> arguments_of_this_process();
void set_current_folder(StringView path);
/// The path of some module of the system that exports the function "cos".
String some_module();
/// What a child started detached must not have: empty when all is well.
std::string unwanted_inheritance();
/// Ends this process at once with `code`.
[[noreturn]] void end_this_process(int code);

/// A handle of the parent's that says "inherit me". A child that got it can leave a trace.
class Bait {
public:
    Bait();
    ~Bait();
    Bait(const Bait&) = delete;
    Bait& operator=(const Bait&) = delete;
    /// The number of the handle, the same in a child that inherits it.
    std::string number() const { return std::to_string(m_take); }
    /// For the child.
    static void take(const std::string& number);
    bool taken() const;

private:
    std::intptr_t m_take = -1;
    std::intptr_t m_watch = -1;
};

}  // namespace remapi::port::test
