// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Completing recipients in the address lists of clients, in place.
// Pages: mapi/iaddrbook-resolvename.md, mapi/iaddrbook-preparerecips.md
#pragma once

#include <span>

#include "com/ptr.h"

namespace remapi::session {

/// Gives every unresolved entry of `list` that can be read without an address book its entry id and
/// what goes with it. `flags`: MAPI_UNICODE decides the width of what is added.
/// Returns S_OK, or MAPI_E_NOT_FOUND when entries stay unresolved.
HRESULT resolve_one_offs(ADRLIST& list, ULONG flags);

/// Puts `tags` first in every entry of `list` that has an entry id, asking `book` for what is
/// missing; what nobody knows becomes an error slot.
void prepare_recipients(IAddrBook& book, ADRLIST& list, std::span<const ULONG> tags);

}  // namespace remapi::session
