// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/internet/face/logon.h"

#include "abi/iids.h"
#include "abi/remapi_tags.h"
#include "object/util/calls.h"
#include "providers/convert/mime/compose.h"
#include "providers/internet/face/message_reader.h"
#include "providers/internet/face/provider.h"
#include "providers/internet/face/tags.h"
#include "providers/internet/tests/fake_message_test.h"
#include "providers/internet/tests/servers_test.h"
#include "providers/kit/testing/fake_support.h"
#include "text/text.h"

namespace remapi::internet {
namespace {

class Transport : public testing::Test {
protected:
    void configure(unsigned port) {
        const PropValue values[] = {PropValue(kTagSmtpHost, REMAPI_W("localhost")),
                                    PropValue(kTagSmtpPort, static_cast<LONG>(port)),
                                    PropValue(kTagSmtpSecurity, REMAPI_W("none")),
                                    PropValue(kTagSenderName, REMAPI_W("Ann")),
                                    PropValue(kTagSenderAddress, REMAPI_W("ann@example.org"))};
        object::set_props(m_support->section.get(), values);
    }
    HRESULT log_on() {
        ULONG flags = MAPI_UNICODE | LOGON_NO_DIALOG;
        return m_provider->TransportLogon(m_support.get(), 0, nullptr, &flags, m_error.put(),
                                          m_logon.put());
    }
    HRESULT submit(IMessage* message) {
        m_seconds = 0;
        return m_logon->SubmitMessage(0, message, &m_reference, &m_seconds);
    }
    com::Ptr<FakeMessage> message() {
        auto made = com::make<FakeMessage>();
        made->store(PropValue(PR_SUBJECT_W, REMAPI_W("Grüße")));
        made->store(PropValue(PR_BODY_W, REMAPI_W("Text")));
        made->store(
            PropValue(PR_CLIENT_SUBMIT_TIME, static_cast<std::int64_t>(134084412000000000)));
        made->store(PropValue(kTagInternetMessageId, REMAPI_W("<1@example.org>")));
        return made;
    }

