// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <gtest/gtest.h>

#include <filesystem>

#include "compat-tests/harness/mailbox.h"
#include "compat-tests/harness/test_profile.h"

namespace remapi::test {

/// Simple MAPI over a profile made for the test program, which sends at once; the spooler is not
/// started, so that what is submitted can be read in the Outbox.
class SimpleMapi : public testing::Test {
protected:
    static void SetUpTestSuite();
    void SetUp() override;
    void TearDown() override;

    /// A file of that content in a folder of its own; both go with the test.
    String make_file(StringView name, std::string_view bytes);
    /// Calls MAPISendMailW with no session and no window.
    ULONG send(MapiMessageW& message, FLAGS flags = 0);
    ULONG send(MapiMessage& message, FLAGS flags = 0);
    /// The only message in the Outbox.
    StoredMessage sent();

    /// A recipient as a program writes it; the texts must outlive it.
    static MapiRecipDescW to(const WideChar* name, const WideChar* address,
                             ULONG recipient_class = MAPI_TO);
    static MapiMessageW message_to(MapiRecipDescW* recipients, ULONG count);

    const Subject& mapi = Subject::the();
    using SendMail = ULONG WINAPI(LHANDLE, ULONG_PTR, lpMapiMessage, FLAGS, ULONG);
    using SendMailW = ULONG WINAPI(LHANDLE, ULONG_PTR, lpMapiMessageW, FLAGS, ULONG);
    using Logon = ULONG WINAPI(ULONG_PTR, LPSTR, LPSTR, FLAGS, ULONG, LPLHANDLE);
    using Logoff = ULONG WINAPI(LHANDLE, ULONG_PTR, FLAGS, ULONG);
    using ResolveName = ULONG WINAPI(LHANDLE, ULONG_PTR, LPSTR, FLAGS, ULONG, lpMapiRecipDesc*);
    using SendDocuments = ULONG WINAPI(ULONG_PTR, LPSTR, LPSTR, LPSTR, ULONG);
    using FreeBuffer = ULONG WINAPI(LPVOID);
    SendMail* send_mail = mapi.find<SendMail>("MAPISendMail");
    SendMailW* send_mail_w = mapi.find<SendMailW>("MAPISendMailW");
    Logon* logon = mapi.find<Logon>("MAPILogon");
    Logoff* logoff = mapi.find<Logoff>("MAPILogoff");
    ResolveName* resolve_name = mapi.find<ResolveName>("MAPIResolveName");
    SendDocuments* send_documents = mapi.find<SendDocuments>("MAPISendDocuments");
    FreeBuffer* free_buffer = mapi.find<FreeBuffer>("MAPIFreeBuffer");

private:
    std::vector<String> m_files;
    String m_folder;
};

/// Another default profile for the time of a scope, with services of mapisvc.inf beside the tests.
class ScopedProfile {
public:
    explicit ScopedProfile(std::vector<const char*> services);
    ~ScopedProfile();
    ScopedProfile(const ScopedProfile&) = delete;
    ScopedProfile& operator=(const ScopedProfile&) = delete;

private:
    const MapiUse m_use{Subject::the()};
    com::Ptr<IProfAdmin> m_profiles;
};

/// Another current directory for the time of a scope.
class ScopedFolder {
public:
    explicit ScopedFolder(StringView path) : m_before(std::filesystem::current_path()) {
        std::filesystem::current_path(std::filesystem::path(String(path)));
    }
    ~ScopedFolder() { std::filesystem::current_path(m_before); }
    ScopedFolder(const ScopedFolder&) = delete;
    ScopedFolder& operator=(const ScopedFolder&) = delete;

private:
    std::filesystem::path m_before;
};

/// Sets or clears a variable of this process and of the library in it.
void set_variable(const std::string& assignment);

}  // namespace remapi::test
