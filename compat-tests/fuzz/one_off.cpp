// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/one_off.h"

#include "target.h"

using remapi::fuzz::require;
namespace format = remapi::format;

namespace {

bool same(const format::OneOff& left, const format::OneOff& right) {
    return left.display_name == right.display_name && left.address_type == right.address_type &&
           left.email_address == right.email_address && left.no_rich_info == right.no_rich_info &&
           left.unicode == right.unicode && left.other_flags == right.other_flags;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto first = format::decode_one_off(remapi::view_bytes(data, size));
    if (!first) return 0;
    require(format::is_one_off(remapi::view_bytes(data, size)), "what was decoded is a one-off");
    const remapi::Bytes bytes = format::encode_one_off(*first);
    const auto second = format::decode_one_off(bytes);
    require(second.has_value(), "what was encoded can be decoded");
    // ANSI texts may have held bytes that mean nothing: these are gone after the first round.
    if (first->unicode) require(same(*first, *second), "a Unicode one-off survives the round trip");
    const auto third = format::decode_one_off(format::encode_one_off(*second));
    require(third && same(*second, *third), "a one-off of ours survives the round trip");
    return 0;
}
