// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Makes the profile that other workloads log on to. Usage: make_profile LIBRARY PROFILE PORT
#include <cstdlib>
#include <iostream>

#include "compat-tests/harness/test_profile.h"
#include "library.h"
#include "text/text.h"

int main(int count, char** arguments) {
    if (count != 4) {
        std::cerr << "usage: make_profile LIBRARY PROFILE PORT\n";
        return 2;
    }
    try {
        const remapi::bench::Library library(arguments[1]);
        const remapi::test::MapiUse use(library);
        remapi::test::TestAccount account;
        account.port = static_cast<ULONG>(std::atoi(arguments[3]));
        remapi::test::create_test_profile(library, remapi::text::from_utf8(arguments[2]), account);
    } catch (const std::exception& error) {
        std::cerr << "make_profile: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
