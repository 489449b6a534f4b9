// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "com/ptr.h"

namespace remapi::object {

/// A storage on the compound file that lies in somebody's stream or ILockBytes.
/// @param iid    null, IID_IStream or IID_ILockBytes: what `object` is asked for
/// @param flags  STGSTRM_
/// Errors: MAPI_E_INVALID_PARAMETER without `object` or `out`; MAPI_E_INTERFACE_NOT_SUPPORTED for
/// another interface, or one that `object` lacks; MAPI_E_UNKNOWN_FLAGS; STG_E_ codes of OLE.
/// Page: mapi/hristoragefromstream.md, mapi/imapisupport-istoragefromstream.md
HRESULT storage_from_stream(IUnknown* object, const IID* iid, ULONG flags, IStorage** out);

}  // namespace remapi::object
