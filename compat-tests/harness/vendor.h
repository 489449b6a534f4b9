// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Whose library a test judges, and what is known of the others'.
#pragma once

#include <gtest/gtest.h>

#include <string_view>

#include "port/module.h"

namespace remapi::test {

enum class Vendor { Ours, Wine, Windows };

/// Whose library `module` is, told from its image.
Vendor vendor_of(port::ModuleHandle module);

/// Whether `page` is the name of a page of the documentation: FOLDER/PAGE.md, with the folder mapi
/// for MAPI's, that of a header for those of the Windows SDK.
consteval bool names_page(std::string_view page) {
    const std::size_t slash = page.find('/');
    constexpr std::string_view kEnding = ".md";
    if (slash == 0 || slash == page.npos || !page.ends_with(kEnding)) return false;
    const std::string_view folder = page.substr(0, slash);
    const std::string_view name = page.substr(slash + 1, page.size() - slash - 1 - kEnding.size());
    const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
    for (const char c : folder) {
        if (!is_lower(c)) return false;
    }
    return !name.empty() && is_lower(name[0]) && name.find('/') == name.npos;
}

/// Whether Wine 8 has a body for the export: where it has none, calling it ends the process.
bool is_implemented_by_wine(const char* export_name);

}  // namespace remapi::test

/// Skips the rest of a test where the library under test is that vendor's, which is known to
/// deviate there from a page of the documentation.
/// @param page    the page that decides for what the test wants, as names_page takes it
/// @param reason  what the other library does, after "known difference of WHO:"
#define KNOWN_DIFFERENCE(who, page, reason)                                                       \
    do {                                                                                          \
        static_assert(::remapi::test::names_page(page), "no page of the documentation");          \
        REMAPI_SKIP_ON(who, "known difference of " #who ": " << (reason) << " (Page: " page ")"); \
    } while (false)

/// The same where no page decides between the two libraries, such as what becomes of a null
/// pointer, or where ours is knowingly better than the page: `reason` tells which.
#define UNDECIDED_DIFFERENCE(who, reason) \
    REMAPI_SKIP_ON(who, "difference of " #who " that no page decides: " << (reason))

#define REMAPI_SKIP_ON(who, message)                                                  \
    do {                                                                              \
        if (::remapi::test::Subject::the().vendor() == ::remapi::test::Vendor::who) { \
            GTEST_SKIP() << message;                                                  \
        }                                                                             \
    } while (false)
