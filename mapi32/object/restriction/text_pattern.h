// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/table/cell.h"
#include "text/search.h"

namespace remapi::object {

/// What a content restriction looks for, made ready once and looked for often, in time that grows
/// with the sum of both lengths. Pages: mapi/scontentrestriction.md, mapi/fpropcontainsprop.md
class TextPattern {
public:
    /// @param fuzzy_level  FL_; Throws Error(MAPI_E_TOO_COMPLEX) for one of an unknown kind
    /// @param wanted       text or binary; what it points to is copied
    TextPattern(ULONG fuzzy_level, const Cell& wanted);

    /// Whether `cell`, or one of its many values, matches.
    bool found_in(const Cell& cell) const;

private:
    bool found_in_bytes(BytesView bytes) const;

    text::Extent m_extent;
    CellKind m_kind;
    text::Pattern m_text;
    Bytes m_bytes;
    /// [i]: how much of the bytes still matches when they fail behind the first i + 1.
    std::vector<std::uint32_t> m_restarts;
};

}  // namespace remapi::object
