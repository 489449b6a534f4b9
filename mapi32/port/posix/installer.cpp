// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/installer.h"

namespace remapi::port {

std::string component_path(const std::string&, const std::string&, bool) {
    return {};  // there is no such installer
}

}  // namespace remapi::port
