// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Pages: mapi/mapilogonex.md, mapi/logging-on-to-mapi.md, mapi/imapisession-logoff.md
#include "abi/remapi_tags.h"
#include "object/notify/callback_sink.h"
#include "object/notify/dispatcher.h"
#include "port/thread.h"
#include "session/logon/first_profile.h"
#include "session/profile/services.h"
#include "session/testing/test_session.h"
#include "spi/props.h"

namespace remapi::session {
namespace {

class Logon : public SessionTest {
protected:
    HRESULT code(const WideChar* name, FLAGS flags) {
        return code_of([&] { logon({0, name, flags}); });
    }
    /// Logs on and tells the name of the profile that came of it.
    String profile_of(const WideChar* name, FLAGS flags) {
        return profile_name(*logon({0, name, flags | MAPI_NEW_SESSION}));
    }
};

TEST_F(Logon, NeedsTheSubsystem) {
    uninitialize();
    EXPECT_EQ(MAPI_E_NOT_INITIALIZED, code(REMAPI_W("One"), 0));
    initialize(nullptr);
}

TEST_F(Logon, WithoutAnyProfileTheFirstOneMakesAWorkingDefault) {
    const com::Ptr<IMAPISession> session = logon({0, {}, MAPI_EXTENDED});
    EXPECT_EQ(String(kFirstProfileName), profile_name(*session));
    EXPECT_EQ(String(kFirstProfileName), Profile::default_name());
    EXPECT_TRUE(open_default_store(*session, MDB_NO_DIALOG));
}

TEST_F(Logon, AFirstProfileThatWasLeftHalfMadeIsMadeAnew) {
    Profile::create(kFirstProfileName);
    const com::Ptr<IMAPISession> session = logon({0, {}, MAPI_EXTENDED});
    EXPECT_TRUE(open_default_store(*session, MDB_NO_DIALOG));
}

TEST_F(Logon, TwoThreadsMakeOneFirstProfile) {
    HRESULT other = E_FAIL;
    port::Thread thread;
    ASSERT_TRUE(thread.start([&] { other = code_of([] { logon({0, {}, MAPI_NEW_SESSION}); }); }));
    const HRESULT own = code_of([] { logon({0, {}, MAPI_NEW_SESSION}); });
    thread.join();
    EXPECT_EQ(S_OK, own);
    EXPECT_EQ(S_OK, other);
    EXPECT_EQ(1u, service_uids(Profile::open(kFirstProfileName)).size());
}

TEST_F(Logon, OtherProfilesWithoutADefaultAreNoDefault) {
    make_profile(REMAPI_W("One"), REMAPI_W("RMLS"));
    EXPECT_EQ(MAPI_E_LOGON_FAILED, code(REMAPI_W(""), 0));
    EXPECT_EQ(S_OK, code(REMAPI_W("one"), 0));
}

TEST_F(Logon, AnUnknownProfileFailsUnlessAPersonMayBeAsked) {  // quirk Q20
    make_profile(REMAPI_W("One"), REMAPI_W("RMLS"));
    Profile::set_default(REMAPI_W("One"));
    EXPECT_EQ(MAPI_E_LOGON_FAILED, code(REMAPI_W("Nobody"), MAPI_NEW_SESSION));
    EXPECT_EQ(String(REMAPI_W("One")), profile_of(REMAPI_W("Nobody"), MAPI_LOGON_UI));
    EXPECT_EQ(String(REMAPI_W("One")), profile_of(REMAPI_W(""), 0));
}

TEST_F(Logon, AnExplicitProfileMustBeNamed) {
    make_profile(REMAPI_W("One"), REMAPI_W("RMLS"));
    Profile::set_default(REMAPI_W("One"));
    EXPECT_EQ(MAPI_E_LOGON_FAILED, code(REMAPI_W(""), MAPI_EXPLICIT_PROFILE));
    EXPECT_EQ(S_OK, code(REMAPI_W(""), MAPI_EXPLICIT_PROFILE | MAPI_USE_DEFAULT));
    EXPECT_EQ(S_OK, code(REMAPI_W("One"), MAPI_EXPLICIT_PROFILE | MAPI_TIMEOUT_SHORT));
    EXPECT_EQ(MAPI_E_LOGON_FAILED, code(String(65, REMAPI_W('x')).c_str(), MAPI_LOGON_UI));
}

TEST_F(Logon, AnImpatientOneDoesNotWaitForOthers) {
    make_profile(REMAPI_W("One"), REMAPI_W("RMLS"));
    const ProfileLock lock(1000);
    EXPECT_EQ(MAPI_E_TIMEOUT, code(REMAPI_W("One"), MAPI_TIMEOUT_SHORT));
}

TEST_F(Logon, ASharedSessionIsTakenByWhoeverWantsNoNewOne) {
    make_profile(REMAPI_W("One"), REMAPI_W("RMLS"));
    make_profile(REMAPI_W("Two"), REMAPI_W("RMLS"));
    com::Ptr<IMAPISession> first = logon({0, REMAPI_W("One"), MAPI_ALLOW_OTHERS});
    EXPECT_TRUE(shared_session_exists());
    com::Ptr<IMAPISession> second = logon({0, {}, 0});
    EXPECT_EQ(String(REMAPI_W("One")), profile_name(*second));
    EXPECT_NE(first.get(), second.get());
    EXPECT_EQ(String(REMAPI_W("One")), profile_name(*logon({0, REMAPI_W("Two"), 0})));
    EXPECT_EQ(String(REMAPI_W("Two")), profile_of(REMAPI_W("Two"), 0));
    EXPECT_EQ(S_OK, first->Logoff(0, 0, 0));
    EXPECT_EQ(String(REMAPI_W("One")), profile_name(*second));
    EXPECT_EQ(S_OK, second->Logoff(0, 0, 0));
    EXPECT_FALSE(shared_session_exists());
}

TEST_F(Logon, LogoffOfASharedSessionTellsTheOthers) {
    make_profile(REMAPI_W("One"), REMAPI_W("RMLS"));
    com::Ptr<IMAPISession> first = logon({0, REMAPI_W("One"), MAPI_ALLOW_OTHERS});
    com::Ptr<IMAPISession> second = logon({0, {}, 0});
    SCODE told = S_OK;
    const auto sink = com::make<object::CallbackSink>([&](const NOTIFICATION* events, ULONG) {
        if (events->ulEventType == fnevCriticalError) told = events->info.err.scode;
    });
    ULONG_PTR connection = 0;
    ASSERT_EQ(S_OK, second->Advise(0, nullptr, 0, sink.get(), &connection));
    EXPECT_NE(0u, connection);
    EXPECT_EQ(S_OK, first->Logoff(0, MAPI_LOGOFF_SHARED, 0));
    EXPECT_EQ(S_OK, told) << "not within the call";
    EXPECT_EQ(S_OK, object::dispatch_notifications(0));
    EXPECT_EQ(MAPI_E_END_OF_SESSION, told);
    EXPECT_EQ(S_OK, second->Unadvise(connection));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, second->Unadvise(connection));
}

TEST_F(Logon, NothingWorksAfterLogoffButRelease) {
    make_profile(REMAPI_W("One"), REMAPI_W("RMLS"));
    const com::Ptr<IMAPISession> session = log_on_to(REMAPI_W("One"));
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, session->Logoff(0, 0x80, 0));
    EXPECT_EQ(S_OK, session->Logoff(0, 0, 0));
    com::Ptr<IMAPITable> table;
    EXPECT_EQ(MAPI_E_END_OF_SESSION, session->GetMsgStoresTable(0, table.put()));
    EXPECT_EQ(MAPI_E_END_OF_SESSION, session->Logoff(0, 0, 0));
}

