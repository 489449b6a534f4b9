// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/utf.h"

#include "target.h"

using remapi::fuzz::require;
namespace port = remapi::port;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const remapi::BytesView bytes = remapi::view_bytes(data, size);
    const std::string_view text = remapi::fuzz::characters(bytes);
    const remapi::String wide = port::from_utf8(text);
    const std::string back = port::to_utf8(wide);
    require(port::is_utf8(back), "what we write is UTF-8");
    require((back == text) == port::is_utf8(text),
            "UTF-8 survives the round trip, and nothing else does");
    require(port::from_utf8(back) == wide, "UTF-16 of ours survives the round trip");

    const std::string from_units = port::to_utf8(remapi::fuzz::units(bytes));
    require(port::is_utf8(from_units), "any UTF-16 becomes UTF-8");
    return 0;
}
