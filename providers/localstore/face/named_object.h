// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "providers/kit/named_object.h"
#include "providers/localstore/model/store.h"

namespace remapi::localstore {

using kit::NamedObject;

}  // namespace remapi::localstore
