// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Where a session hands over to the spooler (spi/spooler/).
#pragma once

#include <memory>

#include "abi/remapi_tags.h"
#include "com/ptr.h"

namespace remapi::session {

class SessionCore;

/// The spooler over the queues of `core`'s stores; it keeps `session` alive.
com::Ptr<IRemapiSpooler> open_spooler(const std::shared_ptr<SessionCore>& core,
                                      IMAPISession* session);

}  // namespace remapi::session
