// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Simple MAPI as programs really call it. Each test names the quirk it holds
// (Q numbers: the list of observed program behaviour that the project keeps).
#include "compat-tests/conformance/simple_mapi_fixture.h"
#include "text/text.h"

namespace remapi::test {
namespace {

const WideChar* const kAddress = REMAPI_W("alice@example.org");

TEST_F(SimpleMapi, SessionNullAndStaleHandlesLogOnForTheCall) {  // Q8
    MapiRecipDescW recipient = to(nullptr, kAddress);
    MapiMessageW message = message_to(&recipient, 1);
    EXPECT_EQ(ULONG{SUCCESS_SUCCESS}, send_mail_w(0, 0, &message, 0, 0));
    EXPECT_EQ(ULONG{SUCCESS_SUCCESS}, send_mail_w(0x7FFFFF, 0, &message, 0, 0));
    LHANDLE session = 0;
    ASSERT_EQ(ULONG{SUCCESS_SUCCESS}, logon(0, nullptr, nullptr, 0, 0, &session));
    EXPECT_NE(LHANDLE{0}, session);
    EXPECT_LT(session, LHANDLE{0x7FFFFFFF}) << "Q16: programs keep handles in 32 bits";
    EXPECT_EQ(ULONG{SUCCESS_SUCCESS}, send_mail_w(session, 0, &message, 0, 0));
    ASSERT_EQ(ULONG{SUCCESS_SUCCESS}, logoff(session, 0, 0, 0));
    EXPECT_EQ(ULONG{MAPI_E_INVALID_SESSION}, logoff(session, 0, 0, 0));
    EXPECT_EQ(ULONG{SUCCESS_SUCCESS}, send_mail_w(session, 0, &message, 0, 0)) << "stale by now";
    const MapiUse use(mapi);
    EXPECT_EQ(4u, Mailbox(mapi).outbox().size());
}

TEST_F(SimpleMapi, ZeroedMessages) {  // Q9
    MapiMessageW zeroed = {};
    EXPECT_EQ(ULONG{MAPI_E_UNKNOWN_RECIPIENT}, send(zeroed));
    EXPECT_EQ(ULONG{MAPI_E_FAILURE}, send_mail_w(0, 0, nullptr, 0, 0));
    EXPECT_EQ(ULONG{MAPI_E_FAILURE}, send_mail(0, 0, nullptr, MAPI_DIALOG, 0));
    EXPECT_EQ(ULONG{SUCCESS_SUCCESS}, send(zeroed, MAPI_DIALOG))
        << "a person could add the recipient";
    const MapiUse use(mapi);
    Mailbox mailbox(mapi);
    EXPECT_TRUE(mailbox.outbox().empty());
    EXPECT_EQ(1u, mailbox.folder(REMAPI_W("Drafts")).size());
}

TEST_F(SimpleMapi, RecipientsInEveryFormProgramsWrite) {  // Q10, Q11
    MapiRecipDescW recipients[] = {
        to(nullptr, REMAPI_W("a@example.org")),
        to(REMAPI_W("b@example.org"), nullptr, MAPI_CC),
        to(REMAPI_W("Carol"), REMAPI_W("smtp:c@example.org"), MAPI_BCC),
        to(REMAPI_W("Dave[SMTP:d@example.org]"), REMAPI_W("")),
        to(nullptr, REMAPI_W("e@example.org;f@example.org, g@example.org")),
    };
    MapiMessageW message = message_to(recipients, 5);
    ASSERT_EQ(ULONG{SUCCESS_SUCCESS}, send(message));
    std::string found;
    for (const StoredRecipient& one : sent().recipients) {
        found += std::to_string(one.recipient_class) + text::to_utf8(one.name) + "|" +
                 text::to_utf8(one.type) + "|" + text::to_utf8(one.address) + "\n";
    }
    EXPECT_EQ(
        "1a@example.org|SMTP|a@example.org\n"
        "2b@example.org|SMTP|b@example.org\n"
        "3Carol|SMTP|c@example.org\n"
        "1Dave|SMTP|d@example.org\n"
        "1e@example.org|SMTP|e@example.org\n"
        "1f@example.org|SMTP|f@example.org\n"
        "1g@example.org|SMTP|g@example.org\n",
        found);
}

TEST_F(SimpleMapi, NamesNobodyKnowsAreUnknownRecipients) {
    MapiRecipDescW recipient = to(REMAPI_W("No Such Person"), nullptr);
    MapiMessageW message = message_to(&recipient, 1);
    EXPECT_EQ(ULONG{MAPI_E_UNKNOWN_RECIPIENT}, send(message));
    recipient = to(nullptr, nullptr);
    EXPECT_EQ(ULONG{MAPI_E_UNKNOWN_RECIPIENT}, send(message));
    char garbage[] = "no entry id at all";
    recipient.ulEIDSize = sizeof garbage;
    recipient.lpEntryID = garbage;
    EXPECT_EQ(ULONG{MAPI_E_INVALID_RECIPS}, send(message));
    recipient = to(nullptr, kAddress, 9);
    EXPECT_EQ(ULONG{MAPI_E_BAD_RECIPTYPE}, send(message));
}

TEST_F(SimpleMapi, OriginatorsAreNeitherReadNorRecipients) {  // Q12
    MapiRecipDescW originator = to(nullptr, nullptr, MAPI_ORIG);
    MapiRecipDescW recipients[] = {to(nullptr, REMAPI_W("me@example.org"), MAPI_ORIG),
                                   to(nullptr, kAddress)};
    MapiMessageW message = message_to(recipients, 2);
    message.lpOriginator = &originator;
    ASSERT_EQ(ULONG{SUCCESS_SUCCESS}, send(message));
    const StoredMessage stored = sent();
    ASSERT_EQ(1u, stored.recipients.size());
    EXPECT_EQ(String(kAddress), stored.recipients[0].address);
}

TEST_F(SimpleMapi, PositionsBehindTheTextMeanNotInTheText) {  // Q13
    const String path = make_file(REMAPI_W("a.txt"), "A");
    MapiFileDescW files[3] = {};
    const ULONG positions[] = {0xFFFFFFFFu, 2, 4711};
    for (int i = 0; i < 3; ++i) {
        files[i].lpszPathName = const_cast<WideChar*>(path.c_str());
        files[i].nPosition = positions[i];
    }
    MapiRecipDescW recipient = to(nullptr, kAddress);
    MapiMessageW message = message_to(&recipient, 1);
    String body = REMAPI_W("unchanged body");
    message.lpszNoteText = body.data();
    message.nFileCount = 3;
    message.lpFiles = files;
    ASSERT_EQ(ULONG{SUCCESS_SUCCESS}, send(message));
    const StoredMessage stored = sent();
    EXPECT_EQ(body, stored.body);
    ASSERT_EQ(3u, stored.attachments.size());
    EXPECT_EQ(0xFFFFFFFFu, stored.attachments[0].position);
    EXPECT_EQ(2u, stored.attachments[1].position);
    EXPECT_EQ(0xFFFFFFFFu, stored.attachments[2].position);
}

TEST_F(SimpleMapi, AttachmentsAreCopiedBeforeTheCallReturns) {  // Q14, Q15
    std::string bytes(300000, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31 + i / 251);
    const String first = make_file(REMAPI_W("\u65E5\u672C \u00E4.bin"), bytes);
    const String second = make_file(REMAPI_W("other.bin"), "other");
    MapiFileDescW files[2] = {};
    files[0].lpszPathName = const_cast<WideChar*>(first.c_str());
    files[1].lpszPathName = const_cast<WideChar*>(second.c_str());
    files[1].lpszFileName =
        const_cast<WideChar*>(first.c_str());  // a full path, and the same name again
    port::File still_writing;
    ASSERT_EQ(0, still_writing.open(second, port::File::Mode::Append));
    MapiRecipDescW recipient = to(nullptr, kAddress);
    MapiMessageW message = message_to(&recipient, 1);
    message.nFileCount = 2;
    message.lpFiles = files;
    ASSERT_EQ(ULONG{SUCCESS_SUCCESS}, send(message));
    still_writing.close();
    ASSERT_EQ(0, port::remove_file(first));
    ASSERT_EQ(0, port::remove_file(second));
    const StoredMessage stored = sent();
    ASSERT_EQ(2u, stored.attachments.size());
    EXPECT_EQ(String(REMAPI_W("\u65E5\u672C \u00E4.bin")), stored.attachments[0].name);
    EXPECT_EQ(stored.attachments[0].name, stored.attachments[1].name);
    EXPECT_TRUE(stored.attachments[0].bytes == bytes);
    EXPECT_EQ("other", stored.attachments[1].bytes);
}

TEST_F(SimpleMapi, FilesThatAreNotThereAreNotFoundAndLeaveNothingBehind) {
    MapiFileDescW file = {};
    const String missing =
        port::join_path(port::temporary_folder(), REMAPI_W("remapi no such file"));
    file.lpszPathName = const_cast<WideChar*>(missing.c_str());
    MapiRecipDescW recipient = to(nullptr, kAddress);
    MapiMessageW message = message_to(&recipient, 1);
    message.nFileCount = 1;
    message.lpFiles = &file;
    EXPECT_EQ(ULONG{MAPI_E_ATTACHMENT_NOT_FOUND}, send(message));
    const String folder = port::temporary_folder();
    file.lpszPathName = const_cast<WideChar*>(folder.c_str());
    EXPECT_EQ(ULONG{MAPI_E_ATTACHMENT_OPEN_FAILURE}, send(message));
    const MapiUse use(mapi);
    Mailbox mailbox(mapi);
    EXPECT_TRUE(mailbox.outbox().empty());
    EXPECT_TRUE(mailbox.folder(REMAPI_W("Drafts")).empty());
}

TEST_F(SimpleMapi, NamesTheCodePageCannotHoldAreNotFound) {  // Q42
    make_file(REMAPI_W("\u65E5\u672C.txt"), "x");
    MapiFileDesc file = {};
    // What a program passes after converting the name with a code page that lacks it.
    std::string mangled =
        text::to_ansi(port::join_path(port::temporary_folder(), REMAPI_W("??.txt")), CP_ACP);
    file.lpszPathName = mangled.data();
    char address[] = "alice@example.org";
    MapiRecipDesc recipient = {0, MAPI_TO, nullptr, address, 0, nullptr};
    MapiMessage message = {};
    message.nRecipCount = 1;
    message.lpRecips = &recipient;
    message.nFileCount = 1;
    message.lpFiles = &file;
    EXPECT_EQ(ULONG{MAPI_E_ATTACHMENT_NOT_FOUND}, send(message));
}

TEST_F(SimpleMapi, AnsiTextsAreInTheCallersCodePage) {  // Q33
    const String subject = REMAPI_W("Gr\u00FC\u00DFe");
    std::string ansi = text::to_ansi(subject);
    char address[] = "alice@example.org";
    MapiRecipDesc recipient = {0, MAPI_TO, nullptr, address, 0, nullptr};
    MapiMessage message = {};
    message.lpszSubject = ansi.data();
    message.lpszNoteText = ansi.data();
    message.nRecipCount = 1;
    message.lpRecips = &recipient;
    ASSERT_EQ(ULONG{SUCCESS_SUCCESS}, send(message));
    const StoredMessage stored = sent();
    EXPECT_EQ(subject, stored.subject);
    EXPECT_EQ(subject, stored.body);
    EXPECT_EQ(String(REMAPI_W("IPM.Note")), stored.message_class);
}

TEST_F(SimpleMapi, RelativePathsAreTheCallers) {  // Q1
    const String path = make_file(REMAPI_W("relative.txt"), "relative");
    const ScopedFolder folder(port::parent_folder(path));
    WideChar name[] = REMAPI_W("relative.txt");
    MapiFileDescW file = {};
    file.lpszPathName = name;
    MapiRecipDescW recipient = to(nullptr, kAddress);
    MapiMessageW message = message_to(&recipient, 1);
    message.nFileCount = 1;
    message.lpFiles = &file;
    ASSERT_EQ(ULONG{SUCCESS_SUCCESS}, send(message));
    EXPECT_EQ("relative", sent().attachments.at(0).bytes);
}

TEST_F(SimpleMapi, DocumentsBecomeADraft) {
    const std::string path = text::to_ansi(make_file(REMAPI_W("doc.txt"), "document"));
    std::string paths = path + ";" + path;
    char names[] = "one.txt;two.txt";
    char delimiter[] = ";";
    ASSERT_EQ(ULONG{SUCCESS_SUCCESS}, send_documents(0, delimiter, paths.data(), names, 0));
    const MapiUse use(mapi);
    const auto drafts = Mailbox(mapi).folder(REMAPI_W("Drafts"));
    ASSERT_EQ(1u, drafts.size());
    ASSERT_EQ(2u, drafts[0].attachments.size());
    EXPECT_EQ(String(REMAPI_W("two.txt")), drafts[0].attachments[1].name);
    EXPECT_EQ("document", drafts[0].attachments[1].bytes);
}

TEST_F(SimpleMapi, AddressesResolveToThemselves) {  // Q31
    char name[] = "Alice <alice@example.org>";
    lpMapiRecipDesc found = nullptr;
    ASSERT_EQ(ULONG{SUCCESS_SUCCESS}, resolve_name(0, 0, name, 0, 0, &found));
    ASSERT_NE(nullptr, found);
    EXPECT_STREQ("Alice", found->lpszName);
    EXPECT_STREQ("SMTP:alice@example.org", found->lpszAddress);
    MapiMessage message = {};
    message.nRecipCount = 1;
    message.lpRecips = found;  // entry ID and all, as wrappers do
    EXPECT_EQ(ULONG{SUCCESS_SUCCESS}, send(message));
    EXPECT_EQ(String(kAddress), sent().recipients.at(0).address);
    EXPECT_EQ(ULONG{SUCCESS_SUCCESS}, free_buffer(found));
    char unknown[] = "Nobody At All";
    EXPECT_EQ(ULONG{MAPI_E_UNKNOWN_RECIPIENT}, resolve_name(0, 0, unknown, 0, 0, &found));
    EXPECT_EQ(nullptr, found);
    EXPECT_EQ(ULONG{MAPI_E_INVALID_SESSION}, resolve_name(4711, 0, name, 0, 0, &found));
    EXPECT_EQ(ULONG{MAPI_E_FAILURE}, resolve_name(0, 0, name, 0, 0, nullptr));
}

TEST_F(SimpleMapi, ProfilesThatDoNotExistAreALoginFailure) {  // Q19, Q20
    char profile[] = "no such profile";
    char none[] = "";
    LHANDLE session = 1;
    EXPECT_EQ(ULONG{MAPI_E_LOGIN_FAILURE}, logon(0, profile, nullptr, 0, 0, &session));
    EXPECT_EQ(LHANDLE{0}, session);
    ASSERT_EQ(ULONG{SUCCESS_SUCCESS}, logon(0, profile, nullptr, MAPI_LOGON_UI, 0, &session))
        << "the default";
    EXPECT_EQ(ULONG{SUCCESS_SUCCESS}, logoff(session, 0, 0, 0));
    ASSERT_EQ(ULONG{SUCCESS_SUCCESS}, logon(0, none, none, MAPI_NEW_SESSION, 0, &session))
        << "\"\" is none";
    EXPECT_EQ(ULONG{SUCCESS_SUCCESS}, logoff(session, 0, 0, 0));
    EXPECT_EQ(ULONG{MAPI_E_FAILURE}, logon(0, nullptr, nullptr, 0, 0, nullptr));
}

TEST_F(SimpleMapi, PolicyDraftKeepsAndPolicyPromptKeepsWithAWord) {
    MapiRecipDescW recipient = to(nullptr, kAddress);
    MapiMessageW message = message_to(&recipient, 1);
    set_variable("REMAPI_SEND_POLICY=draft");
    EXPECT_EQ(ULONG{SUCCESS_SUCCESS}, send(message));
    set_variable("REMAPI_SEND_POLICY=prompt");
    EXPECT_EQ(ULONG{SUCCESS_SUCCESS}, send(message));
    set_variable("REMAPI_SEND_POLICY=");
    const MapiUse use(mapi);
    Mailbox mailbox(mapi);
    EXPECT_TRUE(mailbox.outbox().empty());
    EXPECT_EQ(2u, mailbox.folder(REMAPI_W("Drafts")).size());
}

TEST_F(SimpleMapi, AThousandRecipientsAndAHundredFilesAreFine) {  // Q32
    std::vector<String> addresses;
    std::vector<MapiRecipDescW> recipients;
    for (int i = 0; i < 1000; ++i)
        addresses.push_back(REMAPI_W("r") + text::decimal(i) + REMAPI_W("@example.org"));
    for (const String& address : addresses) recipients.push_back(to(nullptr, address.c_str()));
    const String path = make_file(REMAPI_W("a.txt"), "A");
    MapiFileDescW file = {};
    file.lpszPathName = const_cast<WideChar*>(path.c_str());
    std::vector<MapiFileDescW> files(100, file);
    MapiMessageW message = message_to(recipients.data(), 1000);
    message.nFileCount = 100;
    message.lpFiles = files.data();
    ASSERT_EQ(ULONG{SUCCESS_SUCCESS}, send(message));
    const StoredMessage stored = sent();
    EXPECT_EQ(1000u, stored.recipients.size());
    EXPECT_EQ(100u, stored.attachments.size());
}

}  // namespace
}  // namespace remapi::test
