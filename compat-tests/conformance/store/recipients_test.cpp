// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/store/store_fixture.h"

namespace remapi::test {
namespace {

/// Pages: mapi/imessage-modifyrecipients.md, mapi/imessage-getrecipienttable.md,
/// mapi/recipient-tables.md
class Recipients : public StoreTest {
protected:
    void SetUp() override {
        StoreTest::SetUp();
        message = new_message(folder.get(), REMAPI_W("s"));
        add_recipients(message.get(), {{REMAPI_W("Ann"), REMAPI_W("ann@x")},
                                       {REMAPI_W("Bob"), REMAPI_W("bob@x"), MAPI_CC},
                                       {REMAPI_W("Cleo"), REMAPI_W("cleo@x"), MAPI_BCC}});
    }
    Texts shown() { return texts(recipients(message.get()).get(), PR_DISPLAY_NAME_W); }
    std::int64_t row_id(const WideChar* name) {
        for (const PropertyBag& row : rows_of(recipients(message.get()).get())) {
            if (row.text(PR_DISPLAY_NAME_W) == name) return row.number(PR_ROWID, -1);
        }
        throw Error(MAPI_E_NOT_FOUND, "a recipient");
    }
    static std::vector<PropValue> unresolved(const WideChar* name) {
        return {{PR_RECIPIENT_TYPE, MAPI_TO}, {PR_DISPLAY_NAME_W, name}};
    }
    ULONG matching(const Restriction& restriction) {
        const auto table = recipients(message.get());
        const auto packed = object::pack(restriction);
        check(table->Restrict(packed.get(), 0), "IMAPITable::Restrict");
        ULONG count = 0;
        check(table->GetRowCount(0, &count), "IMAPITable::GetRowCount");
        return count;
    }
    static Restriction property(ULONG relop, const PropValue& value) {
        Restriction restriction = restriction_of(RES_PROPERTY, relop, value.tag());
        restriction.value = value;
        return restriction;
    }

