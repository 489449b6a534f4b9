// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Logs on, resolves a name and logs off, again and again: does the process grow? Usage:
//   logon_cycles LIBRARY PROFILE SETTLING_CYCLES CYCLES
// Prints the growth in bytes between the end of the settling cycles and the end, and seconds a
// cycle.
#include <cstdlib>
#include <iostream>
#include <string>

#include "abi/mapi.h"
#include "library.h"

namespace {

using remapi::bench::Library;

/// Simple MAPI as programs find it.
struct SimpleMapi {
    explicit SimpleMapi(const Library& library)
        : logon(library.find<ULONG WINAPI(ULONG_PTR, LPSTR, LPSTR, FLAGS, ULONG, LPLHANDLE)>(
              "MAPILogon")),
          logoff(library.find<ULONG WINAPI(LHANDLE, ULONG_PTR, FLAGS, ULONG)>("MAPILogoff")),
          resolve(
              library.find<ULONG WINAPI(LHANDLE, ULONG_PTR, LPSTR, FLAGS, ULONG, lpMapiRecipDesc*)>(
                  "MAPIResolveName")),
          free_buffer(library.find<ULONG WINAPI(LPVOID)>("MAPIFreeBuffer")) {}

    ULONG(WINAPI* logon)(ULONG_PTR, LPSTR, LPSTR, FLAGS, ULONG, LPLHANDLE);
    ULONG(WINAPI* logoff)(LHANDLE, ULONG_PTR, FLAGS, ULONG);
    ULONG(WINAPI* resolve)(LHANDLE, ULONG_PTR, LPSTR, FLAGS, ULONG, lpMapiRecipDesc*);
    ULONG(WINAPI* free_buffer)(LPVOID);
};

void check(ULONG result, const char* what) {
    if (result != SUCCESS_SUCCESS) {
        throw std::runtime_error(std::string(what) + " answered " + std::to_string(result));
    }
}

void cycle(const SimpleMapi& mapi, std::string& profile) {
    LHANDLE session = 0;
    check(mapi.logon(0, profile.data(), nullptr, MAPI_NEW_SESSION, 0, &session), "MAPILogon");
    char name[] = "alice@example.org";
    lpMapiRecipDesc recipient = nullptr;
    check(mapi.resolve(session, 0, name, 0, 0, &recipient), "MAPIResolveName");
    mapi.free_buffer(recipient);
    check(mapi.logoff(session, 0, 0, 0), "MAPILogoff");
}

void run(char** arguments) {
    const Library library(arguments[1]);
    const SimpleMapi mapi(library);
    std::string profile = arguments[2];
    for (long i = std::atol(arguments[3]); i > 0; --i) cycle(mapi, profile);
    // The first look at memory and clock brings in code of their own, 16 pages at a time.
    remapi::bench::resident_bytes();
    remapi::bench::now();
    const std::size_t settled = remapi::bench::resident_bytes();
    const double start = remapi::bench::now();
    const long cycles = std::atol(arguments[4]);
    for (long i = 0; i < cycles; ++i) cycle(mapi, profile);
    const double seconds = remapi::bench::now() - start;
    const auto growth =
        static_cast<long long>(remapi::bench::resident_bytes()) - static_cast<long long>(settled);
    std::cout << growth << ' ' << seconds / static_cast<double>(cycles) << '\n';
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 5 || std::atol(arguments[4]) < 1) {
        std::cerr << "usage: logon_cycles LIBRARY PROFILE SETTLING_CYCLES CYCLES\n";
        return 2;
    }
    try {
        run(arguments);
    } catch (const std::exception& error) {
        std::cerr << "logon_cycles: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
