// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <string>

#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"

namespace remapi::test {
namespace {

/// Page: mapi/fgetcomponentpath.md
class ComponentPath : public testing::Test {
protected:
    using Find = BOOL WINAPI(LPCSTR, LPCSTR, LPSTR, DWORD, BOOL);

    void SetUp() override { ASSERT_TRUE(find) << "export missing"; }

    Find* find = Subject::the().find<Find>("FGetComponentPath");
    static constexpr char kUnknown[] = "{5E1F7A60-0000-4000-8000-00C04FD430C8}";
    char m_path[64] = "untouched";
};

TEST_F(ComponentPath, AComponentThatNobodyRegisteredHasNone) {
    UNDECIDED_DIFFERENCE(Wine, "where there is no path, it leaves the buffer as it was");
    EXPECT_FALSE(find(kUnknown, "1033", m_path, sizeof m_path, FALSE));
    EXPECT_STREQ("", m_path);
}

TEST_F(ComponentPath, TheQualifierMayBeMissing) {
    UNDECIDED_DIFFERENCE(Wine, "where there is no path, it leaves the buffer as it was");
    EXPECT_FALSE(find(kUnknown, nullptr, m_path, sizeof m_path, FALSE));
    EXPECT_STREQ("", m_path);
}

TEST_F(ComponentPath, NothingIsWrittenWithoutRoom) {
    UNDECIDED_DIFFERENCE(Wine, "where there is no path, it leaves the buffer as it was");
    EXPECT_FALSE(find(kUnknown, "1033", m_path, 0, FALSE));
    EXPECT_STREQ("untouched", m_path);
    EXPECT_FALSE(find(kUnknown, "1033", nullptr, 10, FALSE));
    EXPECT_FALSE(find(nullptr, "1033", m_path, sizeof m_path, FALSE));
    EXPECT_STREQ("", m_path);
}

/// Page: mapi/scmapixfromsmapi.md; the function for CMC is declared in xcmcmsx2.h and works alike.
class SessionOfAnotherApi : public testing::Test {
protected:
    using FromSimple = SCODE WINAPI(LHANDLE, ULONG, LPCIID, LPMAPISESSION*);
    using FromCmc = SCODE WINAPI(CMC_session_id, ULONG, LPCIID, LPMAPISESSION*);

    void SetUp() override { ASSERT_TRUE(from_simple && from_cmc) << "export missing"; }

    FromSimple* from_simple = Subject::the().find<FromSimple>("ScMAPIXFromSMAPI");
    FromCmc* from_cmc = Subject::the().find<FromCmc>("ScMAPIXFromCMC");
    LPMAPISESSION m_session = reinterpret_cast<LPMAPISESSION>(1);
};

TEST_F(SessionOfAnotherApi, AHandleThatIsNoneIsInvalid) {
    for (const unsigned handle : {0u, 1u, 0x7FFFFFu, 0xFFFFFFFFu}) {
        m_session = reinterpret_cast<LPMAPISESSION>(1);
        EXPECT_HR(MAPI_E_INVALID_PARAMETER, from_simple(handle, 0, nullptr, &m_session)) << handle;
        EXPECT_EQ(nullptr, m_session);
        EXPECT_HR(MAPI_E_INVALID_PARAMETER, from_cmc(handle, 0, nullptr, &m_session)) << handle;
        EXPECT_EQ(nullptr, m_session);
    }
}

TEST_F(SessionOfAnotherApi, FlagsAreReserved) {
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, from_simple(0, 1, nullptr, &m_session));
    EXPECT_HR(MAPI_E_UNKNOWN_FLAGS, from_cmc(0, MAPI_UNICODE, nullptr, &m_session));
}

TEST_F(SessionOfAnotherApi, APlaceForTheSessionIsNeeded) {
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, from_simple(0, 0, nullptr, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, from_cmc(0, 0, nullptr, nullptr));
}

}  // namespace
}  // namespace remapi::test