    com::Ptr<IMessage> message;
};

TEST_F(Recipients, AreAdded) {
    EXPECT_EQ((Texts{REMAPI_W("Ann"), REMAPI_W("Bob"), REMAPI_W("Cleo")}), shown());
    EXPECT_HR(S_OK, modify_recipients(message.get(), MODRECIP_ADD, {unresolved(REMAPI_W("Dan"))}));
    EXPECT_EQ(4u, shown().size());
}

TEST_F(Recipients, AreReplacedByAListWithoutAFlag) {
    EXPECT_HR(S_OK, modify_recipients(message.get(), 0,
                                      {unresolved(REMAPI_W("Eve")), unresolved(REMAPI_W("Fay"))}));
    EXPECT_EQ((Texts{REMAPI_W("Eve"), REMAPI_W("Fay")}), shown());
    EXPECT_HR(S_OK, modify_recipients(message.get(), 0, {}));
    EXPECT_TRUE(shown().empty());
}

TEST_F(Recipients, HaveDifferentRowIds) {
    EXPECT_NE(row_id(REMAPI_W("Ann")), row_id(REMAPI_W("Bob")));
    EXPECT_NE(row_id(REMAPI_W("Bob")), row_id(REMAPI_W("Cleo")));
    EXPECT_NE(row_id(REMAPI_W("Ann")), row_id(REMAPI_W("Cleo")));
}

TEST_F(Recipients, AreRemovedByTheirRowIds) {
    EXPECT_HR(S_OK, modify_recipients(message.get(), MODRECIP_REMOVE,
                                      {{{PR_ROWID, row_id(REMAPI_W("Bob"))}}}));
    EXPECT_EQ((Texts{REMAPI_W("Ann"), REMAPI_W("Cleo")}), shown());
}

TEST_F(Recipients, AreModifiedAsAWhole) {
    const std::int64_t id = row_id(REMAPI_W("Bob"));
    EXPECT_HR(S_OK, modify_recipients(message.get(), MODRECIP_MODIFY,
                                      {{{PR_ROWID, id},
                                        {PR_RECIPIENT_TYPE, MAPI_TO},
                                        {PR_DISPLAY_NAME_W, REMAPI_W("Robert")}}}));
    EXPECT_EQ((Texts{REMAPI_W("Ann"), REMAPI_W("Robert"), REMAPI_W("Cleo")}), shown());
    const PropertyBag row = rows_of(recipients(message.get()).get())[1];
    EXPECT_EQ(id, row.number(PR_ROWID, -1));
    EXPECT_EQ(MAPI_TO, row.number(PR_RECIPIENT_TYPE));
    // What the new entry does not say is gone.
    EXPECT_EQ(nullptr, row.find(PR_EMAIL_ADDRESS_W));
}

TEST_F(Recipients, ThatAreNotThereAreNotChanged) {
    EXPECT_TRUE(
        FAILED(modify_recipients(message.get(), MODRECIP_MODIFY,
                                 {{{PR_ROWID, 4711}, {PR_DISPLAY_NAME_W, REMAPI_W("Nobody")}}})));
    EXPECT_TRUE(FAILED(
        modify_recipients(message.get(), MODRECIP_MODIFY, {unresolved(REMAPI_W("no row id"))})));
    EXPECT_EQ(3u, shown().size());
}

TEST_F(Recipients, OfTypeNullAreAnError) {
    const std::vector<std::vector<PropValue>> rows{
        {{PR_RECIPIENT_TYPE, MAPI_TO},
         {PR_DISPLAY_NAME_W, REMAPI_W("Dan")},
         PropValue(PROP_TAG(PT_NULL, PROP_ID(PR_COMMENT)), PropValue::Data())}};
    EXPECT_TRUE(FAILED(modify_recipients(message.get(), MODRECIP_ADD, rows)));
    EXPECT_EQ(3u, shown().size());
}

TEST_F(Recipients, AreAddedWithoutTheirErrors) {
    auto row = unresolved(REMAPI_W("Dan"));
    row.push_back(PropValue::error(PR_COMMENT_W, MAPI_E_NOT_FOUND));
    EXPECT_HR(S_OK, modify_recipients(message.get(), MODRECIP_ADD, {row}));
    EXPECT_EQ(4u, shown().size());
}

TEST_F(Recipients, ThatAreNullAreLeftOut) {
    EXPECT_HR(S_OK, modify_recipients(message.get(), MODRECIP_ADD,
                                      {{}, unresolved(REMAPI_W("Dan")), {}}));
    EXPECT_EQ((Texts{REMAPI_W("Ann"), REMAPI_W("Bob"), REMAPI_W("Cleo"), REMAPI_W("Dan")}),
              shown());
}

TEST_F(Recipients, KeepEveryPropertyThatTheyAreGiven) {
    auto row = unresolved(REMAPI_W("Dan"));
    row.emplace_back(kText, REMAPI_W("own"));
    row.emplace_back(kBinary, Bytes{1, 2, 3});
    EXPECT_HR(S_OK, modify_recipients(message.get(), MODRECIP_ADD, {row}));
    save(message.get(), 0);
    message = reopen(message.get(), 0);
    const auto table = recipients(message.get());
    const object::TagArray wanted{kText, kBinary};
    ASSERT_HR(S_OK, table->SetColumns(wanted.get(), 0));
    const PropertyBag saved = rows_of(table.get())[3];
    EXPECT_EQ(REMAPI_W("own"), saved.text(kText));
    EXPECT_EQ((Bytes{1, 2, 3}), to_bytes(saved.bytes(kBinary)));
}

TEST_F(Recipients, AreSavedWithTheMessage) {
    save(message.get());
    ASSERT_HR(S_OK, modify_recipients(message.get(), 0, {unresolved(REMAPI_W("Eve"))}));
    const auto other = reopen(message.get(), 0);
    EXPECT_EQ(3u, texts(recipients(other.get()).get(), PR_DISPLAY_NAME_W).size());
    save(message.get());
    const auto again = reopen(message.get(), 0);
    EXPECT_EQ(Texts{REMAPI_W("Eve")}, texts(recipients(again.get()).get(), PR_DISPLAY_NAME_W));
}

TEST_F(Recipients, KeepTheirOrder) {
    save(message.get(), 0);
    message = reopen(message.get(), 0);
    EXPECT_EQ((Texts{REMAPI_W("Ann"), REMAPI_W("Bob"), REMAPI_W("Cleo")}), shown());
}

TEST_F(Recipients, AreNotChangedWithUnknownFlagsOrForReading) {
    EXPECT_TRUE(FAILED(modify_recipients(message.get(), 0x10000000, {})));
    EXPECT_TRUE(FAILED(modify_recipients(message.get(), MODRECIP_ADD | MODRECIP_REMOVE, {})));
    save(message.get(), 0);
    const auto reading = reopen(message.get(), 0);
    EXPECT_HR(MAPI_E_NO_ACCESS,
              modify_recipients(reading.get(), MODRECIP_ADD, {unresolved(REMAPI_W("Dan"))}));
}

TEST_F(Recipients, AreListedWithTheRequiredColumns) {
    const auto table = recipients(message.get());
    for (const ULONG tag : {PR_DISPLAY_NAME, PR_RECIPIENT_TYPE, PR_ROWID})
        EXPECT_TRUE(has_column(table.get(), tag)) << std::hex << tag;
}

TEST_F(Recipients, AreListedAsAPropertyToo) {
    com::Ptr<IMAPITable> table;
    ASSERT_HR(S_OK, message->OpenProperty(PR_MESSAGE_RECIPIENTS, &IID_IMAPITable, MAPI_UNICODE, 0,
                                          table.put_as<IUnknown>()));
    EXPECT_EQ(shown(), texts(table.get(), PR_DISPLAY_NAME_W));
}

TEST_F(Recipients, AreListedInTheWidthThatTheFlagsSay) {
    for (const ULONG column : columns(recipients(message.get(), 0).get())) {
        const bool is_name = PROP_ID(column) == PROP_ID(PR_DISPLAY_NAME);
        EXPECT_TRUE(!is_name || PROP_TYPE(column) == PT_STRING8);
    }
    com::Ptr<IMAPITable> table;
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, message->GetRecipientTable(0x10000000, table.put()));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, message->GetRecipientTable(0, nullptr));
}

