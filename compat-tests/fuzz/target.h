// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What every fuzz target is made of: the entry point that libFuzzer and replay_main.cpp call, a way
// to say what must hold for any input, and a way to read numbers and pieces off it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "format/bytes.h"

/// Runs the code under test on `size` bytes that may be anything. Returns 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace remapi::fuzz {

/// Ends the program, which counts as a finding, unless `holds`.
inline void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "this must hold for every input: %s\n", what);
    std::abort();
}

/// Takes an input apart. At its end every number is zero and every piece empty.
class Input {
public:
    Input(const std::uint8_t* data, std::size_t size) : m_rest(view_bytes(data, size)) {}

    std::uint8_t u8() {
        const BytesView taken = bytes(1);
        return taken.empty() ? std::uint8_t{0} : taken[0];
    }
    std::uint64_t number(std::size_t size_bytes) {
        std::uint64_t value = 0;
        for (const std::uint8_t byte : bytes(size_bytes)) value = value << 8 | byte;
        return value;
    }
    /// At most `size` bytes.
    BytesView bytes(std::size_t size) {
        const BytesView taken = m_rest.first(size < m_rest.size() ? size : m_rest.size());
        m_rest = m_rest.subspan(taken.size());
        return taken;
    }
    BytesView rest() const { return m_rest; }
    bool empty() const { return m_rest.empty(); }

private:
    BytesView m_rest;
};

/// Bytes as the characters they may be.
inline std::string_view characters(BytesView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Bytes as UTF-16 units, well-formed or not; an odd last byte is left out.
inline String units(BytesView bytes) {
    String text;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        text.push_back(static_cast<WideChar>(bytes[i] | bytes[i + 1] << 8));
    }
    return text;
}

}  // namespace remapi::fuzz
