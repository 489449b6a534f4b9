// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Display tables of dialogs that lie in a module, so for Windows and Wine only.
#include "compat-tests/conformance/display_table_fixture.h"
#include "format/bytes.h"

namespace remapi::test {
namespace {

constexpr WORD kDialogId = 101;
constexpr WORD kBrokenId = 102;
constexpr WORD kLabelId = 11;
constexpr WORD kEditId = 12;
constexpr WORD kComponentId = 7;

void append_control(format::Writer& writer, WORD id, const int (&box)[4], const WCHAR* text) {
    while (writer.size() % 4 != 0) writer.u8(0);
    writer.u32(0);
    writer.u32(0);
    for (const int value : box) writer.u16(static_cast<std::uint16_t>(value));
    writer.u16(id);
    writer.text16(REMAPI_W("STATIC"));
    writer.text16(text);
    writer.u16(0);
}

Bytes dialog() {
    format::Writer writer;
    writer.u32(0);
    writer.u32(0);
    writer.u16(2);
    for (const int value : {30, 40, 200, 180}) writer.u16(static_cast<std::uint16_t>(value));
    writer.u16(0);
    writer.u16(0);
    writer.text16(REMAPI_W("General"));
    append_control(writer, kLabelId, {5, 6, 50, 8}, REMAPI_W("&Name:"));
    append_control(writer, kEditId, {60, 6, 100, 12}, REMAPI_W("ignored"));
    return writer.take();
}

/// The block of the string table that holds the strings 0 to 15.
Bytes strings() {
    format::Writer writer;
    for (WORD id = 0; id < 16; ++id) {
        const StringView text = id == kComponentId ? StringView(REMAPI_W("MyHelp")) : StringView();
        writer.u16(static_cast<std::uint16_t>(text.size()));
        for (const WCHAR unit : text) writer.u16(static_cast<std::uint16_t>(unit));
    }
    return writer.take();
}

/// Pages: as DisplayTable
class DialogTable : public DisplayTable {
protected:
    void SetUp() override {
        DisplayTable::SetUp();
        WCHAR system[MAX_PATH] = {};
        WCHAR folder[MAX_PATH] = {};
        ASSERT_NE(0u, GetSystemDirectoryW(system, MAX_PATH));
        ASSERT_NE(0u, GetTempPathW(MAX_PATH, folder));
        ASSERT_NE(0u, GetTempFileNameW(folder, L"rmp", 0, m_path));
        ASSERT_TRUE(CopyFileW((String(system) + L"\\version.dll").c_str(), m_path, FALSE));
        const HANDLE update = BeginUpdateResourceW(m_path, TRUE);
        ASSERT_TRUE(update);
        put(update, 5, MAKEINTRESOURCEW(kDialogId), dialog());
        put(update, 5, L"NAMED", dialog());
        put(update, 5, MAKEINTRESOURCEW(kBrokenId), Bytes(6, 1));
        put(update, 6, MAKEINTRESOURCEW(kComponentId / 16 + 1), strings());
        ASSERT_TRUE(EndUpdateResourceW(update, FALSE));
        m_module = LoadLibraryExW(m_path, nullptr, LOAD_LIBRARY_AS_DATAFILE);
        ASSERT_TRUE(m_module);
    }
    void TearDown() override {
        if (m_module) FreeLibrary(m_module);
        DeleteFileW(m_path);
        DisplayTable::TearDown();
    }
    static void put(HANDLE update, WORD type, LPCWSTR name, Bytes bytes) {
        EXPECT_TRUE(UpdateResourceW(update, MAKEINTRESOURCEW(type), name, 0, bytes.data(),
                                    static_cast<DWORD>(bytes.size())));
    }
    HRESULT build_page(void* resource_name, ULONG flags = 0) {
        m_page.cctl = 3;
        m_page.lpctl = m_controls;
        m_page.lpszResourceName = static_cast<LPSTR>(resource_name);
        return build(m_module, &m_page, 1, flags);
    }

