// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/install/module_files.h"

#include "tools/remapi/cli/failure.h"
#include "tools/remapi/install/scratch_folder_test.h"

namespace remapi::tool {
namespace {

class ModuleFilesTest : public ScratchFolderTest {
protected:
    static std::string program(unsigned machine) {
        std::string bytes(0x80, '\0');
        bytes.replace(0, 2, "MZ");
        bytes[0x3C] = 0x40;
        bytes.replace(0x40, 2, "PE");
        bytes[0x44] = static_cast<char>(machine & 0xFF);
        bytes[0x45] = static_cast<char>(machine >> 8);
        return bytes;
    }
};

TEST_F(ModuleFilesTest, TheHeaderTellsTheMachine) {
    EXPECT_EQ(machine_of(put(REMAPI_W("a.exe"), program(0x014C))), Machine::X86);
    EXPECT_EQ(machine_of(put(REMAPI_W("b.exe"), program(0x8664))), Machine::X86_64);
    EXPECT_EQ(machine_of(put(REMAPI_W("c.exe"), program(0xAA64))), Machine::Other);
}

TEST_F(ModuleFilesTest, WhatIsNoProgramHasNoMachine) {
    std::string far_away = program(0x8664);
    far_away.replace(0x3C, 4, "\xFF\xFF\xFF\xFF");
    EXPECT_FALSE(machine_of(put(REMAPI_W("far.exe"), far_away)));
    EXPECT_FALSE(machine_of(put(REMAPI_W("short.exe"), program(0x8664).substr(0, 0x44))));
    EXPECT_FALSE(machine_of(put(REMAPI_W("empty.exe"), "")));
    EXPECT_FALSE(machine_of(port::join_path(m_root, REMAPI_W("absent.exe"))));
}

TEST_F(ModuleFilesTest, OnlyLibrariesProgramsAndTheServiceFileAreModules) {
    for (const StringView name :
         {REMAPI_W("mapi32.dll"), REMAPI_W("REMAPI.EXE"), REMAPI_W("mapisvc.inf"),
          REMAPI_W("libmapi32.dll.a"), REMAPI_W("other.inf"), REMAPI_W(".dll")}) {
        put(name, program(0x8664));
    }
    EXPECT_EQ(module_names(m_root).size(), 3u);
    EXPECT_NO_THROW(require_modules(m_root, Machine::X86_64));
    EXPECT_THROW(require_modules(m_root, Machine::X86), Failure);
}

}  // namespace
}  // namespace remapi::tool
