// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Finding one text in another as MAPI's fuzzy levels ask for it. Page: mapi/scontentrestriction.md
#pragma once

#include <cstdint>
#include <vector>

#include "port/wide.h"

namespace remapi::text {

/// How much of a text a pattern must be.
enum class Extent { Whole, Prefix, Anywhere };

/// What makes no difference between two characters.
struct Leniency {
    bool ignores_case = false;      ///< simple case folding, as text::fold
    bool ignores_nonspace = false;  ///< marks are skipped, a letter with marks is the letter
};

/// Whether `unit` is a nonspacing mark (Unicode category Mn).
bool is_nonspacing(WideChar unit) noexcept;
/// The letter that `unit` is without its marks; `unit` itself for anything else.
WideChar base_letter(WideChar unit) noexcept;

/// A pattern made ready once to be looked for in many texts. Looking takes time linear in the
/// text, whatever the pattern (Knuth, Morris, Pratt), and allocates nothing. Immutable.
class Pattern {
public:
    Pattern(StringView pattern, Leniency leniency);

    /// Whether `text` is, starts with or contains the pattern. The empty pattern is in every text.
    bool matches(StringView text, Extent extent) const noexcept;

private:
    template <class Normalise>
    bool matches_with(StringView text, Extent extent, Normalise normalise) const noexcept;
    template <class Normalise>
    bool begins(StringView text, bool to_the_end, Normalise normalise) const noexcept;

    Leniency m_leniency;
    String m_pattern;                       // normalised
    std::vector<std::uint32_t> m_restarts;  // how much still matches after a mismatch
};

}  // namespace remapi::text
