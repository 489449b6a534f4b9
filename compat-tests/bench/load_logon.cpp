// SPDX-License-Identifier: LGPL-2.1-or-later
//
// One sample of what it costs a fresh process to load the library and log on. Usage:
//   load_logon load LIBRARY                 the library alone
//   load_logon logon LIBRARY PROFILE        MAPILogonEx and Logoff, too
//   load_logon open-store LIBRARY PROFILE   MAPIInitialize, MAPILogonEx, OpenMsgStore of the
//   default store
// Prints the seconds, then the names of the modules that logging on must not load and did.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>

#include "abi/mapi.h"
#include "library.h"

namespace {

using remapi::bench::Library;

void check(HRESULT result, const char* what) {
    if (FAILED(result)) {
        char code[16];
        std::snprintf(code, sizeof code, "0x%08lX",
                      static_cast<unsigned long>(result) & 0xFFFFFFFFul);
        throw std::runtime_error(std::string(what) + " answered " + code);
    }
}

IMAPISession* log_on(const Library& library, const std::string& profile) {
    check(library.find<HRESULT WINAPI(LPVOID)>("MAPIInitialize")(nullptr), "MAPIInitialize");
    IMAPISession* session = nullptr;
    std::string name = profile;
    check(library.find<HRESULT WINAPI(ULONG_PTR, LPTSTR, LPTSTR, ULONG, LPMAPISESSION*)>(
              "MAPILogonEx")(0, reinterpret_cast<LPTSTR>(name.data()), nullptr,
                             MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE, &session),
          "MAPILogonEx");
    return session;
}

/// The default store's entry identifier is looked up as programs do it, in the table of stores.
void open_default_store(const Library& library, IMAPISession* session) {
    IMAPITable* table = nullptr;
    check(session->GetMsgStoresTable(0, &table), "GetMsgStoresTable");
    SizedSPropTagArray(2, columns) = {2, {PR_DEFAULT_STORE, PR_ENTRYID}};
    check(table->SetColumns(reinterpret_cast<LPSPropTagArray>(&columns), 0), "SetColumns");
    SRowSet* rows = nullptr;
    check(table->QueryRows(100, 0, &rows), "QueryRows");
    const auto free_buffer = library.find<ULONG WINAPI(LPVOID)>("MAPIFreeBuffer");
    IMsgStore* store = nullptr;
    for (ULONG i = 0; i < rows->cRows; ++i) {
        const SPropValue* const values = rows->aRow[i].lpProps;
        const bool is_default = values[0].ulPropTag == PR_DEFAULT_STORE && values[0].Value.b;
        if (is_default && !store) {
            check(session->OpenMsgStore(0, values[1].Value.bin.cb,
                                        reinterpret_cast<LPENTRYID>(values[1].Value.bin.lpb),
                                        nullptr, MDB_WRITE | MAPI_BEST_ACCESS, &store),
                  "OpenMsgStore");
        }
        free_buffer(rows->aRow[i].lpProps);
    }
    free_buffer(rows);
    table->Release();
    if (!store) throw std::runtime_error("the profile has no default store");
    store->Release();
}

/// Modules with one of these in their names are loaded when mail is sent, not before.
void print_loaded_too_early() {
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        for (const char* const name : {"libgmime", "libcurl", "libical", "libglib"}) {
            const std::size_t at = line.find(name);
            if (at != std::string::npos && line.find(" 00000000 ") != std::string::npos) {
                std::cout << line.substr(at) << '\n';
            }
        }
    }
}

void run(const std::string& mode, const std::string& path, const std::string& profile) {
    const double start = remapi::bench::now();
    const Library library(path);
    IMAPISession* session = nullptr;
    if (mode != "load") session = log_on(library, profile);
    if (mode == "open-store") open_default_store(library, session);
    if (mode == "logon") check(session->Logoff(0, 0, 0), "Logoff");
    std::cout << (remapi::bench::now() - start) << '\n';
    print_loaded_too_early();
    if (session) session->Release();
    if (mode != "load") library.find<void WINAPI()>("MAPIUninitialize")();
}

}  // namespace

int main(int count, char** arguments) {
    const std::string mode = count > 1 ? arguments[1] : "";
    const int wanted = mode == "load" ? 3 : 4;
    if (count != wanted || (mode != "load" && mode != "logon" && mode != "open-store")) {
        std::cerr << "usage: load_logon load LIBRARY | logon LIBRARY PROFILE | open-store LIBRARY "
                     "PROFILE\n";
        return 2;
    }
    try {
        std::cout.precision(9);
        run(mode, arguments[2], mode == "load" ? "" : arguments[3]);
    } catch (const std::exception& error) {
        std::cerr << "load_logon: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