TEST_F(Logon, LeavesNoObjectBehind) {
    make_profile(REMAPI_W("One"), REMAPI_W("FULL"));
    const long before = com::live_objects();
    {
        const com::Ptr<IMAPISession> session = log_on_to(REMAPI_W("One"));
        com::Ptr<IAddrBook> book;
        com::Ptr<IMAPITable> table;
        EXPECT_EQ(S_OK, session->OpenAddressBook(0, nullptr, AB_NO_DIALOG, book.put()));
        EXPECT_EQ(S_OK, session->GetStatusTable(0, table.put()));
        EXPECT_TRUE(open_default_store(*session, MDB_NO_DIALOG));
    }
    EXPECT_EQ(before, com::live_objects());
}

TEST_F(Logon, TheProfileTellsThePolicyOfSending) {
    make_profile(REMAPI_W("One"), REMAPI_W("RMLS"));
    const com::Ptr<IMAPISession> session = log_on_to(REMAPI_W("One"));
    EXPECT_EQ(std::nullopt, send_policy(*session));
    Profile::open(REMAPI_W("One"))
        .write(profile_instance_section(), PropValue(kTagSendPolicy, REMAPI_W("send")));
    EXPECT_EQ(String(REMAPI_W("send")), send_policy(*session));
}

}  // namespace
}  // namespace remapi::session
