// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The idle engine.
#include "abi/guard.h"
#include "object/idle/idle_engine.h"

using remapi::abi::guard_value;
using remapi::object::IdleEngine;

/// Starts the idle engine; counted. Routines run on the thread that starts it first.
/// @param reserved  null
/// Returns 0; 1 when it could not be started or `reserved` is not null. Page: mapi/mapiinitidle.md
extern "C" LONG WINAPI MAPIInitIdle(LPVOID reserved) {
    return guard_value("MAPIInitIdle", LONG{1},
                       [&]() -> LONG { return !reserved && IdleEngine::the().start() ? 0 : 1; });
}

/// Undoes one MAPIInitIdle. The last one forgets every routine. Page: mapi/mapideinitidle.md
extern "C" void WINAPI MAPIDeinitIdle() {
    guard_value("MAPIDeinitIdle", 0, [] {
        IdleEngine::the().finish();
        return 0;
    });
}

/// Registers a routine that is called when there is time.
/// @param context   handed to `function`; the caller's, not looked at
/// @param priority  above 0: before the user's events; below 0: only when there are none
/// @param time      hundredths of a second; FIROWAIT: without the user doing anything, before the
///                  first call; FIROINTERVAL: between two calls and before the first
/// @param options   FIRO_. FIROPERBLOCK: one call in each time of quiet; FIROONCEONLY: one call,
///                  until it is enabled again
/// Returns the routine's tag; null when the engine was not started or the options contradict each
/// other. Page: mapi/ftgregisteridleroutine.md
extern "C" FTG WINAPI FtgRegisterIdleRoutine(PFNIDLE function, LPVOID context, short priority,
                                             ULONG time, USHORT options) {
    return guard_value("FtgRegisterIdleRoutine", FTGNULL, [&] {
        return IdleEngine::the().add({function, context, priority, time, options});
    });
}

/// Disables or enables a routine. An unknown tag is left alone. Page: mapi/enableidleroutine.md
extern "C" void WINAPI EnableIdleRoutine(FTG tag, BOOL enable) {
    guard_value("EnableIdleRoutine", 0, [&] {
        IdleEngine::the().enable(tag, enable != 0);
        return 0;
    });
}

/// Removes a routine; one that runs goes on. An unknown tag is left alone.
/// Page: mapi/deregisteridleroutine.md
extern "C" void WINAPI DeregisterIdleRoutine(FTG tag) {
    guard_value("DeregisterIdleRoutine", 0, [&] {
        IdleEngine::the().remove(tag);
        return 0;
    });
}

/// Changes a routine.
/// @param changes  FIRC_: which of the other parameters count
/// An unknown tag, and a change that would make the options contradict each other, are left alone.
/// Page: mapi/changeidleroutine.md
extern "C" void WINAPI ChangeIdleRoutine(FTG tag, PFNIDLE function, LPVOID context, short priority,
                                         ULONG time, USHORT options, USHORT changes) {
    guard_value("ChangeIdleRoutine", 0, [&] {
        IdleEngine::the().change(tag, {function, context, priority, time, options}, changes);
        return 0;
    });
}
