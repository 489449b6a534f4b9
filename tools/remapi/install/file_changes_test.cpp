// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/install/file_changes.h"

#include "tools/remapi/cli/failure.h"
#include "tools/remapi/install/scratch_folder_test.h"

namespace remapi::tool {
namespace {

class FileChangesTest : public ScratchFolderTest {
protected:
    void SetUp() override {
        ScratchFolderTest::SetUp();
        put(REMAPI_W("source"), "ours");
    }
};

TEST_F(FileChangesTest, WhatWasThereComesBack) {
    put(REMAPI_W("old.dll"), "theirs");
    FileChanges changes(m_root, m_state);
    EXPECT_FALSE(changes.installed());
    changes.copy(path(REMAPI_W("source")), REMAPI_W("old.dll"));
    changes.copy(path(REMAPI_W("source")), REMAPI_W("new.dll"));
    EXPECT_EQ(content(REMAPI_W("old.dll")), "ours");
    EXPECT_EQ(content(REMAPI_W("new.dll")), "ours");
    EXPECT_EQ(changes.original(REMAPI_W("old.dll")), "theirs");
    changes.undo();
    EXPECT_EQ(content(REMAPI_W("old.dll")), "theirs");
    EXPECT_EQ(content(REMAPI_W("new.dll")), "(absent)");
    EXPECT_TRUE(port::list_folder(m_state).empty());
}

TEST_F(FileChangesTest, ASecondInstallationKeepsTheFirstOriginal) {
    put(REMAPI_W("old.dll"), "theirs");
    FileChanges(m_root, m_state).copy(path(REMAPI_W("source")), REMAPI_W("old.dll"));
    FileChanges again(m_root, m_state);
    EXPECT_TRUE(again.installed());
    again.copy(path(REMAPI_W("source")), REMAPI_W("old.dll"));
    again.write("ours too", REMAPI_W("new.ini"));
    FileChanges(m_root, m_state).undo();
    EXPECT_EQ(content(REMAPI_W("old.dll")), "theirs");
    EXPECT_EQ(content(REMAPI_W("new.ini")), "(absent)");
}

TEST_F(FileChangesTest, AnInstallationThatFailedHalfWayCanBeUndone) {
    put(REMAPI_W("old.dll"), "theirs");
    FileChanges changes(m_root, m_state);
    EXPECT_THROW(changes.copy(path(REMAPI_W("missing")), REMAPI_W("old.dll")), Failure);
    FileChanges(m_root, m_state).undo();
    EXPECT_EQ(content(REMAPI_W("old.dll")), "theirs");
}

TEST_F(FileChangesTest, AnOriginalCanBeChangedBeforeItComesBack) {
    FileChanges changes(m_root, m_state);
    changes.write("ours", REMAPI_W("win.ini"));
    EXPECT_EQ(changes.original(REMAPI_W("win.ini")), "");
    changes.change_original(REMAPI_W("win.ini"), "someone else's");
    changes.undo();
    EXPECT_EQ(content(REMAPI_W("win.ini")), "someone else's");
}

TEST_F(FileChangesTest, DamagedRecordsAreNotTrusted) {
    ASSERT_EQ(port::create_folders(m_state), 0);
    put(REMAPI_W("state/files.tsv"), "file\tnew\tx%\t0\n");
    EXPECT_THROW(FileChanges(m_root, m_state), Failure);
}

}  // namespace
}  // namespace remapi::tool
