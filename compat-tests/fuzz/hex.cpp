// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/hex.h"

#include "target.h"

using remapi::fuzz::require;
namespace format = remapi::format;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const remapi::BytesView bytes = remapi::view_bytes(data, size);
    const std::string digits = format::hex_text(bytes);
    require(digits.size() == size * 2, "a byte is two digits");
    require(format::text_length(digits.c_str()) == digits.size(), "digits hold no zero");
    require(format::bytes_from_hex(digits) == remapi::to_bytes(bytes), "bytes survive as digits");

    const std::string text(remapi::fuzz::characters(bytes));
    require(format::text_length(text.c_str()) == std::strlen(text.c_str()),
            "a text ends at its first zero");
    remapi::Bytes out(text.size() / 2);
    const std::size_t read = format::read_hex(text, out.data());
    require(read <= out.size(), "two digits are a byte");
    const auto whole = format::bytes_from_hex(text);
    require(whole.has_value() == (text.size() % 2 == 0 && read == out.size()),
            "pairs of digits throughout are bytes");
    out.resize(read);
    std::string upper = text.substr(0, read * 2);
    for (char& c : upper) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
    require(format::hex_text(out) == upper, "digits survive as bytes");
    return 0;
}
