// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "port/wide.h"

namespace remapi::text {

/// Whether `text` is like the regular expression `expression`, somewhere in it: what RELOP_RE asks.
/// A dot is any unit, [a-z] and [^a-z] a set, *, + and ? repeat what is before them, ^ and $ are
/// the ends of the text, a backslash makes the next unit an ordinary one. There are no groups.
/// Every expression means something; the time is at most proportional to the product of the sizes.
/// Pages: mapi/scomparepropsrestriction.md, mapi/spropertyrestriction.md
bool is_like(StringView text, StringView expression);

}  // namespace remapi::text
