// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/module.h"

#include <gtest/gtest.h>

#include "port/file.h"
#include "port/support_test.h"

namespace remapi::port {
namespace {

TEST(ModuleTest, LoadsByFullPathAndFindsFunctions) {
    std::string error;
    ModuleHandle module = load_module(test::some_module(), error);
    ASSERT_NE(nullptr, module) << error;
    using Cosine = double (*)(double);
    const auto cosine = reinterpret_cast<Cosine>(find_symbol(module, "cos"));
    ASSERT_NE(nullptr, cosine);
    EXPECT_EQ(1.0, cosine(0.0));
    EXPECT_EQ(nullptr, find_symbol(module, "no such function"));
    unload_module(module);
    EXPECT_EQ(nullptr, find_symbol(nullptr, "cos"));
}

TEST(ModuleTest, SaysWhyAModuleDoesNotLoad) {
    const test::ScratchFolder folder;
    std::string error;
    EXPECT_EQ(nullptr, load_module(leaf_name(test::some_module()), error));
    EXPECT_FALSE(error.empty());
    error.clear();
    EXPECT_EQ(nullptr, load_module(folder.file(REMAPI_W("missing")), error));
    EXPECT_FALSE(error.empty());
    error.clear();
    ASSERT_EQ(0, write_file(folder.file(REMAPI_W("text.dll")), "no module"));
    EXPECT_EQ(nullptr, load_module(folder.file(REMAPI_W("text.dll")), error));
    EXPECT_FALSE(error.empty());
}

TEST(ModuleTest, LoadsSystemModulesByName) {
#ifdef _WIN32
    const char* const name = "version.dll";
    const char* const function = "VerQueryValueW";
#else
    const char* const name = "libm.so.6";
    const char* const function = "cos";
#endif
    ModuleHandle module = load_system_module(name);
    ASSERT_NE(nullptr, module);
    EXPECT_NE(nullptr, find_symbol(module, function));
    unload_module(module);
    EXPECT_EQ(nullptr, load_system_module("no-such-module"));
}

TEST(ModuleTest, KnowsWhereItLiesWhereverTheCurrentFolderIs) {
    const String before = absolute_path({});
    const String path = own_module_path();
    test::set_current_folder(temporary_folder());
    const String again = own_module_path();
    test::set_current_folder(before);
    EXPECT_TRUE(is_absolute_path(path));
    EXPECT_TRUE(exists(path));
    EXPECT_EQ(path, again);
    EXPECT_EQ(path, join_path(own_module_folder(), leaf_name(path)));
}

TEST(ModuleTest, PinsItselfAnyNumberOfTimes) {
    pin_own_module();
    pin_own_module();
    EXPECT_TRUE(exists(own_module_path()));
}

}  // namespace
}  // namespace remapi::port
