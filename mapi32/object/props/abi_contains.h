// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "abi/mapi.h"
#include "text/search.h"

namespace remapi::object {

/// What a fuzzy level (FL_) asks for. A level whose lower half is none of FL_FULLSTRING, FL_PREFIX
/// and FL_SUBSTRING asks for an exact match of the whole.
struct FuzzyLevel {
    explicit FuzzyLevel(ULONG level) noexcept;

    text::Extent extent = text::Extent::Whole;
    text::Leniency leniency;
};

/// Whether `whole` is, starts with or contains `part`. Both are PT_STRING8, PT_UNICODE or
/// PT_BINARY, and of the same type: false otherwise. Bytes are compared exactly.
/// Page: mapi/fpropcontainsprop.md
bool prop_contains(SPropValue* whole, SPropValue* part, ULONG fuzzy_level);

}  // namespace remapi::object
