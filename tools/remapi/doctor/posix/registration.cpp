// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/doctor/doctor.h"

namespace remapi::tool {

void examine_registration(Findings& findings) {
    findings.good("registration",
                  "native programs find libmapi32.so.1 as any library; nothing is registered");
    findings.note("registration", "what a Wine prefix has registered only its own remapi.exe sees",
                  "wine 'C:\\windows\\system32\\remapi.exe' doctor");
}

}  // namespace remapi::tool
