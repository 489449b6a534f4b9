// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMAPIProp's methods as functions over a PropSource, once for all classes; PropObject calls them
// from inside abi::guard. Parameters and answers are those of the ABI methods of the same name.
#pragma once

#include "object/props/prop_source.h"

namespace remapi::object {

/// Page: mapi/imapiprop-getlasterror.md. There is never more to say than the code: null, S_OK.
HRESULT get_last_error(ULONG flags, MAPIERROR** error);
/// Page: mapi/imapiprop-getprops.md
HRESULT get_props(PropSource& source, const SPropTagArray* tags, ULONG flags, ULONG* count,
                  SPropValue** values);
/// Page: mapi/imapiprop-getproplist.md
HRESULT get_prop_list(PropSource& source, ULONG flags, SPropTagArray** tags);
/// Page: mapi/imapiprop-openproperty.md
HRESULT open_property(PropSource& source, IUnknown* owner, ULONG tag, const IID* iid, ULONG options,
                      ULONG flags, IUnknown** object);
/// Page: mapi/imapiprop-setprops.md
HRESULT set_props(PropSource& source, ULONG count, const SPropValue* values,
                  SPropProblemArray** problems);
/// Page: mapi/imapiprop-deleteprops.md
HRESULT delete_props(PropSource& source, const SPropTagArray* tags, SPropProblemArray** problems);

/// What CopyTo and CopyProps share.
struct CopyArguments {
    ULONG excluded_count = 0;
    const IID* excluded = nullptr;
    const SPropTagArray* tags = nullptr;  ///< to leave out (CopyTo) or to copy (CopyProps)
    ULONG_PTR ui_param = 0;
    IMAPIProgress* progress = nullptr;
    const IID* destination_iid = nullptr;
    void* destination = nullptr;
    ULONG flags = 0;
    SPropProblemArray** problems = nullptr;
};
/// Page: mapi/imapiprop-copyto.md
HRESULT copy_to(PropSource& source, IUnknown* owner, const CopyArguments& arguments);
/// Page: mapi/imapiprop-copyprops.md
HRESULT copy_props(PropSource& source, IUnknown* owner, const CopyArguments& arguments);

/// Page: mapi/imapiprop-getnamesfromids.md
HRESULT get_names_from_ids(PropSource& source, SPropTagArray** tags, const GUID* set, ULONG flags,
                           ULONG* count, MAPINAMEID*** names);
/// Page: mapi/imapiprop-getidsfromnames.md
HRESULT get_ids_from_names(PropSource& source, ULONG count, MAPINAMEID** names, ULONG flags,
                           SPropTagArray** tags);

}  // namespace remapi::object
