// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/trust_store.h"

namespace remapi::port {

bool system_trust(std::string& pem) {
    pem.clear();
    return false;
}

}  // namespace remapi::port