TEST_F(Recipients, ShowTheirChangesInATableThatIsOpen) {
    const auto table = recipients(message.get());
    EXPECT_EQ(3u, rows_of(table.get()).size());
    ASSERT_HR(S_OK, modify_recipients(message.get(), MODRECIP_ADD, {unresolved(REMAPI_W("Dan"))}));
    EXPECT_EQ(4u, rows_of(table.get()).size());
}

TEST_F(Recipients, AreFiltered) {
    EXPECT_EQ(1u, matching(property(RELOP_EQ, {PR_RECIPIENT_TYPE, MAPI_CC})));
    EXPECT_EQ(2u, matching(property(RELOP_NE, {PR_RECIPIENT_TYPE, MAPI_CC})));
    EXPECT_EQ(3u, matching(property(RELOP_EQ, {PR_ADDRTYPE_W, REMAPI_W("SMTP")})));
    EXPECT_EQ(1u, matching(property(RELOP_EQ, {PR_EMAIL_ADDRESS_W, REMAPI_W("bob@x")})));
    Restriction both = restriction_of(RES_AND);
    both.children = {property(RELOP_EQ, {PR_ADDRTYPE_W, REMAPI_W("SMTP")}),
                     property(RELOP_EQ, {PR_RECIPIENT_TYPE, MAPI_TO})};
    EXPECT_EQ(1u, matching(both));
    Restriction either = restriction_of(RES_OR);
    either.children = {property(RELOP_EQ, {PR_RECIPIENT_TYPE, MAPI_TO}),
                       property(RELOP_EQ, {PR_RECIPIENT_TYPE, MAPI_BCC})};
    EXPECT_EQ(2u, matching(either));
    EXPECT_EQ(0u, matching(restriction_of(RES_EXIST, 0, PR_RESPONSIBILITY)));
    EXPECT_EQ(3u, matching(restriction_of(RES_EXIST, 0, PR_EMAIL_ADDRESS_W)));
}

}  // namespace
}  // namespace remapi::test
