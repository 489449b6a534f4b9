// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Named places at which a test can kill the process, as if the power had gone. They are part of the
// shipped build, so that what is tested is what is installed; without the environment variable
// REMAPI_FAULT_POINT they cost one comparison.
#pragma once

namespace remapi::port {

/// Kills this process when REMAPI_FAULT_POINT is `name`, or `name:N` and this is the Nth time.
void fault_point(const char* name) noexcept;

}  // namespace remapi::port
