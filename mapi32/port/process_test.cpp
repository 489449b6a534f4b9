// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/process.h"

#include <gtest/gtest.h>

#include "port/module.h"
#include "port/support_test.h"
#include "port/utf.h"

namespace remapi::port {
namespace {

using test::appears;
using test::read_errors_of_this_program;
using test::run_child;
using test::ScopedEnvironment;
using test::ScratchFolder;

std::string text_in(StringView path) {
    std::string bytes;
    return read_file(path, bytes) == 0 ? bytes : "(unreadable)";
}

TEST(ProcessTest, ThisProcessIsAlive) {
    const ProcessIdentity self = this_process();
    EXPECT_EQ(current_process_id(), self.id);
    EXPECT_NE(0u, self.start_time);
    EXPECT_TRUE(is_alive(self));
}

TEST(ProcessTest, ALaterProcessWithTheSameNumberIsAnother) {
    ProcessIdentity other = this_process();
    other.start_time += 1;
    EXPECT_FALSE(is_alive(other));
}

TEST(ProcessTest, NoProcessOutlivesTheMachine) {
    ProcessIdentity other = this_process();
    const std::size_t boot = other.boot_id.rfind(':') + 1;
    if (boot == other.boot_id.size()) GTEST_SKIP() << "this system tells no boot id";
    other.boot_id[boot] = other.boot_id[boot] == '0' ? '1' : '0';
    EXPECT_FALSE(is_alive(other));
}

TEST(ProcessTest, ProcessesOfAnotherNumberingCountAsAlive) {
    ProcessIdentity other = this_process();
    other.start_time += 1;
    other.boot_id.insert(0, "another ");
    EXPECT_TRUE(is_alive(other));
}

TEST(ProcessTest, AnEndedProcessIsNotAlive) {
    const ScratchFolder folder;
    const String path = folder.file(REMAPI_W("identity"));
    ASSERT_EQ(0, run_child("write_identity", path).code);
    EXPECT_EQ(1, run_child("is_named_process_alive", path).code);
}

TEST(ProcessTest, AnotherRunningProcessIsAlive) {
    const ScratchFolder folder;
    const String path = folder.file(REMAPI_W("identity"));
    const ProcessIdentity self = this_process();
    const std::string id = std::to_string(self.id) + " ";
    ASSERT_EQ(0, write_file(path, id + std::to_string(self.start_time)));
    EXPECT_EQ(0, run_child("is_named_process_alive", path).code);
    ASSERT_EQ(0, write_file(path, id + std::to_string(self.start_time + 1)));
    EXPECT_EQ(1, run_child("is_named_process_alive", path).code);
}

TEST(ProcessTest, KillsItself) {
    EXPECT_TRUE(run_child("die", {}).killed);
}

TEST(ProcessTest, ReadsTheEnvironment) {
    EXPECT_EQ(std::nullopt, environment("REMAPI_TEST_UNSET"));
    EXPECT_EQ("", environment_text("REMAPI_TEST_UNSET"));
    const std::string text = "\xC3\xA4\xF0\x9F\x93\xA8 " + std::string(600, 'x');
    const ScopedEnvironment set("REMAPI_TEST_SET", text);
    EXPECT_EQ(text, environment_text("REMAPI_TEST_SET"));
}

TEST(ProcessTest, KnowsProgramUserAndMachine) {
    EXPECT_TRUE(program_name() == leaf_name(own_module_path()));
    EXPECT_FALSE(user_name().empty());
    EXPECT_FALSE(host_name().empty());
}

TEST(ProcessTest, StartsDetachedWithNothingInherited) {
    const ScratchFolder folder;
    const String report = folder.file(REMAPI_W("report"));
    const test::Bait bait;
    std::string error;
    {
        const ScopedEnvironment action("REMAPI_TEST_CHILD", "report_start");
        const ScopedEnvironment argument("REMAPI_TEST_ARGUMENT", to_utf8(report));
        const ScopedEnvironment number("REMAPI_TEST_BAIT", bait.number());
        const std::vector<String> arguments = {
            REMAPI_W("plain"),          REMAPI_W(""),
            REMAPI_W("two words"),      REMAPI_W("a \"quote\""),
            REMAPI_W("back\\slash"),    REMAPI_W("ends in \\"),
            REMAPI_W("\\\"both\\\\\""), REMAPI_W("\u00e4 \U0001F4E8")};
        ASSERT_TRUE(start_detached(own_module_path(), arguments, error)) << error;
    }
    ASSERT_TRUE(appears(report));
    std::string expected(1, '\n');
    expected.append(to_utf8(own_module_folder()));
    expected.append(
        "\n[plain][][two words][a \"quote\"][back\\slash][ends in \\][\\\"both\\\\\"]"
        "[\xC3\xA4 \xF0\x9F\x93\xA8]");
    EXPECT_EQ(expected, text_in(report));
    EXPECT_FALSE(bait.taken());
}

TEST(ProcessTest, AReaderOfStandardErrorDoesNotWaitForWhatWasStartedDetached) {
    const ScratchFolder folder;
    const String path = folder.file(REMAPI_W("lock"));
    std::string errors;
    {
        const ScopedEnvironment action("REMAPI_TEST_CHILD", "start_holder");
        const ScopedEnvironment argument("REMAPI_TEST_ARGUMENT", to_utf8(path));
        ASSERT_TRUE(read_errors_of_this_program(errors));
    }
    EXPECT_EQ("started", errors);
    ASSERT_TRUE(appears(path + REMAPI_W(".held")));
    File file;
    ASSERT_EQ(0, file.open(path, File::Mode::ReadWrite));
    EXPECT_FALSE(file.try_lock()) << "what was started has ended";
    file.close();
    ASSERT_EQ(0, write_file(path + REMAPI_W(".enough"), ""));
    EXPECT_TRUE(appears(path + REMAPI_W(".ended")));
}

TEST(ProcessTest, SaysWhyAProgramDidNotStart) {
    const ScratchFolder folder;
    std::string error;
    EXPECT_FALSE(start_detached(folder.file(REMAPI_W("missing")), {}, error));
    EXPECT_FALSE(error.empty());
    error.clear();
    EXPECT_FALSE(start_detached(REMAPI_W("relative"), {}, error));
    EXPECT_FALSE(error.empty());
    error.clear();
    ASSERT_EQ(0, write_file(folder.file(REMAPI_W("text")), "no program"));
    EXPECT_FALSE(start_detached(folder.file(REMAPI_W("text")), {}, error));
    EXPECT_FALSE(error.empty());
}

struct Fault {
    const char* setting;
    bool killed;
    const char* passed;
};

TEST(FaultPointTest, KillsAtTheNamedPointAndTimeOnly) {
    for (const Fault& fault : {Fault{"test.point", true, "0"}, Fault{"test.point:1", true, "0"},
                               Fault{"test.point:3", true, "2"}, Fault{"test.point:4", false, "3"},
                               Fault{"test.poin", false, "3"}, Fault{"", false, "3"}}) {
        const ScratchFolder folder;
        const String path = folder.file(REMAPI_W("passed"));
        ASSERT_EQ(0, write_file(path, "0"));
        const ScopedEnvironment setting("REMAPI_FAULT_POINT", fault.setting);
        EXPECT_EQ(fault.killed, run_child("pass_fault_points", path).killed) << fault.setting;
        EXPECT_EQ(fault.passed, text_in(path)) << fault.setting;
    }
}

}  // namespace
}  // namespace remapi::port