    com::Ptr<kit::FakeSupport> m_support = com::make<kit::FakeSupport>();
    com::Ptr<Provider> m_provider = com::make<Provider>();
    com::Ptr<IXPLogon> m_logon;
    Buffer<MAPIERROR> m_error;
    ULONG_PTR m_reference = 0, m_seconds = 0;
};

TEST_F(Transport, WithoutSettingsItIsNotConfigured) {
    EXPECT_EQ(static_cast<HRESULT>(MAPI_E_UNCONFIGURED), log_on());
    ASSERT_TRUE(m_error);
    EXPECT_FALSE(text::from_tstr(m_error->lpszError, MAPI_UNICODE).empty());
}

TEST_F(Transport, TakesAddressesOfTypeSmtp) {
    configure(port_of("plain"));
    ASSERT_EQ(S_OK, log_on());
    ULONG flags = 0, types = 0, uids = 1;
    LPTSTR* type = nullptr;
    LPMAPIUID* uid = nullptr;
    ASSERT_EQ(S_OK, m_logon->AddressTypes(&flags, &types, &type, &uids, &uid));
    ASSERT_EQ(1u, types);
    EXPECT_EQ(0u, uids);
    EXPECT_EQ(REMAPI_W("SMTP"), text::from_tstr(type[0], flags));
    EXPECT_EQ(S_OK, m_logon->TransportLogoff(0));
}

TEST_F(Transport, SendsAndTakesResponsibility) {
    configure(port_of("plain"));
    ASSERT_EQ(S_OK, log_on());
    const auto sent = message();
    sent->add_recipient(MAPI_TO, REMAPI_W("Ben"), REMAPI_W("ben@example.org"));
    sent->add_recipient(MAPI_CC, REMAPI_W("Fax"), REMAPI_W("123"), REMAPI_W("FAX"));
    EXPECT_EQ(S_OK, submit(sent.get()));
    EXPECT_TRUE(sent->responsible(0));
    EXPECT_FALSE(sent->responsible(1)) << "another transport's";
    EXPECT_GE(sent->saves, 1);
    EXPECT_EQ(REMAPI_W("ann@example.org"), sent->load(PR_SENDER_EMAIL_ADDRESS_W)->text());
    ULONG flags = 1;
    EXPECT_EQ(S_OK, m_logon->EndMessage(m_reference, &flags));
    EXPECT_EQ(0u, flags);
    EXPECT_EQ(static_cast<HRESULT>(MAPI_E_NOT_ME), submit(sent.get())) << "nobody is left";
}

TEST_F(Transport, AServerThatIsDownMeansLater) {
    configure(1);
    ASSERT_EQ(S_OK, log_on()) << "logging on does not connect";
    const auto waiting = message();
    waiting->add_recipient(MAPI_TO, {}, REMAPI_W("ben@example.org"));
    EXPECT_EQ(static_cast<HRESULT>(MAPI_E_NETWORK_ERROR), submit(waiting.get()));
    EXPECT_GT(m_seconds, 0u);
    EXPECT_FALSE(waiting->responsible(0));
    const auto reason = waiting->load(kTagQueueLastError);
    ASSERT_TRUE(reason);
    EXPECT_NE(String::npos, reason->text().find(REMAPI_W("cannot be reached")));
    EXPECT_EQ(static_cast<HRESULT>(MAPI_E_NETWORK_ERROR),
              m_logon->ValidateState(0, FORCE_XP_CONNECT));
}

TEST_F(Transport, WhoWasAcceptedIsNotTriedAgain) {
    configure(port_of("refusing"));
    ASSERT_EQ(S_OK, log_on());
    const auto sent = message();
    sent->add_recipient(MAPI_TO, {}, REMAPI_W("nobody@example.org"));
    sent->add_recipient(MAPI_TO, {}, REMAPI_W("busy@example.org"));
    sent->add_recipient(MAPI_BCC, {}, REMAPI_W("ben@example.org"));
    EXPECT_EQ(static_cast<HRESULT>(MAPI_E_WAIT), submit(sent.get()));
    EXPECT_FALSE(sent->responsible(0))
        << "this host takes no report, so it must see to the refusal";
    EXPECT_FALSE(sent->responsible(1));
    EXPECT_TRUE(sent->responsible(2));
}

TEST_F(Transport, StatusObjectTellsTheState) {
    configure(port_of("plain"));
    ASSERT_EQ(S_OK, log_on());
    ULONG flags = NOTIFY_BEGIN_OUTBOUND, type = 0;
    EXPECT_EQ(S_OK, m_logon->TransportNotify(&flags, nullptr));
    com::Ptr<IMAPIStatus> status;
    ASSERT_EQ(S_OK, m_logon->OpenStatusEntry(nullptr, MAPI_MODIFY, &type, status.put()));
    EXPECT_EQ(static_cast<ULONG>(MAPI_STATUS), type);
    const auto code = object::get_one_prop(status.get(), PR_STATUS_CODE);
    ASSERT_TRUE(code);
    EXPECT_NE(0, code->number() & static_cast<std::int64_t>(STATUS_OUTBOUND_ENABLED));
    EXPECT_EQ(S_OK, status->ValidateState(0, CONFIG_CHANGED));
    EXPECT_EQ(static_cast<HRESULT>(MAPI_E_NO_SUPPORT), status->SettingsDialog(0, 0));
}

TEST_F(Transport, ComposesWhatTheMessageHolds) {
    const auto inner = message();
    const auto outer = message();
    outer->add_recipient(MAPI_TO, REMAPI_W("Ben"), REMAPI_W("ben@example.org"));
    outer->add_recipient(MAPI_BCC, REMAPI_W("Secret"), REMAPI_W("secret@example.org"));
    outer->add_recipient(MAPI_TO | MAPI_P1, REMAPI_W("Again"), REMAPI_W("again@example.org"));
    outer->store(PropValue(PR_SENT_REPRESENTING_ADDRTYPE_W, REMAPI_W("SMTP")));
    outer->store(PropValue(PR_SENT_REPRESENTING_NAME_W, REMAPI_W("Boss")));
    outer->store(PropValue(PR_SENT_REPRESENTING_EMAIL_ADDRESS_W, REMAPI_W("boss@example.org")));
    outer->store(PropValue(kTagHtml, to_bytes(std::string_view("<p>caf\xE9</p>"))));
    outer->store(PropValue(kTagInternetCodePage, 1252));
    outer->add_attachment({PropValue(PR_ATTACH_METHOD, ATTACH_BY_VALUE),
                           PropValue(PR_ATTACH_LONG_FILENAME_W, REMAPI_W("data.7z")),
                           PropValue(PR_ATTACH_DATA_BIN, Bytes(100000, 0xFF))});
    outer->add_attachment({PropValue(PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG)}, inner);
    const auto source = read_message(outer, {REMAPI_W("Ann"), REMAPI_W("ann@example.org")});
    EXPECT_EQ(REMAPI_W("<p>café</p>"), *source->html());
    mime::MimeDocument document = mime::compose(source);
    const std::string text = document.all();
    EXPECT_EQ(document.size_bytes(), text.size());
    EXPECT_NE(std::string::npos, text.find("From: Boss <boss@example.org>\r\n"));
    EXPECT_NE(std::string::npos, text.find("Sender: Ann <ann@example.org>\r\n"));
    EXPECT_NE(std::string::npos, text.find("To: Ben <ben@example.org>\r\n"));
    EXPECT_EQ(std::string::npos, text.find("secret@"));
    EXPECT_EQ(std::string::npos, text.find("again@"));
    EXPECT_NE(std::string::npos, text.find("Content-Type: message/rfc822"));
    EXPECT_NE(std::string::npos, text.find("application/x-7z-compressed"));
}

}  // namespace
}  // namespace remapi::internet
