// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Advise sinks, their threads, and notifications as blocks of memory.
#include "abi/guard.h"
#include "object/notify/advise_sinks.h"
#include "object/notify/dispatcher.h"
#include "object/notify/notification_block.h"
#include "port/module.h"
#include "session/session.h"

namespace object = remapi::object;
using remapi::abi::guard;

/// Makes a sink that calls a function.
/// @param callback  called with `context` on whichever thread the sink is called
/// @param context   the caller's, not looked at; may be null
/// @param sink      [out] released by the caller
/// Errors: MAPI_E_INVALID_PARAMETER without `callback` or `sink`. Page: mapi/hrallocadvisesink.md
extern "C" HRESULT WINAPI HrAllocAdviseSink(LPNOTIFCALLBACK callback, LPVOID context,
                                            LPMAPIADVISESINK* sink) {
    return guard("HrAllocAdviseSink", [&]() -> HRESULT {
        if (!sink) return MAPI_E_INVALID_PARAMETER;
        *sink = nullptr;
        if (!callback) return MAPI_E_INVALID_PARAMETER;
        remapi::port::pin_own_module();  // the sink may outlive the caller's reference to us
        *sink = object::make_callback_sink(callback, context).detach();
        return S_OK;
    });
}

/// Makes a sink whose calls reach `sink` on the calling thread only: at once when they are made
/// there, else when that runs its message loop or calls HrDispatchNotifications.
/// @param wrapper  [out] released by the caller; keeps `sink` alive
/// Errors: MAPI_E_INVALID_PARAMETER without `sink` or `wrapper`.
/// Page: mapi/hrthisthreadadvisesink.md
extern "C" HRESULT WINAPI HrThisThreadAdviseSink(LPMAPIADVISESINK sink, LPMAPIADVISESINK* wrapper) {
    return guard("HrThisThreadAdviseSink", [&]() -> HRESULT {
        if (!wrapper) return MAPI_E_INVALID_PARAMETER;
        *wrapper = nullptr;
        if (!sink) return MAPI_E_INVALID_PARAMETER;
        remapi::port::pin_own_module();
        *wrapper = object::make_this_thread_sink(sink).detach();
        return S_OK;
    });
}

/// Calls the sinks that wait to be called on this thread, without waiting for its message loop.
/// @param flags  0; a program of ours may ask it to wait (mapi32/docs/NOTIFICATIONS.md)
/// Errors: MAPI_E_USER_CANCEL when WM_QUIT waits, which stays in the queue, or the Windows session
/// ends; MAPI_E_NOT_INITIALIZED; MAPI_E_UNKNOWN_FLAGS. Page: mapi/hrdispatchnotifications.md
extern "C" HRESULT WINAPI HrDispatchNotifications(ULONG flags) {
    return remapi::abi::guard_entry("HrDispatchNotifications", [&]() -> HRESULT {
        remapi::session::require_initialized();
        return object::dispatch_notifications(flags);
    });
}

/// Checks notifications and tells how many bytes ScCopyNotifications makes of them.
/// @param events  `count` of them
/// @param size    [out] bytes; may be null
/// Errors: MAPI_E_INVALID_PARAMETER for an unknown event, a null pointer where data must be, a
/// property that ScCountProps refuses. Page: mapi/sccountnotifications.md
extern "C" SCODE WINAPI ScCountNotifications(int count, LPNOTIFICATION events, ULONG* size) {
    return guard("ScCountNotifications",
                 [&] { return object::count_notifications(count, events, size); });
}

/// Copies notifications with everything they point to into one block.
/// @param block  as large as ScCountNotifications says
/// @param size   [out] bytes written; may be null
/// Errors: MAPI_E_INVALID_PARAMETER as ScCountNotifications; nothing is written then.
/// Page: mapi/sccopynotifications.md
/// Differs: the page calls `size` optional, yet has nothing copied when it is null; here a null
/// `size` only leaves out the size, as with ScCopyProps. Test:
/// NotificationBlock.IsMadeWithoutItsSizeBeingAskedFor
extern "C" SCODE WINAPI ScCopyNotifications(int count, LPNOTIFICATION events, LPVOID block,
                                            ULONG* size) {
    return guard("ScCopyNotifications",
                 [&] { return object::copy_notifications(count, events, block, size); });
}

/// Adjusts the pointers of a block that ScCopyNotifications made to another place.
/// @param events    where the block is now: at `old_base` before a move, at `new_base` after one
/// @param old_base  what the pointers count from now
/// @param new_base  what they are to count from
/// @param size      [out] bytes of the block; may be null
/// Errors: MAPI_E_INVALID_PARAMETER as ScCountNotifications. Page: mapi/screlocnotifications.md
extern "C" SCODE WINAPI ScRelocNotifications(int count, LPNOTIFICATION events, LPVOID old_base,
                                             LPVOID new_base, ULONG* size) {
    return guard("ScRelocNotifications", [&] {
        return object::relocate_notifications(count, events, old_base, new_base, size);
    });
}
