// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/props/abi_contains.h"

#include <string_view>

#include "object/props/abi_text.h"

namespace remapi::object {
namespace {

constexpr ULONG kExtent = 0x0000FFFF;

std::string_view view_of(const SBinary& bin) noexcept {
    if (!bin.lpb) return {};
    return {reinterpret_cast<const char*>(bin.lpb), bin.cb};
}

// Bytes are looked for as units, which takes linear time.
bool has_bytes(std::string_view whole, std::string_view part, text::Extent extent) {
    switch (extent) {
        case text::Extent::Whole:
            return whole == part;
        case text::Extent::Prefix:
            return whole.substr(0, part.size()) == part;
        case text::Extent::Anywhere:
            break;
    }
    const String wide_whole(whole.begin(), whole.end());
    const String wide_part(part.begin(), part.end());
    return text::Pattern(wide_part, {}).matches(wide_whole, extent);
}

template <class Char>
bool has_text(const Char* whole, const Char* part, const FuzzyLevel& level) {
    if (!whole || !part) return false;
    String whole_copy;
    String part_copy;
    const text::Pattern pattern(abi_text(part, part_copy), level.leniency);
    return pattern.matches(abi_text(whole, whole_copy), level.extent);
}

}  // namespace

FuzzyLevel::FuzzyLevel(ULONG level) noexcept {
    switch (level & kExtent) {
        case FL_FULLSTRING:
            break;
        case FL_PREFIX:
            extent = text::Extent::Prefix;
            break;
        case FL_SUBSTRING:
            extent = text::Extent::Anywhere;
            break;
        default:
            return;
    }
    leniency.ignores_case = (level & (FL_IGNORECASE | FL_LOOSE)) != 0;
    leniency.ignores_nonspace = (level & (FL_IGNORENONSPACE | FL_LOOSE)) != 0;
}

bool prop_contains(SPropValue* whole_at, SPropValue* part_at, ULONG fuzzy_level) {
    if (!whole_at || !part_at) return false;
    const SPropValue whole = load(whole_at);
    const SPropValue part = load(part_at);
    const ULONG type = data_type(whole.ulPropTag);
    if (type != data_type(part.ulPropTag)) return false;
    const FuzzyLevel level(fuzzy_level);
    switch (type) {
        case PT_STRING8:
            return has_text(whole.Value.lpszA, part.Value.lpszA, level);
        case PT_UNICODE:
            return has_text(whole.Value.lpszW, part.Value.lpszW, level);
        case PT_BINARY:
            return has_bytes(view_of(whole.Value.bin), view_of(part.Value.bin), level.extent);
        default:
            return false;
    }
}

}  // namespace remapi::object
