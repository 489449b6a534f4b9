// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/spooler/program/run.h"

#include "abi/guard.h"
#include "abi/remapi_tags.h"
#include "com/ptr.h"
#include "log/log.h"
#include "port/file.h"
#include "port/module.h"

namespace remapi::spooler_program {
namespace {

/// Both names on both platforms: each looks for its own first and never finds the other's.
constexpr StringView kLibraryNames[] = {REMAPI_W("mapi32.dll"), REMAPI_W("libmapi32.so.1")};

/// The functions of mapi32 that this program calls, off its export table.
struct Library {
    LPMAPIINITIALIZE initialize = nullptr;
    LPMAPIUNINITIALIZE uninitialize = nullptr;
    LPMAPILOGONEX logon = nullptr;
};

port::ModuleHandle load_mapi() {
    const String own = port::own_module_folder();
    const String libraries = port::join_path(port::parent_folder(own), REMAPI_W("lib"));
    for (const String& folder : {own, libraries}) {
        for (const StringView name : kLibraryNames) {
            const String path = port::join_path(folder, name);
            if (!port::exists(path)) continue;
            std::string error;
            if (const port::ModuleHandle module = port::load_module(path, error)) return module;
            throw Error(MAPI_E_NOT_INITIALIZED,
                        "loading " + log::utf8(StringView(path)) + ": " + error);
        }
    }
    throw Error(MAPI_E_NOT_FOUND, "mapi32 does not lie beside the spooler program");
}

Library find_functions(port::ModuleHandle module) {
    Library library;
    library.initialize =
        reinterpret_cast<LPMAPIINITIALIZE>(port::find_symbol(module, "MAPIInitialize"));
    library.uninitialize =
        reinterpret_cast<LPMAPIUNINITIALIZE>(port::find_symbol(module, "MAPIUninitialize"));
    library.logon = reinterpret_cast<LPMAPILOGONEX>(port::find_symbol(module, "MAPILogonEx"));
    if (!library.initialize || !library.uninitialize || !library.logon) {
        throw Error(MAPI_E_VERSION, "this mapi32 lacks a function that the spooler needs");
    }
    return library;
}

/// MAPIInitialize for a scope.
class Initialized {
public:
    explicit Initialized(const Library& library) : m_library(library) {
        MAPIINIT_0 settings = {MAPI_INIT_VERSION, MAPI_MULTITHREAD_NOTIFICATIONS};
        check(m_library.initialize(&settings), "MAPIInitialize");
    }
    ~Initialized() { m_library.uninitialize(); }
    Initialized(const Initialized&) = delete;
    Initialized& operator=(const Initialized&) = delete;

private:
    const Library& m_library;
};

/// A session for a scope.
class Session {
public:
    Session(const Library& library, const String& profile) {
        FLAGS flags = MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_UNICODE | MAPI_NO_MAIL;
        flags |= profile.empty() ? MAPI_USE_DEFAULT : MAPI_EXPLICIT_PROFILE;
        LPTSTR name = profile.empty()
                          ? nullptr
                          : reinterpret_cast<LPTSTR>(const_cast<WideChar*>(profile.c_str()));
        check(library.logon(0, name, nullptr, flags, m_session.put()), "MAPILogonEx");
    }
    ~Session() { m_session->Logoff(0, 0, 0); }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    com::Ptr<IRemapiSpooler> spooler() {
        com::Ptr<IRemapiSpooler> found;
        check(m_session->QueryInterface(kIidRemapiSpooler, found.put_as<void>()),
              "asking for the spooler");
        return found;
    }

private:
    com::Ptr<IMAPISession> m_session;
};

void run_queue(IRemapiSpooler* spooler, const Arguments& arguments, StopRelay& stop,
               Report& report) {
    com::Ptr<spi::IRemapiSpoolerControl> control;
    check(spooler->QueryInterface(spi::kIidRemapiSpoolerControl, control.put_as<void>()),
          "asking for the spooler's control");
    stop.attach(control.get());
    const ULONG flags = (arguments.once ? kSpoolOnce : 0) | (arguments.now ? kSpoolNow : 0);
    report.result = spooler->RunQueue(flags, arguments.timeout_ms, &report.sent, &report.waiting,
                                      &report.failed);
    stop.attach(nullptr);
}

}  // namespace

Report run(const Arguments& arguments, StopRelay& stop) {
    Report report;
    const HRESULT reached = abi::guard("the spooler program", [&]() -> HRESULT {
        const Library library = find_functions(load_mapi());
        const Initialized initialized(library);
        Session session(library, arguments.profile);
        const com::Ptr<IRemapiSpooler> spooler = session.spooler();
        run_queue(spooler.get(), arguments, stop, report);
        return S_OK;
    });
    if (FAILED(reached)) report.result = reached;
    return report;
}

int exit_code(const Report& report) noexcept {
    return SUCCEEDED(report.result) || report.result == MAPI_E_BUSY ? 0 : 1;
}

}  // namespace remapi::spooler_program
