// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/install/win_ini.h"

#include "tools/remapi/install/scratch_folder_test.h"

namespace remapi::tool {
namespace {

class WinIniTest : public ScratchFolderTest {
protected:
    void SetUp() override {
        ScratchFolderTest::SetUp();
        ASSERT_EQ(port::create_folders(m_state), 0);
    }
    std::string now() const { return content(kName); }
    void install() {
        FileChanges changes(m_root, m_state);
        install_mail_flags(changes, m_root, kName, m_state);
    }
    void uninstall() {
        FileChanges changes(m_root, m_state);
        prepare_mail_flags_undo(changes, m_root, kName, m_state);
        changes.undo();
    }

    const String kName = REMAPI_W("win.ini");
};

TEST_F(WinIniTest, EveryByteComesBack) {
    const std::string before = "; for 16-bit app support\r\n[fonts]\r\n\r\n[Mail]\r\nMAPI = 0\r\n";
    put(kName, before);
    install();
    EXPECT_NE(now().find("[Mail]\r\nMAPI=1\r\nCMC=1\r\n"), std::string::npos);
    install();
    uninstall();
    EXPECT_EQ(now(), before);
}

TEST_F(WinIniTest, WithoutAFileThereIsNoneAfterwards) {
    install();
    EXPECT_TRUE(now().starts_with("[Mail]\r\nMAPI=1\r\n"));
    uninstall();
    EXPECT_EQ(now(), "(absent)");
}

TEST_F(WinIniTest, WhatOthersAddedMeanwhileStays) {
    put(kName, "[Mail]\r\nMAPI=0\r\n");
    install();
    put(kName, now() + "[Desktop]\r\nx=1\r\n");
    uninstall();
    EXPECT_EQ(now(), "[Mail]\r\nMAPI=0\r\n[Desktop]\r\nx=1\r\n");
}

}  // namespace
}  // namespace remapi::tool
