// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

namespace remapi::xp::test {

/// Who has to give the answer a test expects.
enum class Holds {
    Everywhere,    ///< documented, and so in the run-time library the tests run on
    InOurVersion,  ///< documented, but Wine 8 answers otherwise
};

#ifdef REMAPI_XP_FORCE_FALLBACK
inline constexpr bool kTestsOurVersion = true;
#else
inline constexpr bool kTestsOurVersion = false;
#endif

}  // namespace remapi::xp::test
