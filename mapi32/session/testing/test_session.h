// SPDX-License-Identifier: LGPL-2.1-or-later
//
// For tests: profiles with the null provider's services (testing/mapisvc.inf), and sessions on
// them.
#pragma once

#include "memory/buffer.h"
#include "session/admin/admin.h"
#include "session/session.h"
#include "session/testing/test_profiles.h"

namespace remapi::session {

/// What tests must know of the null provider (providers/null/behaviour.h), which they meet as a
/// stranger.
namespace null_provider {
constexpr ULONG kTagLogonAnswer =
    PROP_TAG(PT_LONG, 0x6600);  ///< in its section: how its logon fails
constexpr MAPIUID kUid = {{0xA1, 0xC6, 0xE4, 0xD5, 0x3F, 0x1C, 0x0B, 0x4E, 0x8E, 0x6A, 0x4E, 0x55,
                           0x4C, 0x4C, 0x00, 0x01}};
constexpr WideChar kAddressType[] = REMAPI_W("NULL");
}  // namespace null_provider

/// An LPTSTR argument of a call with MAPI_UNICODE.
inline LPTSTR tstr(const WideChar* text) noexcept {
    return reinterpret_cast<LPTSTR>(const_cast<WideChar*>(text));
}

class SessionTest : public ProfileTest {
protected:
    void SetUp() override {
        ProfileTest::SetUp();
        initialize(nullptr);
        m_admin = admin_profiles(0);
    }
    void TearDown() override {
        m_admin.reset();
        uninitialize();
        EXPECT_FALSE(shared_session_exists());
        ProfileTest::TearDown();
    }

    /// Makes the profile `name` with one service; returns its administration.
    com::Ptr<IMsgServiceAdmin> make_profile(const WideChar* name, const WideChar* service) {
        EXPECT_EQ(S_OK, m_admin->CreateProfile(tstr(name), nullptr, 0, MAPI_UNICODE));
        com::Ptr<IMsgServiceAdmin> services;
        EXPECT_EQ(S_OK,
                  m_admin->AdminServices(tstr(name), nullptr, 0, MAPI_UNICODE, services.put()));
        EXPECT_EQ(S_OK, services->CreateMsgService(tstr(service), nullptr, 0, MAPI_UNICODE));
        return services;
    }
    com::Ptr<IMAPISession> log_on_to(const WideChar* name, FLAGS flags = 0) {
        return logon({0, name, flags | MAPI_EXTENDED | MAPI_NEW_SESSION});
    }

    com::Ptr<IProfAdmin> m_admin;
};

/// The code of the Error that `call` throws, S_OK when it throws none.
template <class Call>
HRESULT code_of(Call&& call) {
    try {
        call();
        return S_OK;
    } catch (const Error& error) {
        return error.code();
    }
}

}  // namespace remapi::session
