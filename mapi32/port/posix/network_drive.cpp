// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/network_drive.h"

namespace remapi::port {

std::string share_of_drive(char) {
    return {};  // there are no drive letters
}

}  // namespace remapi::port
