// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What providers call, most of them through the macros of mapival.h, before they trust what a
// client passed. Each pointer is probed before it is followed.
#include "abi/mapival.h"
#include "object/props/abi_check.h"
#include "object/validate/parameters.h"

namespace object = remapi::object;

extern "C" {

/// TRUE when the type of a tag is none of MAPI's; PT_UNSPECIFIED is one. Page: mapi/fbadproptag.md
/// Differs: whether the identifier is defined to be of that type is not looked at: PT_ERROR,
/// PT_UNSPECIFIED and both widths of text are valid for the same one. Test:
/// TagValidation.AnyIdentifierMayHaveAnyType
ULONG WINAPI FBadPropTag(ULONG tag) {
    return object::is_bad_tag(tag);
}

/// TRUE when a value's type is unknown, its data are not in readable memory, or it is a boolean
/// other than 0 and 1. Page: mapi/fbadprop.md
ULONG WINAPI FBadProp(LPSPropValue value) {
    return object::is_bad_value(value);
}

/// TRUE when a row is not in readable memory or one of its values is invalid.
/// Page: mapi/fbadrow.md
ULONG WINAPI FBadRow(LPSRow row) {
    return object::is_bad_row(row);
}

/// TRUE when a row set is null or not in readable memory, or one of its rows is invalid.
/// Page: mapi/fbadrowset.md
BOOL WINAPI FBadRowSet(LPSRowSet rows) {
    return object::is_bad_row_set(rows);
}

/// TRUE when a column set is not in readable memory or a column has an unknown type or PT_ERROR;
/// PT_NULL is valid.
/// Page: mapi/fbadcolumnset.md
ULONG WINAPI FBadColumnSet(LPSPropTagArray columns) {
    return object::is_bad_column_set(columns);
}

/// TRUE when a sort order set is not in readable memory, has more categories than sort orders or
/// more expanded than categories, or an order that nothing can be sorted by.
/// Page: mapi/fbadsortorderset.md
ULONG WINAPI FBadSortOrderSet(LPSSortOrderSet orders) {
    return object::is_bad_sort_order_set(orders);
}

/// TRUE when one of the entry identifiers is shorter than its flags or not in readable memory.
/// Page: mapi/fbadentrylist.md
BOOL WINAPI FBadEntryList(LPENTRYLIST list) {
    return object::is_bad_entry_list(list);
}

/// TRUE when a restriction or one below it is not in readable memory or has an unknown kind,
/// operator, level or type, or they nest over 64 levels.
/// Page: mapi/fbadrestriction.md
ULONG WINAPI FBadRestriction(LPSRestriction restriction) {
    return object::is_bad_restriction(restriction);
}

/// TRUE when one of `count` ANSI texts is not in readable memory. The ANSI form of FBadRglpszW,
/// undocumented.
BOOL WINAPI FBadRglpszA(LPSTR* texts, ULONG count) {
    return object::are_bad_texts(texts, count);
}

/// TRUE when one of `count` Unicode texts is not in readable memory. Page: mapi/fbadrglpszw.md
BOOL WINAPI FBadRglpszW(LPWSTR* texts, ULONG count) {
    return object::are_bad_texts(texts, count);
}

/// TRUE when one of `count` names of named properties is not in readable memory, or has no property
/// set or an unknown kind. Page: mapi/fbadrglpnameid.md
BOOL WINAPI FBadRglpNameID(LPMAPINAMEID* names, ULONG count) {
    return object::are_bad_names(names, count);
}

/// Checks the arguments of a method.
/// @param first  where the object's pointer lies, the arguments behind it as on a stack
/// Errors: MAPI_E_CALL_FAILED when one is not valid. Page: mapi/validateparameters.md
HRESULT WINAPI __ValidateParameters(METHODS method, LPVOID first) {
    auto* const slots = static_cast<void**>(first);
    return object::validate_parameters(method, slots ? slots + 1 : nullptr);
}

/// The same where C++ hides the object: `first` is where the argument behind it lies.
/// Page: mapi/validateparameters.md
HRESULT WINAPI __CPPValidateParameters(METHODS method, void* const first) {
    return object::validate_parameters(method, first);
}

/// The same for arguments that a macro copied into an array, the object left out.
/// Pages: mapi/validateparms.md, mapi/ulvalidateparms.md, mapi/checkparms.md
HRESULT WINAPI HrValidateParameters(METHODS method, LPVOID* first) {
    return object::validate_parameters(method, first);
}

/// The same for arguments that a macro passes on, the object first. Page: mapi/validateparms.md
HRESULT STDAPIVCALLTYPE HrValidateParametersV(METHODS method, ...) {
    va_list arguments;
    va_start(arguments, method);  // NOLINT(clang-diagnostic-varargs): the signature is given
    const HRESULT hr = object::validate_parameter_list(method, arguments);
    va_end(arguments);
    return hr;
}

/// The same for a list of them. Page: mapi/validateparms.md
HRESULT STDAPIVCALLTYPE HrValidateParametersValist(METHODS method, va_list arguments) {
    return object::validate_parameter_list(method, arguments);
}

}  // extern "C"
