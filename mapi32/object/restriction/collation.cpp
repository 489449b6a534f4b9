// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/restriction/collation.h"

#include <algorithm>

#include "text/search.h"

namespace remapi::object {
namespace {

/// The base units of a text, combining marks left out; zero at its end.
class BaseUnits {
public:
    explicit BaseUnits(StringView text) noexcept : m_at(text.data()), m_end(m_at + text.size()) {}
    bool next(WideChar& unit) noexcept {
        while (m_at != m_end) {
            const WideChar from = *m_at++;
            unit = base_unit(from);
            if (unit != 0 || from == 0) return true;
        }
        return false;
    }

private:
    const WideChar* m_at;
    const WideChar* m_end;
};

}  // namespace

WideChar base_unit(WideChar unit) noexcept {
    if (unit < 0x80) return fold_unit(unit);
    if (text::is_nonspacing(unit)) return 0;
    return fold_unit(text::base_letter(unit));
}

int compare_texts(StringView left, StringView right) noexcept {
    // Nearly always the texts differ among their first ASCII units.
    const std::size_t common = std::min(left.size(), right.size());
    std::size_t same = 0;
    while (same < common && left[same] < 0x80 && right[same] < 0x80) {
        const WideChar a = fold_unit(left[same]);
        const WideChar b = fold_unit(right[same]);
        if (a != b) break;
        ++same;
    }
    BaseUnits left_units(left.substr(same));
    BaseUnits right_units(right.substr(same));
    for (;;) {
        WideChar a = 0;
        WideChar b = 0;
        const bool more_left = left_units.next(a);
        const bool more_right = right_units.next(b);
        if (!more_left && !more_right) break;
        if (more_left != more_right) return more_right ? -1 : 1;
        if (a != b) return a < b ? -1 : 1;
    }
    return text::compare_ignoring_case(left.substr(same), right.substr(same));
}

}  // namespace remapi::object
