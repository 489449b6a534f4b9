// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/recipients.h"

#include <gtest/gtest.h>

#include "format/one_off.h"
#include "spi/report_text.h"
#include "spi/testing/fake_host.h"
#include "spi/testing/fake_message.h"

namespace remapi::spi {
namespace {

using testing::FakeHost;
using testing::FakeMessage;

PropertyBag addressed(const WideChar* address, ULONG type = MAPI_TO) {
    return PropertyBag{{PR_RECIPIENT_TYPE, type},
                       {PR_DISPLAY_NAME_W, address},
                       {PR_ADDRTYPE_W, REMAPI_W("SMTP")},
                       {PR_EMAIL_ADDRESS_W, address}};
}

PropertyBag one_off(const WideChar* address) {
    return PropertyBag{
        {PR_RECIPIENT_TYPE, MAPI_TO},
        {PR_ENTRYID, format::encode_one_off({REMAPI_W("Name"), REMAPI_W("SMTP"), address})}};
}

TEST(ExpandRecipients, CompletesOneOffsWithoutAnAddressBook) {
    FakeHost host;
    const auto message = com::make<FakeMessage>(
        PropertyBag{}, std::vector<PropertyBag>{one_off(REMAPI_W("a@example.org")),
                                                addressed(REMAPI_W("b@example.org"))});
    EXPECT_EQ(NEEDS_SPOOLER, expand_recipients(message.get(), host));
    ASSERT_EQ(2u, message->recipients.size());
    const PropertyBag& first = message->recipients[0];
    EXPECT_EQ(REMAPI_W("a@example.org"), first.text(PR_EMAIL_ADDRESS_W));
    EXPECT_EQ(REMAPI_W("SMTP"), first.text(PR_ADDRTYPE_W));
    EXPECT_EQ(REMAPI_W("Name"), first.text(PR_DISPLAY_NAME_W));
    EXPECT_FALSE(first.bytes(PR_SEARCH_KEY).empty());
    const auto made = format::decode_one_off(message->recipients[1].bytes(PR_ENTRYID));
    ASSERT_TRUE(made);
    EXPECT_EQ(REMAPI_W("b@example.org"), made->email_address);
    EXPECT_EQ(0, host.address_book_calls);
}

TEST(ExpandRecipients, DropsTheSameRecipientOfTheSameTypeOnly) {
    FakeHost host;
    const auto message = com::make<FakeMessage>(
        PropertyBag{}, std::vector<PropertyBag>{addressed(REMAPI_W("a@example.org")),
                                                addressed(REMAPI_W("A@EXAMPLE.ORG")),
                                                addressed(REMAPI_W("a@example.org"), MAPI_CC)});
    expand_recipients(message.get(), host);
    ASSERT_EQ(2u, message->recipients.size());
    EXPECT_EQ(REMAPI_W("a@example.org"), message->recipients[0].text(PR_EMAIL_ADDRESS_W));
    EXPECT_EQ(MAPI_CC, message->recipients[1].number(PR_RECIPIENT_TYPE));
}

TEST(ExpandRecipients, LeavesACompleteListUntouched) {
    FakeHost host;
    const auto message = com::make<FakeMessage>(
        PropertyBag{}, std::vector<PropertyBag>{addressed(REMAPI_W("a@example.org"))});
    expand_recipients(message.get(), host);
    const int written = message->modify_calls;
    expand_recipients(message.get(), host);
    EXPECT_EQ(written, message->modify_calls);
}

TEST(ExpandRecipients, AsksTheAddressBookForABareName) {
    FakeHost host;
    const auto message = com::make<FakeMessage>(
        PropertyBag{}, std::vector<PropertyBag>{PropertyBag{{PR_RECIPIENT_TYPE, MAPI_TO},
                                                            {PR_DISPLAY_NAME_W, REMAPI_W("Bob")}}});
    EXPECT_THROW(expand_recipients(message.get(), host), Error);
    EXPECT_EQ(1, host.address_book_calls);
    EXPECT_EQ(0, message->modify_calls) << "nothing half-done";
}

TEST(ExpandRecipients, AsksForPreprocessingWhenATransportRegisteredOne) {
    FakeHost host;
    Preprocessor fax;
    fax.address_type = REMAPI_W("FAX");
    host.registered.push_back(fax);
    const auto message = com::make<FakeMessage>(
        PropertyBag{}, std::vector<PropertyBag>{addressed(REMAPI_W("a@example.org"))});
    EXPECT_EQ(NEEDS_SPOOLER, expand_recipients(message.get(), host));
    host.registered[0].address_type = REMAPI_W("smtp");
    EXPECT_EQ(NEEDS_SPOOLER | NEEDS_PREPROCESSING, expand_recipients(message.get(), host));
}

TEST(PrepareResubmission, SendsAgainToThoseThatWereNotReached) {
    std::vector<PropertyBag> rows = {
        addressed(REMAPI_W("again@example.org"), MAPI_TO | MAPI_SUBMITTED),
        addressed(REMAPI_W("done@example.org"), MAPI_CC)};
    const auto message =
        com::make<FakeMessage>(PropertyBag{{PR_MESSAGE_FLAGS, MSGFLAG_RESEND}}, rows);
    prepare_resubmission(message.get());
    EXPECT_EQ(MAPI_TO, message->recipients[0].number(PR_RECIPIENT_TYPE));
    EXPECT_FALSE(message->recipients[0].truth(PR_RESPONSIBILITY, true));
    EXPECT_EQ(MAPI_P1, message->recipients[1].number(PR_RECIPIENT_TYPE));
    EXPECT_TRUE(message->recipients[1].truth(PR_RESPONSIBILITY));

    const auto fresh = com::make<FakeMessage>(PropertyBag{{PR_MESSAGE_FLAGS, 0}}, rows);
    prepare_resubmission(fresh.get());
    EXPECT_EQ(0, fresh->modify_calls);
}

PropertyBag refused() {
    PropertyBag row = addressed(REMAPI_W("nobody@example.org"));
    row.set({PR_REPORT_TEXT_W, REMAPI_W("550 no such user")});
    row.set({PR_NDR_REASON_CODE, 1});
    row.set({PR_NDR_DIAG_CODE, 32});
    return row;
}

TEST(Report, NamesRecipientReasonAndOriginal) {
    const auto original = com::make<FakeMessage>(
        PropertyBag{{PR_MESSAGE_CLASS_W, REMAPI_W("IPM.Note")}, {PR_SUBJECT_W, REMAPI_W("Hello")}});
    const auto report = com::make<FakeMessage>();
    const AddressList recipients({refused()});
    compose_report(original.get(), *recipients.get(), ReportKind::NotDelivered, report.get());
    const PropertyBag values = report->values();
    EXPECT_EQ(REMAPI_W("REPORT.IPM.Note.NDR"), values.text(PR_MESSAGE_CLASS_W));
    EXPECT_EQ(REMAPI_W("Undeliverable: Hello"), values.text(PR_SUBJECT_W));
    EXPECT_EQ(REMAPI_W("Hello"), values.text(PR_ORIGINAL_SUBJECT_W));
    const String body(values.text(PR_BODY_W));
    EXPECT_NE(String::npos, body.find(REMAPI_W("nobody@example.org")));
    EXPECT_NE(String::npos, body.find(REMAPI_W("550 no such user (reason 1, diagnostic 32)")));
    ASSERT_EQ(1u, report->recipients.size());
    EXPECT_EQ(32, report->recipients[0].number(PR_NDR_DIAG_CODE));
    EXPECT_EQ(1, report->attach_calls) << "the original is attached where the store can hold it";
}

TEST(Report, ReadReceiptGoesToTheSender) {
    const auto original =
        com::make<FakeMessage>(PropertyBag{{PR_SUBJECT_W, REMAPI_W("Hello")},
                                           {PR_SENDER_NAME_W, REMAPI_W("Alice")},
                                           {PR_SENDER_ADDRTYPE_W, REMAPI_W("SMTP")},
                                           {PR_SENDER_EMAIL_ADDRESS_W, REMAPI_W("a@example.org")}});
    const auto report = com::make<FakeMessage>();
    compose_read_report(original.get(), true, report.get());
    EXPECT_EQ(REMAPI_W("REPORT.IPM.IPNRN"), report->values().text(PR_MESSAGE_CLASS_W));
    ASSERT_EQ(1u, report->recipients.size());
    EXPECT_EQ(REMAPI_W("a@example.org"), report->recipients[0].text(PR_EMAIL_ADDRESS_W));
    const auto anonymous = com::make<FakeMessage>();
    EXPECT_THROW(compose_read_report(anonymous.get(), true, report.get()), Error);
}

}  // namespace
}  // namespace remapi::spi
