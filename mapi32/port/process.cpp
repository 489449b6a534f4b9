// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/process.h"

#include "port/utf.h"

namespace remapi::port {

std::string environment_text(const char* name) {
    const std::optional<String> value = environment(name);
    return value ? to_utf8(*value) : std::string();
}

}  // namespace remapi::port
