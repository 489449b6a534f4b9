// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "com/ptr.h"

namespace remapi::object {

/// A sink that calls `callback` with `context`, on whichever thread it is called.
/// Page: mapi/hrallocadvisesink.md
com::Ptr<IMAPIAdviseSink> make_callback_sink(LPNOTIFCALLBACK callback, void* context);

/// A sink whose calls reach `sink` on the thread that made it only: at once when they come from
/// there, otherwise when that thread runs its message loop or dispatches notifications. The caller
/// is then answered S_OK before. Throws Error(MAPI_E_CALL_FAILED) when the thread can have no
/// queue. Page: mapi/hrthisthreadadvisesink.md
com::Ptr<IMAPIAdviseSink> make_this_thread_sink(IMAPIAdviseSink* sink);

}  // namespace remapi::object
