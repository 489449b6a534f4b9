// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/props/prop_source.h"

namespace remapi::object {

/// IMAPIProp::OpenProperty for IID_IStream (IID_ISequentialStream too) over a PT_BINARY,
/// PT_STRING8, PT_UNICODE or binary PT_OBJECT property: a memory stream that stores the value when
/// committed or released. Text streams carry the width of the tag, without a zero at the end.
/// @param options  STGM_TRANSACTED counts; whether it can be written to is decided by `flags`
/// @param flags    MAPI_CREATE (makes or empties the property), MAPI_MODIFY, MAPI_DEFERRED_ERRORS,
///                 STREAM_APPEND (the position is the end)
/// Throws Error: MAPI_E_NOT_FOUND without the property and MAPI_CREATE, MAPI_E_NO_ACCESS for
/// writing to a read-only object, MAPI_E_INTERFACE_NOT_SUPPORTED for another interface or type.
/// Page: mapi/imapiprop-openproperty.md
com::Ptr<IUnknown> open_property_stream(PropSource& source, IUnknown* owner, ULONG tag,
                                        const IID& iid, ULONG options, ULONG flags);

}  // namespace remapi::object
