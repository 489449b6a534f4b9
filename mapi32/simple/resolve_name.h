// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "memory/buffer.h"

namespace remapi::simple {

/// One recipient in the form of MAPIResolveName: a single block, freed with MAPIFreeBuffer, strings
/// in the ANSI code page, address as "TYPE:address". Throws SimpleError: MAPI_E_UNKNOWN_RECIPIENT,
/// MAPI_E_AMBIGUOUS_RECIPIENT.
Buffer<MapiRecipDesc> resolve_name(IMAPISession& session, const char* name);

}  // namespace remapi::simple