    DTBLPAGE m_tab = {99, 0, 0, 17};
    DTBLLABEL m_label = {};
    DTBLEDIT m_edit = {0, 0, 40, PR_DISPLAY_NAME_A};
    DTCTL m_controls[3] = {control(DTCT_PAGE, &m_tab), numbered(DTCT_LABEL, &m_label, kLabelId),
                           numbered(DTCT_EDIT, &m_edit, kEditId)};
    DTPAGE m_page = {};
    WCHAR m_path[MAX_PATH] = {};
    HMODULE m_module = nullptr;

private:
    static DTCTL numbered(ULONG type, void* structure, ULONG id) {
        DTCTL result = control(type, structure);
        result.ulItemID = id;
        return result;
    }
};

TEST_F(DialogTable, PlacesAndLabelsComeFromTheDialog) {
    ASSERT_HR(S_OK, build_page(MAKEINTRESOURCEA(kDialogId)));
    ASSERT_EQ(3u, rows().cRows);
    EXPECT_EQ(5, cell(1, PR_XPOS).Value.l);
    EXPECT_EQ(6, cell(1, PR_YPOS).Value.l);
    EXPECT_EQ(50, cell(1, PR_DELTAX).Value.l);
    EXPECT_EQ(8, cell(1, PR_DELTAY).Value.l);
    EXPECT_EQ(60, cell(2, PR_XPOS).Value.l);
    EXPECT_EQ("&Name:", text_at<char>(1, structure<DTBLLABEL>(1).ulbLpszLabelName));
    EXPECT_EQ(0u, structure<DTBLEDIT>(2).ulbLpszCharsAllowed) << "its text is no filter";
}

TEST_F(DialogTable, ThePageHasTheDialogsTitleAndSize) {
    ASSERT_HR(S_OK, build_page(MAKEINTRESOURCEA(kDialogId), MAPI_UNICODE));
    rows();
    EXPECT_EQ(0, cell(0, PR_XPOS).Value.l);
    EXPECT_EQ(0, cell(0, PR_YPOS).Value.l);
    EXPECT_EQ(200, cell(0, PR_DELTAX).Value.l);
    EXPECT_EQ(180, cell(0, PR_DELTAY).Value.l);
    EXPECT_EQ(L"General", text_at<WCHAR>(0, structure<DTBLPAGE>(0).ulbLpszLabel));
    EXPECT_EQ(17u, structure<DTBLPAGE>(0).ulContext);
}

TEST_F(DialogTable, ADialogIsFoundByItsNameInBothWidths) {
    char narrow[] = "NAMED";
    WCHAR wide[] = L"NAMED";
    EXPECT_HR(S_OK, build_page(narrow));
    EXPECT_HR(S_OK, build_page(wide, MAPI_UNICODE));
}

TEST_F(DialogTable, TheComponentIsAStringOfTheModule) {
    m_page.ulItemID = kComponentId;
    ASSERT_HR(S_OK, build_page(MAKEINTRESOURCEA(kDialogId)));
    rows();
    EXPECT_EQ("MyHelp", text_at<char>(0, structure<DTBLPAGE>(0).ulbLpszComponent));
    m_page.ulItemID = 0;
    m_controls[0].ulItemID = kComponentId;
    ASSERT_HR(S_OK, build_page(MAKEINTRESOURCEA(kDialogId)));
    rows();
    EXPECT_EQ("MyHelp", text_at<char>(0, structure<DTBLPAGE>(0).ulbLpszComponent));
}

TEST_F(DialogTable, WhatIsMissingOrBrokenIsSaid) {
    EXPECT_HR(MAPI_E_NOT_FOUND, build_page(MAKEINTRESOURCEA(999)));
    EXPECT_HR(MAPI_E_CORRUPT_DATA, build_page(MAKEINTRESOURCEA(kBrokenId)));
    m_controls[2].ulItemID = 4711;
    EXPECT_HR(MAPI_E_NOT_FOUND, build_page(MAKEINTRESOURCEA(kDialogId)));
}

}  // namespace
}  // namespace remapi::test
