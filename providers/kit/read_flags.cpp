// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/kit/read_flags.h"

#include "abi/error.h"

namespace remapi::kit {

ReadFlagChange read_flag_change(ULONG flags) {
    constexpr ULONG kKnown = SUPPRESS_RECEIPT | CLEAR_READ_FLAG | GENERATE_RECEIPT_ONLY |
                             CLEAR_RN_PENDING | CLEAR_NRN_PENDING | MAPI_DEFERRED_ERRORS;
    if ((flags & ~kKnown) != 0) throw Error(MAPI_E_UNKNOWN_FLAGS, "setting a read flag");
    const bool clear = (flags & CLEAR_READ_FLAG) != 0;
    if (clear && (flags & (SUPPRESS_RECEIPT | GENERATE_RECEIPT_ONLY)) != 0) {
        throw Error(MAPI_E_INVALID_PARAMETER, "setting a read flag");
    }
    ReadFlagChange change;
    if ((flags & CLEAR_RN_PENDING) != 0) change.mask |= MSGFLAG_RN_PENDING;
    if ((flags & CLEAR_NRN_PENDING) != 0) change.mask |= MSGFLAG_NRN_PENDING;
    if (change.mask != 0) return change;
    if ((flags & GENERATE_RECEIPT_ONLY) != 0) {
        if ((flags & SUPPRESS_RECEIPT) == 0)
            throw Error(MAPI_E_NO_SUPPORT, "sending a read report");
        change.mask = MSGFLAG_RN_PENDING;
        return change;
    }
    change.mask = MSGFLAG_READ;
    if (!clear) change.flags = MSGFLAG_READ;
    if ((flags & SUPPRESS_RECEIPT) != 0) change.mask |= MSGFLAG_RN_PENDING;
    return change;
}

}  // namespace remapi::kit
