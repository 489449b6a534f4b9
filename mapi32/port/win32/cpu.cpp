// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/cpu.h"

#include <windows.h>

namespace remapi::port {

bool has_wide_registers() noexcept {
    return IsProcessorFeaturePresent(PF_XMMI64_INSTRUCTIONS_AVAILABLE) != FALSE;
}

}  // namespace remapi::port
