// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/restriction/text_pattern.h"

#include <algorithm>

namespace remapi::object {
namespace {

text::Extent extent_of(ULONG fuzzy_level) {
    constexpr ULONG kExtent = 0x0000FFFF;  // the half that says how much must match
    switch (fuzzy_level & kExtent) {
        case FL_FULLSTRING:
            return text::Extent::Whole;
        case FL_PREFIX:
            return text::Extent::Prefix;
        case FL_SUBSTRING:
            return text::Extent::Anywhere;
        default:
            throw Error(MAPI_E_TOO_COMPLEX, "a fuzzy level of an unknown kind");
    }
}

text::Leniency leniency_of(ULONG fuzzy_level) noexcept {
    return {(fuzzy_level & (FL_IGNORECASE | FL_LOOSE)) != 0,
            (fuzzy_level & (FL_IGNORENONSPACE | FL_LOOSE)) != 0};
}

}  // namespace

TextPattern::TextPattern(ULONG fuzzy_level, const Cell& wanted)
    : m_extent(extent_of(fuzzy_level)),
      m_kind(wanted.kind()),
      m_text(m_kind == CellKind::Text ? wanted.text() : StringView(), leniency_of(fuzzy_level)) {
    if (m_kind != CellKind::Binary) return;
    m_bytes = to_bytes(wanted.bytes());
    m_restarts.resize(m_bytes.size());
    std::uint32_t matched = 0;
    for (std::size_t i = 1; i < m_bytes.size(); ++i) {
        while (matched > 0 && m_bytes[i] != m_bytes[matched]) matched = m_restarts[matched - 1];
        if (m_bytes[i] == m_bytes[matched]) ++matched;
        m_restarts[i] = matched;
    }
}

bool TextPattern::found_in(const Cell& cell) const {
    const CellKind kind = cell.kind();
    if (kind == CellKind::Many) {
        return std::any_of(cell.many().begin(), cell.many().end(),
                           [this](const Cell& one) { return found_in(one); });
    }
    if (kind != m_kind) return false;
    return kind == CellKind::Text ? m_text.matches(cell.text(), m_extent)
                                  : found_in_bytes(cell.bytes());
}

bool TextPattern::found_in_bytes(BytesView bytes) const {
    if (m_extent != text::Extent::Anywhere) {
        const bool fits = m_extent == text::Extent::Whole ? bytes.size() == m_bytes.size()
                                                          : bytes.size() >= m_bytes.size();
        return fits && equal_bytes(bytes.first(m_bytes.size()), m_bytes);
    }
    if (m_bytes.empty()) return true;
    std::size_t matched = 0;
    for (const std::uint8_t byte : bytes) {
        while (matched > 0 && byte != m_bytes[matched]) matched = m_restarts[matched - 1];
        if (byte == m_bytes[matched]) ++matched;
        if (matched == m_bytes.size()) return true;
    }
    return false;
}

}  // namespace remapi::object
