// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "abi/mapi.h"

namespace remapi::kit {

/// What a combination of SetReadFlag's flags does to PR_MESSAGE_FLAGS.
struct ReadFlagChange {
    ULONG flags = 0;
    ULONG mask = 0;
};
/// Errors: MAPI_E_INVALID_PARAMETER for combinations that contradict each other, MAPI_E_NO_SUPPORT
/// for GENERATE_RECEIPT_ONLY, MAPI_E_UNKNOWN_FLAGS. Page: mapi/imessage-setreadflag.md
ReadFlagChange read_flag_change(ULONG flags);

}  // namespace remapi::kit
