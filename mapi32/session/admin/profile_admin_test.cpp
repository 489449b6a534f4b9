// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Pages: the iprofadmin-... family, mapi/profile-tables.md
#include "session/profile/services.h"
#include "session/testing/test_session.h"
#include "spi/props.h"

namespace remapi::session {
namespace {

class ProfileAdministration : public SessionTest {
protected:
    std::vector<PropertyBag> table() {
        com::Ptr<IMAPITable> table;
        EXPECT_EQ(S_OK, m_admin->GetProfileTable(0, table.put()));
        return spi::read_rows(table.get());
    }
    HRESULT create(const WideChar* name, ULONG flags = 0) {
        return m_admin->CreateProfile(tstr(name), nullptr, 0, MAPI_UNICODE | flags);
    }
};

TEST_F(ProfileAdministration, NeedsTheSubsystem) {
    uninitialize();
    EXPECT_EQ(MAPI_E_NOT_INITIALIZED, code_of([] { admin_profiles(0); }));
    initialize(nullptr);
}

TEST_F(ProfileAdministration, TheTableShowsNamesAndTheDefault) {
    EXPECT_TRUE(table().empty());
    ASSERT_EQ(S_OK, create(REMAPI_W("One")));
    ASSERT_EQ(S_OK, create(REMAPI_W("Two")));
    ASSERT_EQ(S_OK, m_admin->SetDefaultProfile(tstr(REMAPI_W("Two")), MAPI_UNICODE));
    const std::vector<PropertyBag> rows = table();
    ASSERT_EQ(2u, rows.size());
    EXPECT_EQ(StringView(REMAPI_W("One")), rows[0].text(PR_DISPLAY_NAME_W));
    EXPECT_FALSE(rows[0].truth(PR_DEFAULT_PROFILE, true));
    EXPECT_TRUE(rows[1].truth(PR_DEFAULT_PROFILE));
    ASSERT_EQ(S_OK, m_admin->SetDefaultProfile(nullptr, 0));
    EXPECT_FALSE(table()[1].truth(PR_DEFAULT_PROFILE, true));
}

TEST_F(ProfileAdministration, NamesAreAnsiWithoutTheUnicodeFlag) {
    char name[] = "Narrow";
    ASSERT_EQ(S_OK, m_admin->CreateProfile(reinterpret_cast<LPTSTR>(name), nullptr, 0, 0));
    EXPECT_EQ(String(REMAPI_W("Narrow")), Profile::find(REMAPI_W("Narrow")));
}

TEST_F(ProfileAdministration, ASecondProfileOfANameIsRefused) {
    ASSERT_EQ(S_OK, create(REMAPI_W("One")));
    EXPECT_EQ(MAPI_E_NO_ACCESS, create(REMAPI_W("one")));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, m_admin->CreateProfile(nullptr, nullptr, 0, 0));
}

TEST_F(ProfileAdministration, DefaultServicesComeFromMapisvcInf) {
    ASSERT_EQ(S_OK, create(REMAPI_W("One"), MAPI_DEFAULT_SERVICES));
    const Profile profile = Profile::open(REMAPI_W("One"));
    ASSERT_EQ(1u, service_uids(profile).size());
    EXPECT_EQ(StringView(REMAPI_W("RMLS")),
              profile.read(service_uids(profile)[0]).text(PR_SERVICE_NAME_W));
    EXPECT_TRUE(default_store(profile).has_value());
}

TEST_F(ProfileAdministration, DeletesCopiesAndRenames) {
    make_profile(REMAPI_W("One"), REMAPI_W("RMLS"));
    ASSERT_EQ(S_OK, m_admin->SetDefaultProfile(tstr(REMAPI_W("One")), MAPI_UNICODE));
    EXPECT_EQ(S_OK, m_admin->CopyProfile(tstr(REMAPI_W("One")), nullptr, tstr(REMAPI_W("Two")), 0,
                                         MAPI_UNICODE));
    EXPECT_EQ(1u, service_uids(Profile::open(REMAPI_W("Two"))).size());
    EXPECT_EQ(MAPI_E_NO_ACCESS, m_admin->CopyProfile(tstr(REMAPI_W("One")), nullptr,
                                                     tstr(REMAPI_W("Two")), 0, MAPI_UNICODE));
    EXPECT_EQ(S_OK, m_admin->RenameProfile(tstr(REMAPI_W("One")), nullptr, tstr(REMAPI_W("Three")),
                                           0, MAPI_UNICODE));
    EXPECT_EQ(String(REMAPI_W("Three")), Profile::default_name());
    EXPECT_EQ(S_OK, m_admin->DeleteProfile(tstr(REMAPI_W("Two")), MAPI_UNICODE));
    EXPECT_EQ(MAPI_E_NOT_FOUND, m_admin->DeleteProfile(tstr(REMAPI_W("Two")), MAPI_UNICODE));
    EXPECT_EQ((std::vector<String>{REMAPI_W("Three")}), Profile::names());
}

TEST_F(ProfileAdministration, AProfileInUseIsDeletedWhenItsSessionEnds) {
    make_profile(REMAPI_W("One"), REMAPI_W("RMLS"));
    com::Ptr<IMAPISession> session = log_on_to(REMAPI_W("One"));
    EXPECT_EQ(S_OK, m_admin->DeleteProfile(tstr(REMAPI_W("One")), MAPI_UNICODE));
    EXPECT_TRUE(table().empty());
    EXPECT_EQ(MAPI_E_LOGON_FAILED, code_of([&] { log_on_to(REMAPI_W("One")); }));
    EXPECT_TRUE(Profile::find(REMAPI_W("One")).has_value());
    EXPECT_EQ(S_OK, session->Logoff(0, 0, 0));
    session.reset();
    EXPECT_FALSE(Profile::find(REMAPI_W("One")).has_value());
}

TEST_F(ProfileAdministration, AProfileInUseGetsItsNewNameWhenItsSessionEnds) {
    make_profile(REMAPI_W("One"), REMAPI_W("RMLS"));
    com::Ptr<IMAPISession> session = log_on_to(REMAPI_W("One"));
    EXPECT_EQ(S_OK, m_admin->RenameProfile(tstr(REMAPI_W("One")), nullptr, tstr(REMAPI_W("Two")), 0,
                                           MAPI_UNICODE));
    EXPECT_FALSE(Profile::find(REMAPI_W("Two")).has_value());
    session.reset();
    EXPECT_EQ((std::vector<String>{REMAPI_W("Two")}), Profile::names());
}

TEST_F(ProfileAdministration, AServiceWhoseModuleIsMissingLeavesNothingBehind) {
    ASSERT_EQ(S_OK, create(REMAPI_W("One")));
    com::Ptr<IMsgServiceAdmin> services;
    ASSERT_EQ(S_OK, m_admin->AdminServices(tstr(REMAPI_W("One")), nullptr, 0, MAPI_UNICODE,
                                           services.put()));
    const std::size_t sections = Profile::open(REMAPI_W("One")).sections().size();
    EXPECT_EQ(MAPI_E_NOT_FOUND,
              services->CreateMsgService(tstr(REMAPI_W("GONE")), nullptr, 0, MAPI_UNICODE));
    EXPECT_TRUE(service_uids(Profile::open(REMAPI_W("One"))).empty());
    EXPECT_LE(Profile::open(REMAPI_W("One")).sections().size(), sections + 1);  // the list itself
}

TEST_F(ProfileAdministration, AnUnknownProfileHasNoServices) {
    com::Ptr<IMsgServiceAdmin> services;
    EXPECT_EQ(MAPI_E_LOGON_FAILED, m_admin->AdminServices(tstr(REMAPI_W("Nobody")), nullptr, 0,
                                                          MAPI_UNICODE, services.put()));
    EXPECT_FALSE(services);
}

TEST_F(ProfileAdministration, PasswordsDoNotExist) {
    EXPECT_EQ(S_OK,
              m_admin->ChangeProfilePassword(tstr(REMAPI_W("x")), nullptr, nullptr, MAPI_UNICODE));
}

}  // namespace
}  // namespace remapi::session
