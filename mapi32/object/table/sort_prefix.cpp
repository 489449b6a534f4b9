// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/table/sort_prefix.h"

#include <array>

#include "object/restriction/collation.h"

namespace remapi::object {
namespace {

constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
constexpr std::uint64_t kLast = kAbsentPrefix.first;

std::uint64_t bits_of(double real) noexcept {
    if (real != real) return 0;  // before every number, as compare_cells has it
    if (real == 0) real = 0;     // both zeros are equal
    std::uint64_t bits = 0;
    std::memcpy(&bits, &real, sizeof bits);
    return (bits & kSign) != 0 ? ~bits : bits | kSign;
}

SortPrefix inverted(const SortPrefix& prefix) noexcept {
    return {~prefix.first, ~prefix.second, ~prefix.third};
}

bool is_number(CellKind kind) noexcept {
    return kind == CellKind::Whole || kind == CellKind::Time || kind == CellKind::Real;
}

// Six bits for each base unit, which rise with the units. What has no code of its own shares one
// with its neighbours, and the whole unit follows. 0 is the end of a text.
constexpr unsigned kCodeBits = 6;
constexpr std::uint8_t kShared = 0x80;
constexpr std::uint8_t kBeyond = 63 | kShared;
constexpr std::size_t kCoded = 0x80;

constexpr bool shares_code(std::size_t unit) noexcept {
    return unit < ' ' || (unit >= ';' && unit <= '>') || (unit >= 'A' && unit <= '^') ||
           unit == '`' || unit > 'z';
}

constexpr std::array<std::uint8_t, kCoded> make_codes() noexcept {
    std::array<std::uint8_t, kCoded> codes = {};
    std::uint8_t last = 1;
    for (std::size_t unit = 0; unit < kCoded; ++unit) {
        const bool with_last = unit == 0 || (shares_code(unit) && shares_code(unit - 1));
        if (!with_last) ++last;
        codes[unit] = static_cast<std::uint8_t>(last | (shares_code(unit) ? kShared : 0));
    }
    return codes;
}
constexpr auto kCodes = make_codes();
static_assert((kCodes[kCoded - 1] & ~kShared) < (kBeyond & ~kShared));

/// The words of a prefix as they fill up. What has no room in one begins the next, for all texts
/// that are the same until there.
class Packer {
public:
    bool put(std::uint64_t value, unsigned bits) noexcept {
        if (m_room < bits) {
            if (m_word + 1 == kWords) return false;
            ++m_word;
            m_room = kWordBits;
        }
        m_room -= bits;
        m_words[m_word] |= value << m_room;
        return true;
    }
    SortPrefix prefix() const noexcept { return {m_words[0], m_words[1], m_words[2]}; }

private:
    static constexpr unsigned kWordBits = 64;
    static constexpr unsigned kWords = 3;
    std::uint64_t m_words[kWords] = {};
    unsigned m_word = 0;
    unsigned m_room = kWordBits;
};

SortPrefix next_of_text(StringView text, std::uint32_t& at) noexcept {
    constexpr unsigned kUnitBits = 16;
    Packer packer;
    for (; at < text.size(); ++at) {
        const WideChar unit = text[at];
        const auto base = static_cast<std::uint16_t>(base_unit(unit));
        if (base == 0 && unit != 0) continue;
        const std::uint8_t code = base < kCoded ? kCodes[base] : kBeyond;
        const auto bits = static_cast<std::uint64_t>(code & ~kShared);
        if (!packer.put(bits, kCodeBits)) break;
        if ((code & kShared) != 0 && !packer.put(base, kUnitBits)) break;
    }
    return packer.prefix();
}

SortPrefix next_of_bytes(BytesView bytes, std::uint32_t& at) noexcept {
    std::uint64_t words[3] = {};
    for (std::uint64_t& word : words) {
        for (std::size_t i = 0; i < sizeof word; ++i) {
            word = word << 8 | (at < bytes.size() ? bytes[at] : 0);
            if (at < bytes.size()) ++at;
        }
    }
    return {words[0], words[1], words[2]};
}

std::uint64_t number_prefix(const Cell& value) noexcept {
    if (value.kind() == CellKind::Real) return bits_of(value.real);
    const auto bits = static_cast<std::uint64_t>(value.number);
    return value.kind() == CellKind::Time ? bits : bits ^ kSign;
}

}  // namespace

bool is_number_key(const SortKey& key) noexcept {
    return is_number(kind_of(key.tag));
}

SortPrefix next_sort_prefix(const Cell& value, std::uint32_t& at) noexcept {
    return value.kind() == CellKind::Text ? next_of_text(value.text(), at)
                                          : next_of_bytes(value.bytes(), at);
}

SortPrefix sort_prefix(const Cell& value, const SortKey& key) {
    const CellKind kind = value.kind();
    if (is_number(kind)) {
        // What comes behind a number has its own direction.
        const std::uint64_t number = number_prefix(value);
        return {key.descending ? ~number : number, 0, 0};
    }
    std::uint32_t at = 0;
    SortPrefix prefix{};
    if (kind != CellKind::Many && kind != CellKind::Nothing) prefix = next_sort_prefix(value, at);
    return key.descending ? inverted(prefix) : prefix;
}

SortPrefix sort_prefix(const CompactRow& row, std::span<const SortKey> keys) {
    const Cell* const first = find_typed(row, keys[0].tag);
    if (!first) return kAbsentPrefix;
    const SortPrefix prefix = sort_prefix(*first, keys[0]);
    // The greatest of all numbers has no room behind it: absent ones come there.
    if (keys.size() == 1 || !is_number(first->kind()) || prefix.first == kLast) return prefix;
    const Cell* const second = find_typed(row, keys[1].tag);
    const SortPrefix behind = second ? sort_prefix(*second, keys[1]) : kAbsentPrefix;
    return {prefix.first, behind.first, behind.second};
}

std::size_t decided_keys(const SortPrefix& prefix, std::span<const SortKey> keys) noexcept {
    if (kind_of(keys[0].tag) == CellKind::Guid) return prefix == kAbsentPrefix ? 0 : 1;
    if (!is_number_key(keys[0])) return 0;
    return keys.size() > 1 && is_number_key(keys[1]) && prefix.first != kLast ? 2 : 1;
}

}  // namespace remapi::object
