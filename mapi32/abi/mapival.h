// SPDX-License-Identifier: LGPL-2.1-or-later
//
// MAPI's parameter validation header, apart from abi/mapi.h: it defines macros by the hundred.
#pragma once

#include "abi/mapi.h"

// Missing from the base types of native builds.
#ifndef STDAPIV
#define STDAPIV extern "C" HRESULT STDAPIVCALLTYPE
#endif

#include <mapival.h>
