// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include "port/file.h"
#include "port/support_test.h"

namespace remapi::port {
namespace {

struct Split {
    const WideChar* path;
    const WideChar* folder;
    const WideChar* leaf;
};

constexpr Split kSplits[] = {
    {REMAPI_W("/a/b"), REMAPI_W("/a"), REMAPI_W("b")},
    {REMAPI_W("/a//b"), REMAPI_W("/a"), REMAPI_W("b")},
    {REMAPI_W("/a/"), REMAPI_W("/a"), REMAPI_W("")},
    {REMAPI_W("/a"), REMAPI_W("/"), REMAPI_W("a")},
    {REMAPI_W("a"), REMAPI_W(""), REMAPI_W("a")},
    {REMAPI_W(""), REMAPI_W(""), REMAPI_W("")},
#ifdef _WIN32
    {L"C:\\a\\b", L"C:\\a", L"b"},
    {L"C:\\a/b", L"C:\\a", L"b"},
    {L"C:\\a", L"C:\\", L"a"},
    {L"C:a", L"C:", L"a"},
    {L"\\\\server\\share\\a", L"\\\\server\\share", L"a"},
#else
    {u"C:\\a/b\\c", u"C:\\a", u"b\\c"},
#endif
};

TEST(PathTest, SplitsAtTheLastSeparator) {
    for (const Split& split : kSplits) {
        EXPECT_TRUE(parent_folder(split.path) == split.folder)
            << testing::PrintToString(split.path);
        EXPECT_TRUE(leaf_name(split.path) == split.leaf) << testing::PrintToString(split.path);
    }
}

TEST(PathTest, JoinsWithOneSeparator) {
    const String separator(1, path_separator());
    EXPECT_EQ(REMAPI_W("a") + separator + REMAPI_W("b"), join_path(REMAPI_W("a"), REMAPI_W("b")));
    EXPECT_EQ(separator + REMAPI_W("b"), join_path(separator, REMAPI_W("b")));
    EXPECT_EQ(REMAPI_W("b"), join_path({}, REMAPI_W("b")));
#ifdef _WIN32
    EXPECT_EQ(L"C:b", join_path(L"C:", L"b"));
    EXPECT_EQ(L"C:/b", join_path(L"C:/", L"b"));
#endif
}

TEST(PathTest, KnowsAbsolutePaths) {
    EXPECT_FALSE(is_absolute_path({}));
    EXPECT_FALSE(is_absolute_path(REMAPI_W("a/b")));
#ifdef _WIN32
    EXPECT_TRUE(is_absolute_path(L"c:\\"));
    EXPECT_TRUE(is_absolute_path(L"C:/a"));
    EXPECT_TRUE(is_absolute_path(L"\\\\server\\share"));
    EXPECT_FALSE(is_absolute_path(L"\\a"));
    EXPECT_FALSE(is_absolute_path(L"C:a"));
#else
    EXPECT_TRUE(is_absolute_path(u"/"));
    EXPECT_FALSE(is_absolute_path(u"\\\\server\\share"));
#endif
}

TEST(PathTest, MakesPathsAbsoluteInTheCurrentFolder) {
    const test::ScratchFolder folder;
    const String before = absolute_path({});
    test::set_current_folder(folder.path());
    const String inside = absolute_path({});
    const String relative = absolute_path(REMAPI_W("a"));
    test::set_current_folder(before);
    EXPECT_TRUE(is_absolute_path(before));
    EXPECT_TRUE(leaf_name(inside) == leaf_name(folder.path()));
    EXPECT_EQ(join_path(inside, REMAPI_W("a")), relative);
    EXPECT_EQ(folder.file(REMAPI_W("a")), absolute_path(folder.file(REMAPI_W("a"))));
}

TEST(PathTest, KnowsTheFoldersOfTheUserAndTheSystem) {
    EXPECT_TRUE(is_folder(temporary_folder()));
    EXPECT_TRUE(is_absolute_path(local_data_folder()));
    EXPECT_TRUE(is_absolute_path(configuration_folder()));
    EXPECT_FALSE(is_remote(temporary_folder()));
    EXPECT_FALSE(is_remote(join_path(temporary_folder(), REMAPI_W("missing"))));
#ifdef _WIN32
    EXPECT_TRUE(is_folder(system_folder()));
    EXPECT_EQ(local_data_folder(), configuration_folder());
#else
    EXPECT_TRUE(system_folder().empty());
    const test::ScopedEnvironment data("XDG_DATA_HOME", "/data");
    const test::ScopedEnvironment relative("XDG_CONFIG_HOME", "relative");
    EXPECT_EQ(u"/data", local_data_folder());
    EXPECT_TRUE(configuration_folder().ends_with(u"/.config"));
#endif
}

}  // namespace
}  // namespace remapi::port
