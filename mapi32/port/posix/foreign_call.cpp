// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/foreign_call.h"

namespace remapi::port {

bool call_foreign(void (*body)(void*), void* context, Fault&) noexcept {
    body(context);
    return true;
}

}  // namespace remapi::port
