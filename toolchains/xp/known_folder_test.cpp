// SPDX-License-Identifier: LGPL-2.1-or-later
#include <windows.h>

#include <shlobj.h>

#include <gtest/gtest.h>

#include <initguid.h>
#include <knownfolders.h>

#include <string>

namespace {

struct Pair {
    const GUID& id;
    int number;
};

TEST(KnownFolder, IsTheFolderThatTheOlderFunctionNames) {
    const Pair pairs[] = {
        {FOLDERID_Desktop, CSIDL_DESKTOPDIRECTORY},
        {FOLDERID_Documents, CSIDL_PERSONAL},
        {FOLDERID_RoamingAppData, CSIDL_APPDATA},
        {FOLDERID_LocalAppData, CSIDL_LOCAL_APPDATA},
        {FOLDERID_ProgramData, CSIDL_COMMON_APPDATA},
        {FOLDERID_PublicDocuments, CSIDL_COMMON_DOCUMENTS},
        {FOLDERID_InternetCache, CSIDL_INTERNET_CACHE},
        {FOLDERID_Profile, CSIDL_PROFILE},
        {FOLDERID_Windows, CSIDL_WINDOWS},
        {FOLDERID_System, CSIDL_SYSTEM},
        {FOLDERID_Templates, CSIDL_TEMPLATES},
        {FOLDERID_Fonts, CSIDL_FONTS},
        {FOLDERID_Music, CSIDL_MYMUSIC},
        {FOLDERID_Pictures, CSIDL_MYPICTURES},
        {FOLDERID_Videos, CSIDL_MYVIDEO},
    };
    constexpr DWORD kCreate = 0x8000;  // KF_FLAG_CREATE
    for (const Pair& pair : pairs) {
        wchar_t expected[MAX_PATH] = {};
        const HRESULT older = SHGetFolderPathW(nullptr, pair.number | CSIDL_FLAG_CREATE, nullptr,
                                               SHGFP_TYPE_CURRENT, expected);
        ASSERT_EQ(older, S_OK) << pair.number;
        wchar_t* path = nullptr;
        ASSERT_EQ(SHGetKnownFolderPath(pair.id, kCreate, nullptr, &path), S_OK) << pair.number;
        ASSERT_NE(path, nullptr);
        EXPECT_EQ(std::wstring(path), expected);
        CoTaskMemFree(path);
    }
}

TEST(KnownFolder, UnknownOneIsNotFound) {
    const GUID none = {0x12345678, 0x1234, 0x1234, {1, 2, 3, 4, 5, 6, 7, 8}};
    wchar_t* path = reinterpret_cast<wchar_t*>(1);
    EXPECT_EQ(SHGetKnownFolderPath(none, 0, nullptr, &path),
              HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND));
    EXPECT_EQ(path, nullptr);
}

}  // namespace
