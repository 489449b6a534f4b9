// SPDX-License-Identifier: LGPL-2.1-or-later
#include "com/object.h"

namespace remapi::com {

constinit std::atomic<long> g_live_objects{0};

}  // namespace remapi::com
