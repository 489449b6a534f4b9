// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/simple_mapi_fixture.h"

#include <cstdlib>
#include <memory>

#include "text/text.h"

namespace remapi::test {
namespace {

constexpr WideChar kProfile[] = REMAPI_W("conformance");
constexpr WideChar kOtherProfile[] = REMAPI_W("conformance of another kind");

/// Folders and profile of this program; the folders stay for the system to clear.
void prepare() {
    static bool prepared = false;
    if (prepared) return;
    prepared = true;
    const std::string own = "remapi-conformance-" + std::to_string(port::current_process_id());
    const String root = port::join_path(port::temporary_folder(), port::from_utf8(own));
    ASSERT_EQ(0, port::create_folders(root));
    // Natively the profile goes here; on Wine the whole prefix is the test program's own.
    set_variable("XDG_CONFIG_HOME=" + port::to_utf8(root));
    set_variable("XDG_DATA_HOME=" + port::to_utf8(root));
    const Subject& library = Subject::the();
    const MapiUse use(library);
    TestAccount account;
    account.port = 9;  // nobody listens: nothing may be sent
    create_test_profile(library, kProfile, account);
}

}  // namespace

void set_variable(const std::string& assignment) {
    static std::vector<std::unique_ptr<std::string>> kept;  // putenv keeps the pointer
    kept.push_back(std::make_unique<std::string>(assignment));
    putenv(kept.back()->data());
}

ScopedProfile::ScopedProfile(std::vector<const char*> services) {
    TestAccount account;
    account.port = 9;
    account.services = std::move(services);
    create_test_profile(Subject::the(), kOtherProfile, account);
    const auto admin = Subject::the().find<MAPIADMINPROFILES>("MAPIAdminProfiles");
    check(admin(0, m_profiles.put()), "MAPIAdminProfiles");
}

ScopedProfile::~ScopedProfile() {
    EXPECT_EQ(S_OK, m_profiles->SetDefaultProfile(detail::tstr(kProfile), MAPI_UNICODE));
    EXPECT_EQ(S_OK, m_profiles->DeleteProfile(detail::tstr(kOtherProfile), MAPI_UNICODE));
}

void SimpleMapi::SetUpTestSuite() {
    prepare();
}

void SimpleMapi::SetUp() {
    ASSERT_TRUE(send_mail && send_mail_w && logon && logoff && resolve_name && send_documents &&
                free_buffer)
        << "export missing";
    m_folder =
        port::join_path(port::temporary_folder(),
                        REMAPI_W("remapi-files-") + text::decimal(port::current_process_id()));
    ASSERT_EQ(0, port::create_folders(m_folder));
}

void SimpleMapi::TearDown() {
    for (const String& file : m_files) port::remove_file(file);
    port::remove_folder(m_folder);
    const MapiUse use(mapi);
    Mailbox(mapi).empty(REMAPI_W("Drafts"));
}

String SimpleMapi::make_file(StringView name, std::string_view bytes) {
    const String path = port::join_path(m_folder, name);
    EXPECT_EQ(0, port::write_file(path, bytes));
    m_files.push_back(path);
    return path;
}

ULONG SimpleMapi::send(MapiMessageW& message, FLAGS flags) {
    return send_mail_w(0, 0, &message, flags, 0);
}

ULONG SimpleMapi::send(MapiMessage& message, FLAGS flags) {
    return send_mail(0, 0, &message, flags, 0);
}

StoredMessage SimpleMapi::sent() {
    const MapiUse use(mapi);
    auto messages = Mailbox(mapi).outbox();
    EXPECT_EQ(1u, messages.size());
    return messages.empty() ? StoredMessage() : std::move(messages.front());
}

MapiRecipDescW SimpleMapi::to(const WideChar* name, const WideChar* address,
                              ULONG recipient_class) {
    MapiRecipDescW out = {};
    out.ulRecipClass = recipient_class;
    out.lpszName = const_cast<WideChar*>(name);
    out.lpszAddress = const_cast<WideChar*>(address);
    return out;
}

MapiMessageW SimpleMapi::message_to(MapiRecipDescW* recipients, ULONG count) {
    MapiMessageW out = {};
    out.nRecipCount = count;
    out.lpRecips = recipients;
    return out;
}

}  // namespace remapi::test
