// SPDX-License-Identifier: LGPL-2.1-or-later
//
// From Simple MAPI's sessions to those of Extended MAPI. Page: mapi/scmapixfromsmapi.md
#include "com/ptr.h"
#include "compat-tests/conformance/simple_mapi_fixture.h"

namespace remapi::test {
namespace {

using FromSimple = SCODE WINAPI(LHANDLE, ULONG, LPCIID, LPMAPISESSION*);

TEST_F(SimpleMapi, ASimpleSessionIsAnExtendedOneToo) {  // Q35
    const auto convert = mapi.find<FromSimple>("ScMAPIXFromSMAPI");
    ASSERT_TRUE(convert) << "export missing";
    LHANDLE handle = 0;
    ASSERT_EQ(ULONG{SUCCESS_SUCCESS}, logon(0, nullptr, nullptr, 0, 0, &handle));
    com::Ptr<IMAPISession> session;
    ASSERT_EQ(S_OK, convert(handle, 0, nullptr, session.put()));
    com::Ptr<IMAPITable> stores;
    EXPECT_EQ(S_OK, session->GetMsgStoresTable(0, stores.put()));
    com::Ptr<IMAPISession> by_name;
    EXPECT_EQ(S_OK, convert(handle, 0, &IID_IMAPISession, by_name.put()));
    EXPECT_EQ(MAPI_E_INTERFACE_NOT_SUPPORTED, convert(handle, 0, &IID_IMAPITable, by_name.put()));
    EXPECT_FALSE(by_name);
    EXPECT_EQ(MAPI_E_UNKNOWN_FLAGS, convert(handle, 1, nullptr, by_name.put()));
    stores.reset();
    ASSERT_EQ(ULONG{SUCCESS_SUCCESS}, logoff(handle, 0, 0, 0));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, convert(handle, 0, nullptr, by_name.put())) << "stale";
}

}  // namespace
}  // namespace remapi::test
