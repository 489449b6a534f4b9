// SPDX-License-Identifier: LGPL-2.1-or-later
#include "text/search.h"

#include "text/text.h"

namespace remapi::text {
namespace {

constexpr WideChar kFirstMark = 0x0300;
constexpr WideChar kFirstAccented = 0x00C0;

// Each turns a unit into what is compared; false: the unit does not count.
bool as_is(WideChar&) noexcept {
    return true;
}

bool folded_unit(WideChar& unit) noexcept {
    if (static_cast<unsigned short>(unit) < 0x80) {
        const bool upper = unit >= 'A' && unit <= 'Z';
        unit = static_cast<WideChar>(upper ? unit | 0x20 : unit);
    } else {
        unit = fold(unit);
    }
    return true;
}

bool without_marks(WideChar& unit) noexcept {
    if (unit < kFirstAccented) return true;
    if (unit >= kFirstMark && is_nonspacing(unit)) return false;
    unit = base_letter(unit);
    return true;
}

bool loosely(WideChar& unit) noexcept {
    return without_marks(unit) && folded_unit(unit);
}

template <class Use>
auto with_normaliser(Leniency leniency, Use use) {
    if (leniency.ignores_case && leniency.ignores_nonspace)
        return use([](WideChar& unit) { return loosely(unit); });
    if (leniency.ignores_case) return use([](WideChar& unit) { return folded_unit(unit); });
    if (leniency.ignores_nonspace) return use([](WideChar& unit) { return without_marks(unit); });
    return use([](WideChar& unit) { return as_is(unit); });
}

String normalised(StringView text, Leniency leniency) {
    String result;
    result.reserve(text.size());
    with_normaliser(leniency, [&](auto normalise) {
        for (WideChar unit : text) {
            if (normalise(unit)) result.push_back(unit);
        }
    });
    return result;
}

}  // namespace

Pattern::Pattern(StringView pattern, Leniency leniency)
    : m_leniency(leniency),
      m_pattern(normalised(pattern, leniency)),
      m_restarts(m_pattern.size(), 0) {
    std::uint32_t length = 0;
    for (std::size_t i = 1; i < m_pattern.size(); ++i) {
        while (length > 0 && m_pattern[i] != m_pattern[length]) length = m_restarts[length - 1];
        if (m_pattern[i] == m_pattern[length]) ++length;
        m_restarts[i] = length;
    }
}

bool Pattern::matches(StringView text, Extent extent) const noexcept {
    return with_normaliser(m_leniency,
                           [&](auto normalise) { return matches_with(text, extent, normalise); });
}

template <class Normalise>
bool Pattern::matches_with(StringView text, Extent extent, Normalise normalise) const noexcept {
    if (extent != Extent::Anywhere) return begins(text, extent == Extent::Whole, normalise);
    if (m_pattern.empty()) return true;
    const WideChar* const pattern = m_pattern.data();
    const WideChar first = pattern[0];
    const std::size_t size = m_pattern.size();
    std::size_t length = 0;  // units of the pattern that end here
    for (WideChar unit : text) {
        if (!normalise(unit)) continue;
        if (length == 0 && unit != first) continue;
        while (length > 0 && unit != pattern[length]) length = m_restarts[length - 1];
        if (unit == pattern[length] && ++length == size) return true;
    }
    return false;
}

template <class Normalise>
bool Pattern::begins(StringView text, bool to_the_end, Normalise normalise) const noexcept {
    std::size_t length = 0;
    for (WideChar unit : text) {
        if (length == m_pattern.size() && !to_the_end) return true;
        if (!normalise(unit)) continue;
        if (length == m_pattern.size() || unit != m_pattern[length]) return false;
        ++length;
    }
    return length == m_pattern.size();
}

}  // namespace remapi::text
