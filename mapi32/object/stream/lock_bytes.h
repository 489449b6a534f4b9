// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/stream/backing.h"

namespace remapi::object {

/// An ILockBytes over `backing`, without locks: LockRegion and UnlockRegion answer
/// STG_E_INVALIDFUNCTION and Stat says so.
com::Ptr<ILockBytes> make_lock_bytes(std::shared_ptr<Backing> backing);

}  // namespace remapi::object
