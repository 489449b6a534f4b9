// SPDX-License-Identifier: LGPL-2.1-or-later
//
// As Windows spells it: from here on DEFINE_GUID defines.
#ifndef INITGUID
#define INITGUID
#endif
#include "basetyps.h"
#include "initoid.h"
