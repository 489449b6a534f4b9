// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/display_table_fixture.h"

namespace remapi::test {
namespace {

/// A structure with room for its text behind it.
template <class Structure, class Unit>
struct WithText {
    Structure structure;
    Unit text[32];
};

LPSTR characters(const void* text) {
    return static_cast<LPSTR>(const_cast<void*>(text));
}

TEST_F(DisplayTable, EveryControlIsARowWithTheRequiredColumns) {
    DTBLLABEL label = {};
    DTBLEDIT edit = {0, 0, 40, PR_DISPLAY_NAME_A};
    BYTE id[] = {1, 2, 3, 4, 5};
    DTCTL controls[] = {control(DTCT_LABEL, &label), control(DTCT_EDIT, &edit)};
    controls[1].ulCtlFlags = DT_EDITABLE | DT_REQUIRED;
    controls[1].lpbNotif = id;
    controls[1].cbNotif = sizeof id;
    ASSERT_HR(S_OK, build(controls, 2));
    ASSERT_EQ(2u, rows().cRows);
    EXPECT_EQ(LONG{DTCT_LABEL}, cell(0, PR_CONTROL_TYPE).Value.l);
    EXPECT_EQ(LONG{DTCT_EDIT}, cell(1, PR_CONTROL_TYPE).Value.l);
    EXPECT_EQ(LONG{DT_EDITABLE | DT_REQUIRED}, cell(1, PR_CONTROL_FLAGS).Value.l);
    const SBinary& bytes = cell(1, PR_CONTROL_ID).Value.bin;
    ASSERT_EQ(sizeof id, bytes.cb);
    EXPECT_EQ(0, std::memcmp(id, bytes.lpb, sizeof id));
    for (const ULONG tag : {PR_XPOS, PR_YPOS, PR_DELTAX, PR_DELTAY}) {
        EXPECT_EQ(0, cell(1, tag).Value.l) << "without a dialog a control has no place";
    }
    EXPECT_EQ(40u, structure<DTBLEDIT>(1).ulNumCharsAllowed);
    EXPECT_EQ(PR_DISPLAY_NAME_A, structure<DTBLEDIT>(1).ulPropTag);
}

TEST_F(DisplayTable, RowsOfAllPagesStandInTheirOrder) {
    DTBLPAGE tab = {};
    DTBLGROUPBOX box = {};
    DTCTL first[] = {control(DTCT_PAGE, &tab), control(DTCT_GROUPBOX, &box)};
    DTCTL second[] = {control(DTCT_PAGE, &tab)};
    DTPAGE pages[3] = {};
    pages[0].cctl = 2;
    pages[0].lpctl = first;
    pages[2].cctl = 1;
    pages[2].lpctl = second;
    ASSERT_HR(S_OK, build(nullptr, pages, 3, 0));
    ASSERT_EQ(3u, rows().cRows);
    EXPECT_EQ(LONG{DTCT_PAGE}, cell(0, PR_CONTROL_TYPE).Value.l);
    EXPECT_EQ(LONG{DTCT_GROUPBOX}, cell(1, PR_CONTROL_TYPE).Value.l);
    EXPECT_EQ(LONG{DTCT_PAGE}, cell(2, PR_CONTROL_TYPE).Value.l);
}

TEST_F(DisplayTable, NoPagesAreAnEmptyTable) {
    ASSERT_HR(S_OK, build(nullptr, nullptr, 0, 0));
    ULONG count = 7;
    EXPECT_HR(S_OK, m_table->GetRowCount(0, &count));
    EXPECT_EQ(0u, count);
}

TEST_F(DisplayTable, StructuresWithoutTextsAreTakenAsTheyAre) {
    DTBLLBX list = {MAPI_NO_HBAR, PR_NULL, PR_CONTAINER_CONTENTS};
    DTBLDDLBX drop = {0, PR_DISPLAY_NAME_A, PR_ROWID, PR_CONTAINER_HIERARCHY};
    DTBLMVLISTBOX many = {0, PROP_TAG(PT_MV_STRING8, 0x6601)};
    DTBLMVDDLBX many_drop = {0, PROP_TAG(PT_MV_STRING8, 0x6602)};
    DTCTL controls[] = {control(DTCT_LBX, &list), control(DTCT_DDLBX, &drop),
                        control(DTCT_MVLISTBOX, &many), control(DTCT_MVDDLBX, &many_drop)};
    ASSERT_HR(S_OK, build(controls, 4, MAPI_UNICODE));
    ASSERT_EQ(4u, rows().cRows);
    const auto same = [&](ULONG row, const void* structure, ULONG size) {
        const SBinary& bytes = cell(row, PR_CONTROL_STRUCTURE).Value.bin;
        return bytes.cb == size && std::memcmp(bytes.lpb, structure, size) == 0;
    };
    EXPECT_TRUE(same(0, &list, sizeof list));
    EXPECT_TRUE(same(1, &drop, sizeof drop));
    EXPECT_TRUE(same(2, &many, sizeof many));
    EXPECT_TRUE(same(3, &many_drop, sizeof many_drop));
}

TEST_F(DisplayTable, TheFilterOfEditAndComboBoxLiesBehindTheStructure) {
    DTBLEDIT edit = {99, 0, 10, PR_DISPLAY_NAME_A};
    DTBLCOMBOBOX combo = {0, 0, 20, PR_DISPLAY_NAME_A, PR_CONTAINER_CONTENTS};
    DTCTL controls[] = {control(DTCT_EDIT, &edit), control(DTCT_COMBOBOX, &combo)};
    controls[0].lpszFilter = characters("[0-9]");
    controls[1].lpszFilter = characters("*");
    ASSERT_HR(S_OK, build(controls, 2));
    ASSERT_EQ(2u, rows().cRows);
    EXPECT_EQ(sizeof(DTBLEDIT), structure<DTBLEDIT>(0).ulbLpszCharsAllowed);
    EXPECT_EQ(0u, structure<DTBLEDIT>(0).ulFlags);
    EXPECT_EQ("[0-9]", text_at<char>(0, structure<DTBLEDIT>(0).ulbLpszCharsAllowed));
    EXPECT_EQ("*", text_at<char>(1, structure<DTBLCOMBOBOX>(1).ulbLpszCharsAllowed));
    EXPECT_EQ(20u, structure<DTBLCOMBOBOX>(1).ulNumCharsAllowed);
}

TEST_F(DisplayTable, WithUnicodeTheFilterIsUtf16AndTheStructureSaysSo) {
    DTBLEDIT edit = {0, 0, 10, PR_DISPLAY_NAME_W};
    DTCTL controls[] = {control(DTCT_EDIT, &edit)};
    controls[0].lpszFilter = characters(REMAPI_W("[\u00E4-z]"));
    ASSERT_HR(S_OK, build(controls, 1, MAPI_UNICODE));
    ASSERT_EQ(1u, rows().cRows);
    EXPECT_EQ(ULONG{MAPI_UNICODE}, structure<DTBLEDIT>(0).ulFlags);
    EXPECT_EQ(REMAPI_W("[\u00E4-z]"),
              text_at<WCHAR>(0, structure<DTBLEDIT>(0).ulbLpszCharsAllowed));
}

template <class Structure>
WithText<Structure, char> labelled(const char* label) {
    WithText<Structure, char> result = {};
    const ULONG offset = sizeof(Structure);
    std::memcpy(&result.structure, &offset, sizeof offset);  // the first member of all of them
    std::strcpy(result.text, label);
    return result;
}

TEST_F(DisplayTable, WithoutADialogALabelIsTheStructuresOwn) {
    auto label = labelled<DTBLLABEL>("&Name:");
    auto check_box = labelled<DTBLCHECKBOX>("Rich &text");
    auto group = labelled<DTBLGROUPBOX>("Options");
    auto button = labelled<DTBLBUTTON>("&More...");
    auto radio = labelled<DTBLRADIOBUTTON>("First");
    auto page = labelled<DTBLPAGE>("General");
    radio.structure.ulcButtons = 2;
    radio.structure.lReturnValue = 7;
    check_box.structure.ulPRPropertyName = PR_SEND_RICH_INFO;
    DTCTL controls[] = {control(DTCT_LABEL, &label),       control(DTCT_CHECKBOX, &check_box),
                        control(DTCT_GROUPBOX, &group),    control(DTCT_BUTTON, &button),
                        control(DTCT_RADIOBUTTON, &radio), control(DTCT_PAGE, &page)};
    ASSERT_HR(S_OK, build(controls, 6));
    ASSERT_EQ(6u, rows().cRows);
    EXPECT_EQ("&Name:", text_at<char>(0, structure<DTBLLABEL>(0).ulbLpszLabelName));
    EXPECT_EQ("Rich &text", text_at<char>(1, structure<DTBLCHECKBOX>(1).ulbLpszLabel));
    EXPECT_EQ(PR_SEND_RICH_INFO, structure<DTBLCHECKBOX>(1).ulPRPropertyName);
    EXPECT_EQ("Options", text_at<char>(2, structure<DTBLGROUPBOX>(2).ulbLpszLabel));
    EXPECT_EQ("&More...", text_at<char>(3, structure<DTBLBUTTON>(3).ulbLpszLabel));
    EXPECT_EQ("First", text_at<char>(4, structure<DTBLRADIOBUTTON>(4).ulbLpszLabel));
    EXPECT_EQ(2u, structure<DTBLRADIOBUTTON>(4).ulcButtons);
    EXPECT_EQ(7, structure<DTBLRADIOBUTTON>(4).lReturnValue);
    EXPECT_EQ("General", text_at<char>(5, structure<DTBLPAGE>(5).ulbLpszLabel));
}

TEST_F(DisplayTable, LabelsOfOtherWidthAreConverted) {
    WithText<DTBLLABEL, WCHAR> wide = {{sizeof(DTBLLABEL), MAPI_UNICODE}, {'H', 'i', 0}};
    auto narrow = labelled<DTBLLABEL>("Ho");
    DTCTL controls[] = {control(DTCT_LABEL, &wide), control(DTCT_LABEL, &narrow)};
    ASSERT_HR(S_OK, build(controls, 2));
    rows();
    EXPECT_EQ(0u, structure<DTBLLABEL>(0).ulFlags);
    EXPECT_EQ("Hi", text_at<char>(0, structure<DTBLLABEL>(0).ulbLpszLabelName));
    ASSERT_HR(S_OK, build(controls, 2, MAPI_UNICODE));
    rows();
    EXPECT_EQ(ULONG{MAPI_UNICODE}, structure<DTBLLABEL>(1).ulFlags);
    EXPECT_EQ(REMAPI_W("Ho"), text_at<WCHAR>(1, structure<DTBLLABEL>(1).ulbLpszLabelName));
}

TEST_F(DisplayTable, ThePagesComponentLiesBehindItsLabel) {
    auto tab = labelled<DTBLPAGE>("General");
    tab.structure.ulContext = 17;
    DTCTL controls[] = {control(DTCT_PAGE, &tab)};
    DTPAGE page = {};
    page.cctl = 1;
    page.lpctl = controls;
    page.lpszComponent = characters("MyHelp");
    ASSERT_HR(S_OK, build(nullptr, &page, 1, 0));
    rows();
    EXPECT_EQ("General", text_at<char>(0, structure<DTBLPAGE>(0).ulbLpszLabel));
    EXPECT_EQ("MyHelp", text_at<char>(0, structure<DTBLPAGE>(0).ulbLpszComponent));
    EXPECT_EQ(17u, structure<DTBLPAGE>(0).ulContext);
    page.lpszComponent = nullptr;
    ASSERT_HR(S_OK, build(nullptr, &page, 1, 0));
    rows();
    EXPECT_EQ(0u, structure<DTBLPAGE>(0).ulbLpszComponent);
}

TEST_F(DisplayTable, TheTableDataChangesTheRowsOfTheView) {
    DTBLGROUPBOX box = {};
    DTCTL controls[] = {control(DTCT_GROUPBOX, &box), control(DTCT_GROUPBOX, &box)};
    DTPAGE page = {};
    page.cctl = 2;
    page.lpctl = controls;
    com::Ptr<ITableData> data;
    ASSERT_HR(S_OK, build(nullptr, &page, 1, 0, data.put()));
    ASSERT_TRUE(data);
    rows();
    SPropValue index = cell(1, PR_ROWID);
    SPropValue values[] = {index, {}};
    values[1].ulPropTag = PR_CONTROL_FLAGS;
    values[1].Value.l = DT_REQUIRED;
    SRow row = {0, 2, values};
    EXPECT_HR(S_OK, data->HrModifyRow(&row));
    ASSERT_HR(S_OK, m_table->SeekRow(BOOKMARK_BEGINNING, 0, nullptr));
    ASSERT_EQ(2u, rows().cRows);
    EXPECT_EQ(LONG{DT_REQUIRED}, cell(1, PR_CONTROL_FLAGS).Value.l);
}

TEST_F(DisplayTable, ADialogThatTheModuleDoesNotHaveIsNotFound) {
    DTBLGROUPBOX box = {};
    DTCTL controls[] = {control(DTCT_GROUPBOX, &box)};
    DTPAGE page = {};
    page.cctl = 1;
    page.lpctl = controls;
    page.lpszResourceName = characters("NO_SUCH_DIALOG");
    EXPECT_HR(MAPI_E_NOT_FOUND, build(nullptr, &page, 1, 0));
    EXPECT_FALSE(m_table);
    page.lpszResourceName = reinterpret_cast<LPSTR>(std::uintptr_t{4711});
    EXPECT_HR(MAPI_E_NOT_FOUND, build(nullptr, &page, 1, 0));
}

TEST_F(DisplayTable, InvalidArgumentsAreRefused) {
    DTBLGROUPBOX box = {};
    DTCTL controls[] = {control(DTCT_GROUPBOX, &box)};
    DTPAGE page = {};
    page.cctl = 1;
    page.lpctl = controls;
    ITableData* data = reinterpret_cast<ITableData*>(1);
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, build(nullptr, &page, 1, 1, &data));
    EXPECT_EQ(nullptr, data);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, build(nullptr, nullptr, 1, 0));
    IMAPITable* table = nullptr;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              build_table(nullptr, more, free, nullptr, nullptr, 1, &page, 0, &table, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              build_table(allocate, nullptr, free, nullptr, nullptr, 1, &page, 0, &table, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              build_table(allocate, more, nullptr, nullptr, nullptr, 1, &page, 0, &table, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              build_table(allocate, more, free, nullptr, nullptr, 1, &page, 0, nullptr, nullptr));
    page.lpctl = nullptr;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, build(nullptr, &page, 1, 0));
}

TEST_F(DisplayTable, ControlsThatMeanNothingAreRefused) {
    DTBLGROUPBOX box = {};
    DTCTL unknown = control(13, &box);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, build(&unknown, 1));
    DTCTL empty = control(DTCT_GROUPBOX, nullptr);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, build(&empty, 1));
    DTCTL nameless = control(DTCT_GROUPBOX, &box);
    nameless.cbNotif = 16;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, build(&nameless, 1));
    nameless.cbNotif = 0;
    EXPECT_HR(S_OK, build(&nameless, 1));
}

}  // namespace
}  // namespace remapi::test
