// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Whose library a test judges, and what is known of the others'.
#pragma once

#include <gtest/gtest.h>

#include "port/module.h"

namespace remapi::test {

enum class Vendor { Ours, Wine, Windows };

/// Whose library `module` is, told from its image.
Vendor vendor_of(port::ModuleHandle module);

/// Whether Wine 8 has a body for the export: where it has none, calling it ends the process.
bool is_implemented_by_wine(const char* export_name);

}  // namespace remapi::test

/// Skips the rest of a test where the library under test is that vendor's, which is known to
/// deviate there from the page that the test names.
#define KNOWN_DIFFERENCE(who, reason)                                                 \
    do {                                                                              \
        if (::remapi::test::Subject::the().vendor() == ::remapi::test::Vendor::who) { \
            GTEST_SKIP() << "known difference of " #who ": " << reason;               \
        }                                                                             \
    } while (false)
