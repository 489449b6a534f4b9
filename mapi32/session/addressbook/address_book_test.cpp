// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Pages: the iaddrbook-... family
#include "format/one_off.h"
#include "session/testing/test_session.h"
#include "spi/props.h"

namespace remapi::session {
namespace {

class AddressBookOfASession : public SessionTest {
protected:
    void SetUp() override {
        SessionTest::SetUp();
        make_profile(REMAPI_W("One"), REMAPI_W("RMLS"));
        m_session = log_on_to(REMAPI_W("One"));
        ASSERT_EQ(S_OK, m_session->OpenAddressBook(0, nullptr, AB_NO_DIALOG, m_book.put()));
    }
    void TearDown() override {
        m_book.reset();
        m_session.reset();
        SessionTest::TearDown();
    }
    static PropertyBag named(const WideChar* name) {
        return PropertyBag{{PR_DISPLAY_NAME_W, name}};
    }

    com::Ptr<IMAPISession> m_session;
    com::Ptr<IAddrBook> m_book;
};

TEST_F(AddressBookOfASession, ResolvesWhatNeedsNoLookUp) {
    spi::AddressList list(
        {named(REMAPI_W("alice@example.org")), named(REMAPI_W("Bob[SMTP:bob@example.org]"))});
    ASSERT_EQ(S_OK, m_book->ResolveName(0, MAPI_UNICODE, nullptr, list.get()));
    const std::vector<PropertyBag> rows = list.rows();
    EXPECT_EQ(StringView(REMAPI_W("SMTP")), rows[0].text(PR_ADDRTYPE_W));
    EXPECT_EQ(StringView(REMAPI_W("alice@example.org")), rows[0].text(PR_EMAIL_ADDRESS_W));
    EXPECT_TRUE(format::is_one_off(rows[0].bytes(PR_ENTRYID)));
    EXPECT_EQ(StringView(REMAPI_W("Bob")), rows[1].text(PR_DISPLAY_NAME_W));
    EXPECT_FALSE(rows[1].truth(PR_SEND_RICH_INFO, true));
}

TEST_F(AddressBookOfASession, StringsComeInTheWidthThatIsAskedFor) {
    spi::AddressList list({named(REMAPI_W("alice@example.org"))});
    ASSERT_EQ(S_OK, m_book->ResolveName(0, 0, nullptr, list.get()));
    const ADRENTRY& entry = list.get()->aEntries[0];
    bool narrow = false;
    for (ULONG i = 0; i < entry.cValues; ++i)
        narrow |= entry.rgPropVals[i].ulPropTag == PR_EMAIL_ADDRESS_A;
    EXPECT_TRUE(narrow);
}

TEST_F(AddressBookOfASession, AnUnknownNameIsNotFoundAndTheOthersAreResolved) {
    spi::AddressList list({named(REMAPI_W("Somebody")), named(REMAPI_W("alice@example.org"))});
    EXPECT_EQ(MAPI_E_NOT_FOUND, m_book->ResolveName(0, MAPI_UNICODE, nullptr, list.get()));
    EXPECT_EQ(nullptr, list.rows()[0].find(PR_ENTRYID));
    EXPECT_NE(nullptr, list.rows()[1].find(PR_ENTRYID));
}

TEST_F(AddressBookOfASession, ResolvedEntriesStayAsTheyAre) {
    const PropertyBag resolved{{PR_ENTRYID, Bytes(24, 5)}, {PR_DISPLAY_NAME_W, REMAPI_W("x@y.z")}};
    spi::AddressList list({resolved});
    ASSERT_EQ(S_OK, m_book->ResolveName(0, MAPI_UNICODE, nullptr, list.get()));
    EXPECT_EQ(resolved, list.rows()[0]);
}

TEST_F(AddressBookOfASession, OneOffsAreMadeAndOpened) {
    ULONG bytes = 0;
    Buffer<ENTRYID> entry;
    ASSERT_EQ(S_OK, m_book->CreateOneOff(tstr(REMAPI_W("Alice")), tstr(REMAPI_W("SMTP")),
                                         tstr(REMAPI_W("alice@example.org")), MAPI_UNICODE, &bytes,
                                         entry.put()));
    ULONG type = 0;
    com::Ptr<IMailUser> user;
    ASSERT_EQ(S_OK,
              m_book->OpenEntry(bytes, entry.get(), nullptr, 0, &type, user.put_as<IUnknown>()));
    EXPECT_EQ(static_cast<ULONG>(MAPI_MAILUSER), type);
    const PropertyBag values = spi::read_properties(
        user.get(), {PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_SEARCH_KEY,
                     PR_ENTRYID, PR_OBJECT_TYPE, PR_SEND_RICH_INFO});
    EXPECT_EQ(7u, values.size());
    EXPECT_EQ(StringView(REMAPI_W("Alice")), values.text(PR_DISPLAY_NAME_W));
    EXPECT_TRUE(equal_bytes(view_bytes("SMTP:ALICE@EXAMPLE.ORG", 23), values.bytes(PR_SEARCH_KEY)));
    EXPECT_FALSE(values.truth(PR_SEND_RICH_INFO, true));
}

TEST_F(AddressBookOfASession, RichTextIsForThoseWhoMayReadIt) {
    ULONG bytes = 0;
    Buffer<ENTRYID> entry;
    const auto rich = [&](const char* address, const char* address_type, ULONG flags) {
        EXPECT_EQ(S_OK, m_book->CreateOneOff(
                            nullptr, reinterpret_cast<LPTSTR>(const_cast<char*>(address_type)),
                            reinterpret_cast<LPTSTR>(const_cast<char*>(address)), flags, &bytes,
                            entry.put()));
        return !format::decode_one_off(view_bytes(entry.get(), bytes))->no_rich_info;
    };
    EXPECT_TRUE(rich("12345", "FAX", 0));
    EXPECT_FALSE(rich("12345", "FAX", MAPI_SEND_NO_RICH_INFO));
    EXPECT_FALSE(rich("a@b.c", "SMTP", 0));
}

TEST_F(AddressBookOfASession, PreparedRecipientsHaveTheWantedPropertiesFirst) {
    spi::AddressList list({named(REMAPI_W("alice@example.org"))});
    ASSERT_EQ(S_OK, m_book->ResolveName(0, MAPI_UNICODE, nullptr, list.get()));
    SizedSPropTagArray(2, tags) = {2, {PR_DISPLAY_TYPE, PR_TITLE_W}};
    ASSERT_EQ(S_OK, m_book->PrepareRecips(0, reinterpret_cast<SPropTagArray*>(&tags), list.get()));
    const ADRENTRY& entry = list.get()->aEntries[0];
    ASSERT_GE(entry.cValues, 2u);
    EXPECT_EQ(PR_DISPLAY_TYPE, entry.rgPropVals[0].ulPropTag);
    EXPECT_EQ(PROP_TAG(PT_ERROR, PROP_ID(PR_TITLE_W)), entry.rgPropVals[1].ulPropTag);
}

TEST_F(AddressBookOfASession, TheSearchPathIsKeptInTheProfile) {
    RowSet path;
    ASSERT_EQ(S_OK, m_book->GetSearchPath(0, path.put()));
    EXPECT_EQ(0u, path.size());
    SPropValue id = {};
    std::uint8_t bytes[24] = {1, 2, 3};
    id.ulPropTag = PR_ENTRYID;
    id.Value.bin = {sizeof bytes, bytes};
    RowSet wanted = RowSet::allocate(1);
    wanted[0].cValues = 1;
    wanted[0].lpProps = &id;
    EXPECT_EQ(S_OK, m_book->SetSearchPath(0, wanted.get()));
    wanted[0].lpProps = nullptr;
    EXPECT_EQ(MAPI_E_MISSING_REQUIRED_COLUMN, m_book->SetSearchPath(0, wanted.get()));
    ASSERT_EQ(S_OK, m_book->GetSearchPath(0, path.put()));
    ASSERT_EQ(1u, path.size());
    EXPECT_EQ(24u, path[0].lpProps[0].Value.bin.cb);
}

TEST_F(AddressBookOfASession, WithoutContainersThereIsNoPersonalAddressBook) {
    ULONG bytes = 7;
    Buffer<ENTRYID> entry;
    EXPECT_EQ(S_OK, m_book->GetPAB(&bytes, entry.put()));
    EXPECT_EQ(0u, bytes);
    EXPECT_FALSE(entry);
}

TEST_F(AddressBookOfASession, NothingWorksAfterTheSession) {
    EXPECT_EQ(S_OK, m_session->Logoff(0, 0, 0));
    spi::AddressList list({named(REMAPI_W("alice@example.org"))});
    EXPECT_EQ(MAPI_E_END_OF_SESSION, m_book->ResolveName(0, 0, nullptr, list.get()));
}

}  // namespace
}  // namespace remapi::session
