// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The actions of a child, and how it comes to run one instead of the tests.
#include <array>
#include <cstdio>
#include <string_view>

#include "port/clock.h"
#include "port/fault_point.h"
#include "port/module.h"
#include "port/process.h"
#include "port/random.h"
#include "port/support_test.h"
#include "port/thread.h"
#include "port/utf.h"

namespace remapi::port::test {
namespace {

/// 0 when the lock was got.
int try_lock(const String& path) {
    File file;
    if (file.open(path, File::Mode::ReadWrite) != 0) return 2;
    return file.try_lock() ? 0 : 1;
}

int lock_and_die(const String& path) {
    File file;
    if (file.open(path, File::Mode::ReadWrite) == 0 && file.try_lock()) kill_this_process();
    return 1;
}

int write(const String& path) {
    return write_file(path, "new");
}

/// Passes one fault point three times and keeps count in a file.
int pass_fault_points(const String& path) {
    for (int i = 1; i <= 3; ++i) {
        fault_point("test.other");
        fault_point("test.point");
        write_file(path, std::to_string(i));
    }
    return 0;
}

int write_identity(const String& path) {
    const ProcessIdentity self = this_process();
    return write_file(path, std::to_string(self.id) + " " + std::to_string(self.start_time));
}

/// 0 when the process that `path` names is alive.
int is_named_process_alive(const String& path) {
    std::string text;
    if (read_file(path, text) != 0) return 2;
    ProcessIdentity process = this_process();
    process.id = static_cast<std::uint32_t>(std::stoul(text));
    process.start_time = std::stoull(text.substr(text.find(' ')));
    return is_alive(process) ? 0 : 1;
}

int die(const String&) {
    kill_this_process();
}

/// Reports what a detached child finds: its arguments, its folder, what it should not have.
int report_start(const String& path) {
    Bait::take(environment_text("REMAPI_TEST_BAIT"));
    std::string report = unwanted_inheritance() + "\n" + to_utf8(absolute_path({})) + "\n";
    for (const String& argument : arguments_of_this_process()) {
        report.append("[").append(to_utf8(argument)).append("]");
    }
    return write_file(path, report);
}

/// Starts a child that outlives this one, and says so on standard error.
int start_holder(const String& path) {
    std::string error;
    const ScopedEnvironment action("REMAPI_TEST_CHILD", "hold");
    const ScopedEnvironment argument("REMAPI_TEST_ARGUMENT", to_utf8(path));
    const bool started = start_detached(own_module_path(), {}, error);
    std::fputs(started ? "started" : error.c_str(), stderr);
    std::fflush(stderr);
    return started ? 0 : 1;
}

/// Says that it is there, holds a lock until it is told to let go, and says that it did.
int hold(const String& path) {
    {
        File file;
        if (file.open(path, File::Mode::ReadWrite) != 0 || !file.try_lock()) return 1;
        write_file(path + REMAPI_W(".held"), "");
        if (!appears(path + REMAPI_W(".enough"))) return 1;
    }
    return write_file(path + REMAPI_W(".ended"), "");
}

struct Action {
    std::string_view name;
    int (*run)(const String& argument);
};

constexpr std::array kActions = {
    Action{"try_lock", try_lock},
    Action{"lock_and_die", lock_and_die},
    Action{"write", write},
    Action{"pass_fault_points", pass_fault_points},
    Action{"write_identity", write_identity},
    Action{"is_named_process_alive", is_named_process_alive},
    Action{"die", die},
    Action{"report_start", report_start},
    Action{"start_holder", start_holder},
    Action{"hold", hold},
};

/// Runs before main: a child never gets as far as the test framework.
[[maybe_unused]] const bool g_no_child = [] {
    const std::string wanted = environment_text("REMAPI_TEST_CHILD");
    if (wanted.empty()) return true;
    for (const Action& action : kActions) {
        if (action.name == wanted) {
            end_this_process(action.run(environment("REMAPI_TEST_ARGUMENT").value_or(String())));
        }
    }
    end_this_process(99);
}();

}  // namespace

ScopedEnvironment::ScopedEnvironment(const char* name, const std::string& value) : m_name(name) {
    set_environment(name, value.c_str());
}

ScopedEnvironment::~ScopedEnvironment() {
    set_environment(m_name, nullptr);
}

ScratchFolder::ScratchFolder() {
    std::array<unsigned char, 8> random = {};
    random_bytes(random.data(), random.size());
    String name = REMAPI_W("remapi-port-test-");
    for (const unsigned char byte : random) {
        name.push_back(static_cast<WideChar>('a' + (byte >> 4)));
        name.push_back(static_cast<WideChar>('a' + (byte & 15)));
    }
    m_path = join_path(temporary_folder(), name);
    create_folders(m_path);
}

ScratchFolder::~ScratchFolder() {
    const auto remove_all = [](const auto& self, const String& folder) -> void {
        for (const String& name : list_folder(folder)) {
            const String entry = join_path(folder, name);
            if (is_folder(entry)) {
                self(self, entry);
            } else {
                remove_file(entry);
            }
        }
        remove_folder(folder);
    };
    remove_all(remove_all, m_path);
}

bool appears(StringView path) {
    constexpr std::uint64_t kPatience = 60000;
    const std::uint64_t start = steady_milliseconds();
    while (!exists(path)) {
        if (steady_milliseconds() - start > kPatience) return false;
        rest(5);
    }
    return true;
}

ChildEnd run_child(const char* action, StringView argument) {
    const ScopedEnvironment wanted("REMAPI_TEST_CHILD", action);
    const ScopedEnvironment with("REMAPI_TEST_ARGUMENT", to_utf8(argument));
    return run_this_program();
}

}  // namespace remapi::port::test
