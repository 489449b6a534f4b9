// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/harness/vendor.h"

namespace remapi::test {

Vendor vendor_of(port::ModuleHandle) {
    return Vendor::Ours;
}

}  // namespace remapi::test
