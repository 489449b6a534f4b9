// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The part of the way to schema 2 that takes as long as the store is big: what tables do not show
// goes from the row of a message to message_content. Until a message's turn has come everything
// lies in its summary, which every reader takes as well.
#pragma once

#include "providers/localstore/backend/database.h"

namespace remapi::localstore {

/// Splits up to `limit` messages of an older schema. True when there are none left.
bool split_some(Transaction& work, std::size_t limit);

}  // namespace remapi::localstore
