// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/profile/value_codec.h"
#include "target.h"

using remapi::fuzz::require;
namespace session = remapi::session;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    remapi::fuzz::Input input(data, size);
    const auto tag = static_cast<ULONG>(input.number(4));
    const std::string name = session::setting_name(tag);
    const auto named = session::setting_tag(name);
    require(named && session::setting_name(*named) == name, "a tag survives as a name");
    (void)session::setting_tag(remapi::fuzz::characters(input.rest()).substr(0, 8));

    const auto first = session::decode_setting(tag, remapi::fuzz::characters(input.rest()));
    if (!first) return 0;
    // Bytes, not values, are compared: a not-a-number differs from itself.
    const std::string bytes = session::encode_setting(*first);
    const auto second = session::decode_setting(first->tag(), bytes);
    require(second.has_value(), "what was encoded can be decoded");
    require(session::encode_setting(*second) == bytes, "a value survives the round trip");
    return 0;
}
