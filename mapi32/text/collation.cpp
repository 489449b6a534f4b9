// SPDX-License-Identifier: LGPL-2.1-or-later
#include "text/collation.h"

#include "text/text.h"

namespace remapi::text {
namespace {

constexpr std::uint32_t kDigitRank = 0x10000;   // above all symbols
constexpr std::uint32_t kLetterRank = 0x20000;  // above all digits

// The base letters of U+00C0 to U+017F in lower case; a dot where the letter has no other base. The
// ligatures and letters with a stroke count as letters of their own.
constexpr char kLatinBases[] =
    "aaaaaa.ceeeeiiii.nooooo..uuuuy..aaaaaa.ceeeeiiii.nooooo..uuuuy.y"
    "aaaaaaccccccccdd..eeeeeeeeeegggggggghh..iiiiiiiii...jjkk.llllll."
    "...nnnnnn...oooooo..rrrrrrsssssssstttt..uuuuuuuuuuuuwwyyyzzzzzz.";
static_assert(sizeof kLatinBases == 0x180 - 0xC0 + 1);

std::uint32_t base_of(WideChar unit) noexcept {
    if (unit < 0xC0 || unit > 0x17F) return unit;
    const char base = kLatinBases[unit - 0xC0];
    return base == '.' ? unit : static_cast<std::uint32_t>(base);
}

bool is_mark(WideChar unit) noexcept {  // combining diacritical marks
    return unit >= 0x0300 && unit <= 0x036F;
}

bool is_symbol(std::uint32_t unit) noexcept {
    return unit < '0' || (unit > '9' && unit < 'A') || (unit > 'Z' && unit < 'a') ||
           (unit > 'z' && unit < 0xAA) || (unit >= 0x2000 && unit <= 0x206F);
}

/// What the flags let through of a text, one weight after the other. 0 at its end.
class Weights {
public:
    Weights(StringView text, DWORD flags, bool accents, bool cases) noexcept
        : m_text(text), m_flags(flags), m_accents(accents), m_cases(cases) {}

    std::uint32_t next() noexcept {
        while (m_at < m_text.size()) {
            const WideChar unit = as_flags_see(m_text[m_at++]);
            if (is_mark(unit) && !m_accents) continue;
            if (is_symbol(unit) && is_skipped(unit)) continue;
            return weight(unit);
        }
        return 0;
    }

private:
    WideChar as_flags_see(WideChar unit) const noexcept {
        if ((m_flags & kIgnoreWidth) != 0 && unit >= 0xFF01 && unit <= 0xFF5E) {
            unit = static_cast<WideChar>(unit - 0xFF01 + 0x21);
        }
        if ((m_flags & kIgnoreKanaType) != 0 && unit >= 0x30A1 && unit <= 0x30F6) {
            unit = static_cast<WideChar>(unit - 0x60);  // katakana as hiragana
        }
        return unit;
    }

    bool is_skipped(WideChar unit) const noexcept {
        if ((m_flags & kIgnoreSymbols) != 0) return true;
        return (m_flags & kStringSort) == 0 && (unit == '-' || unit == '\'');
    }

    // One more than the rank, so that it is never 0; the lowest bit says upper case.
    std::uint32_t weight(WideChar unit) const noexcept {
        const WideChar folded = fold(unit);
        const std::uint32_t letter = m_accents ? folded : base_of(folded);
        std::uint32_t rank = kLetterRank + letter;
        if (is_symbol(letter)) rank = letter;
        if (letter >= '0' && letter <= '9') rank = kDigitRank + letter;
        return (rank + 1) * 2 + (m_cases && folded != unit ? 1 : 0);
    }

    StringView m_text;
    DWORD m_flags;
    bool m_accents;
    bool m_cases;
    std::size_t m_at = 0;
};

int compare_weights(Weights left, Weights right) noexcept {
    for (;;) {
        const std::uint32_t a = left.next();
        const std::uint32_t b = right.next();
        if (a != b) return a < b ? -1 : 1;
        if (a == 0) return 0;
    }
}

}  // namespace

int collate(StringView left, StringView right, DWORD flags) noexcept {
    const bool accents = (flags & (kIgnoreNonSpace | kLinguisticIgnoreDiacritic)) == 0;
    const bool cases = (flags & (kIgnoreCase | kLinguisticIgnoreCase)) == 0;
    const auto level = [&](DWORD level_flags, bool with_accents, bool with_cases) {
        return compare_weights(Weights(left, level_flags, with_accents, with_cases),
                               Weights(right, level_flags, with_accents, with_cases));
    };
    if (const int order = level(flags, false, false)) return order;
    if (const int order = accents ? level(flags, true, false) : 0) return order;
    if (const int order = cases ? level(flags, accents, true) : 0) return order;
    return level(flags | kStringSort, accents, cases);
}

}  // namespace remapi::text
