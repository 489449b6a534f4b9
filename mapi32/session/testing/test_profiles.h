// SPDX-License-Identifier: LGPL-2.1-or-later
//
// For tests: profiles of their own that are gone afterwards.
#pragma once

#include <gtest/gtest.h>

#include "port/process.h"
#include "session/profile/profile.h"

namespace remapi::session {

/// Starts and ends every test without a profile. The environment variable REMAPI_TEST_HOME, which
/// ctest sets, says that there are no real ones to be lost: the configuration folder is the test's
/// own.
class ProfileTest : public testing::Test {
protected:
    void SetUp() override {
        if (!port::environment("REMAPI_TEST_HOME")) {
            GTEST_FAIL() << "run this by ctest, which gives it a configuration of its own";
        }
        m_own = true;
        remove_all();
    }
    void TearDown() override {
        if (m_own) remove_all();
    }

    static void remove_all() {
        for (const String& name : Profile::names()) Profile::remove(name);
        Profile::set_default({});
    }

private:
    bool m_own = false;
};

}  // namespace remapi::session
