// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/code_page.h"

#include <iterator>

#include "port/utf.h"
#include "target.h"

using remapi::fuzz::require;
namespace port = remapi::port;

namespace {

// One of each kind: single bytes, double bytes, with shift states, the whole of Unicode, unknown.
constexpr unsigned kPages[] = {1252,  1251,  437,   866,   20127, 932,   936,   949,
                               950,   1361,  20866, 28605, 50220, 50225, 51932, 54936,
                               65000, 65001, 1200,  0,     7,     70000};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    remapi::fuzz::Input input(data, size);
    const unsigned page = kPages[input.u8() % std::size(kPages)];
    const std::string_view text = remapi::fuzz::characters(input.rest());
    remapi::String wide;
    const bool known = port::decode_code_page(text, page, wide);
    // Every byte gives at most one character, which is at most two units.
    require(wide.size() <= 2 * text.size() + 2, "decoding does not blow a text up");

    std::string encoded;
    bool lossy = false;
    const remapi::String units = remapi::fuzz::units(input.rest());
    require(port::encode_code_page(units, page, encoded, lossy) == known,
            "pages are known both ways");
    if (!known || lossy) return 0;
    remapi::String back;
    require(port::decode_code_page(encoded, page, back), "what was encoded can be decoded");
    if (page == 65001) require(back == units, "what UTF-8 held exactly comes back");
    return 0;
}
