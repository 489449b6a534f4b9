// SPDX-License-Identifier: LGPL-2.1-or-later
#include <windows.h>

#include <gtest/gtest.h>

#include <string>

namespace {

class MuiString : public testing::Test {
protected:
    static constexpr const wchar_t* kKey = L"Software\\Remapi-xp-test";

    void SetUp() override {
        ASSERT_EQ(RegCreateKeyExW(HKEY_CURRENT_USER, kKey, 0, nullptr, REG_OPTION_VOLATILE,
                                  KEY_ALL_ACCESS, nullptr, &key, nullptr),
                  ERROR_SUCCESS);
    }

    void TearDown() override {
        RegCloseKey(key);
        RegDeleteKeyW(HKEY_CURRENT_USER, kKey);
    }

    void store(const std::wstring& text, DWORD type = REG_SZ) {
        ASSERT_EQ(
            RegSetValueExW(key, L"value", 0, type, reinterpret_cast<const BYTE*>(text.c_str()),
                           static_cast<DWORD>((text.size() + 1) * sizeof(wchar_t))),
            ERROR_SUCCESS);
    }

    LONG load(DWORD flags = 0) {
        return RegLoadMUIStringW(key, L"value", out, sizeof(out), flags ? nullptr : &bytes, flags,
                                 nullptr);
    }

    HKEY key = nullptr;
    wchar_t out[256] = {};
    DWORD bytes = 0;
};

/// A string number of kernel32's or shell32's own table with text behind it.
struct Resource {
    unsigned number = 0;
    std::wstring text;
};

Resource any_string_of(const wchar_t* file) {
    const HMODULE module = LoadLibraryExW(file, nullptr, LOAD_LIBRARY_AS_DATAFILE);
    Resource found;
    for (unsigned number = 1; module && number < 0xFFFF && found.text.empty(); ++number) {
        wchar_t text[200];
        const int units = LoadStringW(module, number, text, 200);
        if (units > 3 && units < 199) found = {number, text};
    }
    if (module) FreeLibrary(module);
    return found;
}

TEST_F(MuiString, FollowsAReferenceIntoADll) {
    const Resource resource = any_string_of(L"shell32.dll");
    ASSERT_FALSE(resource.text.empty());
    store(L"@%SystemRoot%\\system32\\shell32.dll,-" + std::to_wstring(resource.number));
    ASSERT_EQ(load(), ERROR_SUCCESS);
    EXPECT_EQ(std::wstring(out), resource.text);
    EXPECT_EQ(bytes, (resource.text.size() + 1) * sizeof(wchar_t));
}

TEST_F(MuiString, CutsOnlyWhenAsked) {
    const Resource resource = any_string_of(L"shell32.dll");
    ASSERT_FALSE(resource.text.empty());
    store(L"@%SystemRoot%\\system32\\shell32.dll,-" + std::to_wstring(resource.number));
    EXPECT_EQ(RegLoadMUIStringW(key, L"value", out, 3 * sizeof(wchar_t), &bytes, 0, nullptr),
              ERROR_MORE_DATA);
    EXPECT_EQ(bytes, (resource.text.size() + 1) * sizeof(wchar_t));
    ASSERT_EQ(RegLoadMUIStringW(key, L"value", out, 3 * sizeof(wchar_t), nullptr,
                                REG_MUI_STRING_TRUNCATE, nullptr),
              ERROR_SUCCESS);
    EXPECT_EQ(std::wstring(out), resource.text.substr(0, 2));
}

TEST_F(MuiString, ReportsAValueThatIsMissing) {
    EXPECT_EQ(load(), ERROR_FILE_NOT_FOUND);
}

TEST_F(MuiString, ReportsADllThatIsMissing) {
    store(L"@no-such-file-of-ours.dll,-1");
    EXPECT_NE(load(), ERROR_SUCCESS);
}

TEST_F(MuiString, RefusesToCutAndToTellTheSizeAtOnce) {
    store(L"@shell32.dll,-1");
    EXPECT_EQ(RegLoadMUIStringW(key, L"value", out, sizeof(out), &bytes, REG_MUI_STRING_TRUNCATE,
                                nullptr),
              ERROR_INVALID_PARAMETER);
}

}  // namespace
