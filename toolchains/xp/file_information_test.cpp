// SPDX-License-Identifier: LGPL-2.1-or-later
#include <windows.h>

#include <gtest/gtest.h>

#include <string>

namespace {

class FileInformation : public testing::Test {
protected:
    void SetUp() override {
        wchar_t folder[MAX_PATH];
        ASSERT_NE(GetTempPathW(MAX_PATH, folder), 0u);
        wchar_t path[MAX_PATH];
        ASSERT_NE(GetTempFileNameW(folder, L"xp", 0, path), 0u);
        m_path = path;
        file = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING,
                           FILE_FLAG_DELETE_ON_CLOSE, nullptr);
        ASSERT_NE(file, INVALID_HANDLE_VALUE);
        DWORD written = 0;
        ASSERT_TRUE(WriteFile(file, "12345", 5, &written, nullptr));
    }

    void TearDown() override { CloseHandle(file); }

    HANDLE file = INVALID_HANDLE_VALUE;
    std::wstring m_path;
};

TEST_F(FileInformation, TellsSizeAndKind) {
    FILE_STANDARD_INFO info{};
    ASSERT_TRUE(GetFileInformationByHandleEx(file, FileStandardInfo, &info, sizeof(info)));
    EXPECT_EQ(info.EndOfFile.QuadPart, 5);
    EXPECT_EQ(info.NumberOfLinks, 1u);
    EXPECT_FALSE(info.Directory);
}

TEST_F(FileInformation, TellsTheTimesTheOlderFunctionTells) {
    FILE_BASIC_INFO info{};
    BY_HANDLE_FILE_INFORMATION older{};
    ASSERT_TRUE(GetFileInformationByHandleEx(file, FileBasicInfo, &info, sizeof(info)));
    ASSERT_TRUE(GetFileInformationByHandle(file, &older));
    EXPECT_EQ(info.LastWriteTime.u.LowPart, older.ftLastWriteTime.dwLowDateTime);
    EXPECT_EQ(static_cast<DWORD>(info.LastWriteTime.u.HighPart),
              older.ftLastWriteTime.dwHighDateTime);
    EXPECT_EQ(info.FileAttributes, older.dwFileAttributes);
}

TEST_F(FileInformation, TellsTheNameWithoutItsVolume) {
    alignas(FILE_NAME_INFO) char block[sizeof(FILE_NAME_INFO) + MAX_PATH * sizeof(wchar_t)] = {};
    ASSERT_TRUE(GetFileInformationByHandleEx(file, FileNameInfo, block, sizeof(block)));
    const auto* info = reinterpret_cast<const FILE_NAME_INFO*>(block);
    const std::wstring name(info->FileName, info->FileNameLength / sizeof(wchar_t));
    const std::wstring last = m_path.substr(m_path.rfind(L'\\'));
    ASSERT_GE(name.size(), last.size());
    EXPECT_EQ(name.substr(name.size() - last.size()), last);
}

TEST_F(FileInformation, ReportsABufferThatIsTooSmall) {
    FILE_STANDARD_INFO info{};
    SetLastError(0);
    EXPECT_FALSE(GetFileInformationByHandleEx(file, FileStandardInfo, &info, 4));
    EXPECT_EQ(GetLastError(), DWORD{ERROR_BAD_LENGTH});
}

TEST_F(FileInformation, ReportsAHandleThatIsNone) {
    FILE_STANDARD_INFO info{};
    SetLastError(0);
    EXPECT_FALSE(GetFileInformationByHandleEx(reinterpret_cast<HANDLE>(0x7FFFFFF0),
                                              FileStandardInfo, &info, sizeof(info)));
    EXPECT_EQ(GetLastError(), DWORD{ERROR_INVALID_HANDLE});
}

TEST_F(FileInformation, ReportsAClassThatIsNone) {
    FILE_STANDARD_INFO info{};
    SetLastError(0);
    EXPECT_FALSE(GetFileInformationByHandleEx(file, static_cast<FILE_INFO_BY_HANDLE_CLASS>(99),
                                              &info, sizeof(info)));
    EXPECT_EQ(GetLastError(), DWORD{ERROR_INVALID_PARAMETER});
}

}  // namespace
