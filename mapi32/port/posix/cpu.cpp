// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/cpu.h"

namespace remapi::port {

bool has_wide_registers() noexcept {
    return true;  // nothing is compiled for more than the platform's minimum
}

}  // namespace remapi::port
