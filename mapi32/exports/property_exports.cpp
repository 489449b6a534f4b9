// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Property values and arrays of them as clients and providers hold them. None of these functions
// touches what its arguments do not name; the calling process' state stays as it is, so only those
// that call an object go through guard_entry.
#include "abi/guard.h"
#include "object/props/abi_compare.h"
#include "object/props/abi_contains.h"
#include "object/props/abi_copy.h"
#include "object/props/abi_find.h"
#include "object/util/swap_bytes.h"

namespace abi = remapi::abi;
namespace object = remapi::object;

namespace {

/// A function of its own: LPropCompareProp needs no frame then for what is compared without it.
[[gnu::noinline]] LONG WINAPI compare_guarded(LPSPropValue left, LPSPropValue right) {
    return abi::guard_value("LPropCompareProp", LONG{1},
                            [&] { return object::compare_props(left, right); });
}

}  // namespace

extern "C" {

/// Says how many bytes `count` values take in one block, and whether they can be copied at all.
/// @param size  [out] may be null, then they are only checked; in bytes, the array included
/// Errors: MAPI_E_INVALID_PARAMETER for an identifier of PROP_ID_NULL or PROP_ID_INVALID, a
/// multi-valued property without values, an unknown type, a null pointer where data must be, a
/// size over 4 GiB. Page: mapi/sccountprops.md
SCODE WINAPI ScCountProps(int count, LPSPropValue values, ULONG* size) {
    return object::count_props(count, values, size);
}

/// Copies `count` values and their data into one block.
/// @param destination  as many bytes as ScCountProps says
/// @param size         [out] may be null; bytes written
/// Errors: MAPI_E_INVALID_PARAMETER for an unknown type or a null pointer where data must be.
/// Page: mapi/sccopyprops.md
SCODE WINAPI ScCopyProps(int count, LPSPropValue values, LPVOID destination, ULONG* size) {
    return object::copy_props(count, values, destination, size);
}

/// Adjusts the pointers of an array of ScCopyProps from one base address to another.
/// @param values    the array, where it lies now
/// @param old_base  the address its pointers are meant for
/// @param new_base  the address they will be meant for
/// @param size      [out] may be null; bytes of the array and its data
/// Errors: MAPI_E_INVALID_PARAMETER. Page: mapi/screlocprops.md
SCODE WINAPI ScRelocProps(int count, LPSPropValue values, LPVOID old_base, LPVOID new_base,
                          ULONG* size) {
    return object::relocate_props(count, values, old_base, new_base, size);
}

/// Copies `count` values into one new block.
/// @param allocate   MAPIAllocateBuffer, or what the provider was given in its place
/// @param duplicate  [out] freed by the caller as one block
/// Errors: those of ScCountProps and of `allocate`. Page: mapi/scduppropset.md
SCODE WINAPI ScDupPropset(int count, LPSPropValue values, LPALLOCATEBUFFER allocate,
                          LPSPropValue* duplicate) {
    return object::duplicate_props(count, values, allocate, duplicate);
}

/// Copies one value; its data are linked to `root`.
/// @param allocate_more  called once, and only for data that an SPropValue cannot hold
/// Errors: MAPI_E_NO_SUPPORT for an unknown type; MAPI_E_INVALID_PARAMETER; those of
/// `allocate_more`. Page: mapi/propcopymore.md
SCODE WINAPI PropCopyMore(LPSPropValue destination, LPSPropValue source,
                          ALLOCATEMORE* allocate_more, LPVOID root) {
    return object::copy_value(destination, source, allocate_more, root);
}

/// The size of a value's data in bytes; 0 for an unknown type. Page: mapi/ulpropsize.md
ULONG WINAPI UlPropSize(LPSPropValue value) {
    return object::value_size(value);
}

/// The first of `count` values with this tag, null if there is none. A type of PT_UNSPECIFIED
/// finds any type. Page: mapi/ppropfindprop.md
LPSPropValue WINAPI PpropFindProp(LPSPropValue values, ULONG count, ULONG tag) {
    return object::find_prop(values, count, tag);
}

/// The same as PpropFindProp. Page: mapi/lpvalfindprop.md
LPSPropValue WINAPI LpValFindProp(ULONG tag, ULONG count, LPSPropValue values) {
    return object::find_prop(values, count, tag);
}

/// Whether two values satisfy a relational operator (RELOP_); values of different types do not.
/// Page: mapi/fpropcompareprop.md
BOOL WINAPI FPropCompareProp(LPSPropValue left, ULONG relop, LPSPropValue right) {
    return abi::guard_value("FPropCompareProp", BOOL{FALSE},
                            [&] { return BOOL{object::prop_relation_holds(left, relop, right)}; });
}

/// Compares two values of the same type: < 0, 0 or > 0. Page: mapi/lpropcompareprop.md
LONG WINAPI LPropCompareProp(LPSPropValue left, LPSPropValue right) {
    return object::compare_props_or(left, right, compare_guarded);
}

/// Whether a text or binary value contains another as `fuzzy_level` (FL_) asks; one of another type
/// never does, nor does any of a type other than the part's.
/// Page: mapi/fpropcontainsprop.md
/// Differs: the page knows PT_STRING8 and PT_BINARY only; PT_UNICODE is text here, too. Test:
/// PropertyContents.UnicodeTextIsFoundAsAnsiTextIs
BOOL WINAPI FPropContainsProp(LPSPropValue whole, LPSPropValue part, ULONG fuzzy_level) {
    return abi::guard_value("FPropContainsProp", BOOL{FALSE},
                            [&] { return BOOL{object::prop_contains(whole, part, fuzzy_level)}; });
}

/// Whether two names of named properties are the same, texts with their case.
/// Page: mapi/fequalnames.md
BOOL WINAPI FEqualNames(LPMAPINAMEID left, LPMAPINAMEID right) {
    return object::are_equal_names(left, right);
}

/// Reads one property of an object.
/// @param tag    exact tag; PT_UNSPECIFIED asks for whatever type is stored
/// @param value  [out] in its own MAPI block, freed by the caller with MAPIFreeBuffer
/// Errors: MAPI_E_NOT_FOUND when the object has no such property, other codes of the object; never
/// a warning. Page: mapi/hrgetoneprop.md
HRESULT WINAPI HrGetOneProp(LPMAPIPROP from, ULONG tag, LPSPropValue* value) {
    return abi::guard_entry("HrGetOneProp", [&] { return object::get_one_prop(from, tag, value); });
}

/// Sets one property of an object.
/// Errors: those of the object, the property's own problem included; never a warning.
/// Page: mapi/hrsetoneprop.md
HRESULT WINAPI HrSetOneProp(LPMAPIPROP to, LPSPropValue value) {
    return abi::guard_entry("HrSetOneProp", [&] { return object::set_one_prop(to, value); });
}

/// Whether `of` has a property with this tag, or with its identifier when the type is
/// PT_UNSPECIFIED. Page: mapi/fpropexists.md
BOOL WINAPI FPropExists(LPMAPIPROP of, ULONG tag) {
    const remapi::port::CallState state;
    return abi::guard_value("FPropExists", BOOL{FALSE},
                            [&] { return BOOL{object::has_prop(of, tag)}; });
}

/// Reverses the bytes of each of `count` 32-bit numbers, in place. Undocumented.
void WINAPI SwapPlong(void* numbers, int count) {
    object::swap_longs(numbers, count);
}

/// Reverses the bytes of each of `count` 16-bit numbers, in place. Undocumented.
void WINAPI SwapPword(void* numbers, int count) {
    object::swap_words(numbers, count);
}

}  // extern "C"
