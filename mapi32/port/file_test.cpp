// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/file.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "port/fault_point.h"
#include "port/support_test.h"
#include "port/utf.h"

namespace remapi::port {
namespace {

using test::run_child;
using test::ScopedEnvironment;
using test::ScratchFolder;

std::string content(StringView path) {
    std::string bytes;
    return read_file(path, bytes) == 0 ? bytes : "(unreadable)";
}

TEST(FileTest, WritesReadsSeeksAndTellsItsSize) {
    const ScratchFolder folder;
    File file;
    ASSERT_EQ(0, file.open(folder.file(REMAPI_W("a")), File::Mode::Create));
    EXPECT_TRUE(file.is_open());
    EXPECT_EQ(0, file.write("0123456789", 10));
    EXPECT_EQ(0, file.sync());
    std::uint64_t size = 0;
    EXPECT_EQ(0, file.size(size));
    EXPECT_EQ(10u, size);
    EXPECT_EQ(0, file.seek(7));
    char buffer[8] = {};
    std::size_t count = 0;
    EXPECT_EQ(0, file.read(buffer, sizeof(buffer), count));
    EXPECT_EQ("789", std::string(buffer, count));
    EXPECT_EQ(0, file.read(buffer, sizeof(buffer), count));
    EXPECT_EQ(0u, count);
    file.close();
    EXPECT_FALSE(file.is_open());
}

TEST(FileTest, ModesDifferInWhatTheyDoToAnExistingFile) {
    const ScratchFolder folder;
    const String path = folder.file(REMAPI_W("a"));
    File file;
    EXPECT_TRUE(is_not_found(file.open(path, File::Mode::Read)));
    EXPECT_FALSE(file.is_open());
    ASSERT_EQ(0, write_file(path, "old"));
    EXPECT_NE(0, file.open(path, File::Mode::Create));
    ASSERT_EQ(0, file.open(path, File::Mode::Append));
    ASSERT_EQ(0, file.write("er", 2));
    ASSERT_EQ(0, file.open(path, File::Mode::ReadWrite));
    ASSERT_EQ(0, file.write("b", 1));
    file.close();
    EXPECT_EQ("blder", content(path));
    ASSERT_EQ(0, file.open(path, File::Mode::Overwrite));
    file.close();
    EXPECT_EQ("", content(path));
}

TEST(FileTest, AppendingFilesNeverWriteOverOneAnother) {
    const ScratchFolder folder;
    const String path = folder.file(REMAPI_W("log"));
    File first;
    File second;
    ASSERT_EQ(0, first.open(path, File::Mode::Append));
    ASSERT_EQ(0, second.open(path, File::Mode::Append));
    EXPECT_EQ(0, first.write("1", 1));
    EXPECT_EQ(0, second.write("2", 1));
    EXPECT_EQ(0, first.write("3", 1));
    EXPECT_EQ("123", content(path));
}

TEST(FileTest, ItsSizeCanBeSetWhichLeavesThePositionAlone) {
    const ScratchFolder folder;
    const String path = folder.file(REMAPI_W("a"));
    File file;
    ASSERT_EQ(0, file.open(path, File::Mode::Create));
    ASSERT_EQ(0, file.write("0123456789", 10));
    EXPECT_EQ(0, file.seek(2));
    EXPECT_EQ(0, file.set_size(4));
    EXPECT_EQ(0, file.set_size(6));
    EXPECT_EQ(0, file.write("x", 1));
    EXPECT_TRUE(is_disk_full(file.set_size(~std::uint64_t{0})));
    std::uint64_t size = 0;
    EXPECT_EQ(0, file.size(size));
    EXPECT_EQ(6u, size);
    EXPECT_EQ(std::string("01x3\0\0", 6), content(path));
    ASSERT_EQ(0, file.open(path, File::Mode::Read));
    EXPECT_NE(0, file.set_size(1));
    EXPECT_EQ(std::string("01x3\0\0", 6), content(path));
}

TEST(FileTest, MovesItsHandle) {
    const ScratchFolder folder;
    File file;
    ASSERT_EQ(0, file.open(folder.file(REMAPI_W("a")), File::Mode::Create));
    File moved = std::move(file);
    EXPECT_TRUE(moved.is_open());
    File assigned;
    ASSERT_EQ(0, assigned.open(folder.file(REMAPI_W("b")), File::Mode::Create));
    assigned = std::move(moved);
    EXPECT_EQ(0, assigned.write("x", 1));
    assigned.close();
    EXPECT_EQ("x", content(folder.file(REMAPI_W("a"))));
}

TEST(FileTest, RefusesFoldersAndNulsWithinNames) {
    const ScratchFolder folder;
    File file;
    EXPECT_NE(0, file.open(folder.path(), File::Mode::Read));
    String cut = folder.file(REMAPI_W("a"));
    cut.push_back(0);
    cut.push_back('b');
    EXPECT_NE(0, file.open(cut, File::Mode::Create));
    EXPECT_TRUE(list_folder(folder.path()).empty());
}

TEST(FileTest, ALockExcludesOthersInThisProcess) {
    const ScratchFolder folder;
    const String path = folder.file(REMAPI_W("lock"));
    File first;
    File second;
    ASSERT_EQ(0, first.open(path, File::Mode::ReadWrite));
    ASSERT_EQ(0, second.open(path, File::Mode::ReadWrite));
    EXPECT_TRUE(first.try_lock());
    EXPECT_FALSE(second.try_lock());
    EXPECT_EQ(0, second.write("data are not locked", 19));
    first.close();
    EXPECT_TRUE(second.try_lock());
}

TEST(FileTest, ClosingAnotherHandleOfTheFileKeepsTheLock) {
    const ScratchFolder folder;
    const String path = folder.file(REMAPI_W("lock"));
    File holder;
    ASSERT_EQ(0, holder.open(path, File::Mode::ReadWrite));
    ASSERT_TRUE(holder.try_lock());
    EXPECT_EQ("", content(path));
    EXPECT_EQ(1, run_child("try_lock", path).code);
}

TEST(FileTest, ALockExcludesOtherProcessesUntilClosed) {
    const ScratchFolder folder;
    const String path = folder.file(REMAPI_W("lock"));
    File file;
    ASSERT_EQ(0, file.open(path, File::Mode::ReadWrite));
    ASSERT_TRUE(file.try_lock());
    EXPECT_EQ(1, run_child("try_lock", path).code);
    file.close();
    EXPECT_EQ(0, run_child("try_lock", path).code);
}

TEST(FileTest, ALockEndsWithAHolderThatIsKilled) {
    const ScratchFolder folder;
    const String path = folder.file(REMAPI_W("lock"));
    ASSERT_TRUE(run_child("lock_and_die", path).killed);
    File file;
    ASSERT_EQ(0, file.open(path, File::Mode::ReadWrite));
    EXPECT_TRUE(file.try_lock());
}

TEST(FileTest, MakesListsAndRemovesFolders) {
    const ScratchFolder folder;
    const String deep = join_path(folder.file(REMAPI_W("x")), REMAPI_W("y\u00e4\U0001F4E8"));
    EXPECT_FALSE(exists(deep));
    EXPECT_EQ(0, create_folders(deep, true));
    EXPECT_EQ(0, create_folders(deep));
    EXPECT_TRUE(is_folder(deep));
    ASSERT_EQ(0, write_file(join_path(deep, REMAPI_W("f")), "1", true));
    EXPECT_EQ("1", content(join_path(deep, REMAPI_W("f"))));
    EXPECT_NE(0, create_folders(join_path(deep, REMAPI_W("f"))));
    EXPECT_EQ(std::vector<String>{REMAPI_W("y\u00e4\U0001F4E8")}, list_folder(parent_folder(deep)));
    EXPECT_NE(0, remove_folder(deep));
    EXPECT_EQ(0, remove_file(join_path(deep, REMAPI_W("f"))));
    EXPECT_TRUE(is_not_found(remove_file(join_path(deep, REMAPI_W("f")))));
    EXPECT_EQ(0, remove_folder(deep));
    EXPECT_TRUE(list_folder(deep).empty());
}

TEST(FileTest, ReplacesAndRefusesMoreThanTheLimit) {
    const ScratchFolder folder;
    const String from = folder.file(REMAPI_W("from"));
    const String to = folder.file(REMAPI_W("to"));
    ASSERT_EQ(0, write_file(from, "1"));
    EXPECT_EQ(0, replace_file(from, to));
    ASSERT_EQ(0, write_file(from, "22"));
    EXPECT_EQ(0, replace_file(from, to));
    EXPECT_FALSE(exists(from));
    std::string bytes = "before";
    EXPECT_NE(0, read_file(to, bytes, 1));
    EXPECT_EQ("", bytes);
    EXPECT_EQ(0, read_file(to, bytes, 2));
    EXPECT_EQ("22", bytes);
    EXPECT_TRUE(is_not_found(replace_file(from, to)));
}

TEST(FileTest, WritesAndReadsManyBytes) {
    const ScratchFolder folder;
    std::string bytes(9u << 20, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7 + i / 4099);
    ASSERT_EQ(0, write_file(folder.file(REMAPI_W("big")), bytes));
    EXPECT_TRUE(bytes == content(folder.file(REMAPI_W("big"))));
}

class InterruptedWrite : public testing::TestWithParam<const char*> {};

TEST_P(InterruptedWrite, LeavesTheOldFileWhole) {
    const ScratchFolder folder;
    const String path = folder.file(REMAPI_W("settings"));
    ASSERT_EQ(0, write_file(path, "old"));
    {
        const ScopedEnvironment fault("REMAPI_FAULT_POINT", GetParam());
        ASSERT_TRUE(run_child("write", path).killed);
    }
    EXPECT_EQ("old", content(path));
    ASSERT_EQ(0, run_child("write", path).code);
    EXPECT_EQ("new", content(path));
}

INSTANTIATE_TEST_SUITE_P(FileTest, InterruptedWrite,
                         testing::Values("port.write_file.written", "port.write_file.synced"));

TEST(FileTest, AFailedWriteLeavesNothingBehind) {
    const ScratchFolder folder;
    const String in_the_way = folder.file(REMAPI_W("folder"));
    ASSERT_EQ(0, create_folders(in_the_way));
    EXPECT_NE(0, write_file(in_the_way, "x"));
    EXPECT_EQ(1u, list_folder(folder.path()).size());
    EXPECT_TRUE(is_not_found(
        write_file(join_path(folder.file(REMAPI_W("no folder")), REMAPI_W("a")), "x")));
}

TEST(FileTest, DescribesErrors) {
    const ScratchFolder folder;
    File file;
    const SystemError missing = file.open(folder.file(REMAPI_W("missing")), File::Mode::Read);
    EXPECT_FALSE(describe(missing).empty());
    EXPECT_EQ(std::string::npos, describe(missing).find_first_of("\r\n"));
    EXPECT_NE(std::string::npos, describe(123456).find("123456"));
    EXPECT_FALSE(is_disk_full(missing));
    EXPECT_FALSE(is_access_denied(missing));
}

}  // namespace
}  // namespace remapi::port
