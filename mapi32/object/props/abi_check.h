// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Whether structures from strangers' code are what they should be. Every pointer is probed before
// it is followed, so nothing that is passed can crash them. True means bad, as in MAPI's own names.
#pragma once

#include "object/props/abi_types.h"

namespace remapi::object {

/// Whether the tag's type is unknown; PT_UNSPECIFIED is known. Page: mapi/fbadproptag.md
bool is_bad_tag(ULONG tag) noexcept;
/// Page: mapi/fbadprop.md
bool is_bad_value(SPropValue* value) noexcept;
bool are_bad_values(ULONG count, SPropValue* values) noexcept;
/// Page: mapi/fbadrow.md
bool is_bad_row(const SRow* row) noexcept;
/// Also for an ADRLIST, whose layout is the same. Page: mapi/fbadrowset.md
bool is_bad_row_set(const SRowSet* rows) noexcept;
/// Only whether the memory is there: tags may be anything.
bool is_bad_tag_array(const SPropTagArray* tags) noexcept;
/// Columns: the tags too; PT_ERROR is bad, PT_NULL is not. Page: mapi/fbadcolumnset.md
bool is_bad_column_set(const SPropTagArray* tags) noexcept;
/// Page: mapi/fbadsortorderset.md
bool is_bad_sort_order_set(const SSortOrderSet* orders) noexcept;
/// `size` bytes that are an entry identifier: its flags at least.
bool is_bad_entry_id(ULONG size, const void* id) noexcept;
/// Page: mapi/fbadentrylist.md
bool is_bad_entry_list(const ENTRYLIST* list) noexcept;
/// Also bad: more than 64 levels or 65,536 parts, and so every cycle. Page: mapi/fbadrestriction.md
bool is_bad_restriction(SRestriction* restriction) noexcept;
/// Pages: mapi/fbadrglpszw.md, mapi/fbadrglpnameid.md
bool are_bad_texts(char* const* texts, ULONG count) noexcept;
bool are_bad_texts(WCHAR* const* texts, ULONG count) noexcept;
bool are_bad_names(MAPINAMEID* const* names, ULONG count) noexcept;
/// Whether no object can be there: no table of methods whose first three can be read.
bool is_bad_object(const void* object) noexcept;

}  // namespace remapi::object
