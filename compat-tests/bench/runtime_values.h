// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The property values that the workloads of the group `runtime` handle.
#pragma once

#include <array>
#include <string>

#include "abi/mapi.h"

namespace remapi::bench {

/// 40 properties, 2,072 bytes by ScCountProps where a pointer has eight: 10 texts of 39 units, 13
/// binary values of 24 bytes, 17 of fixed size. Not movable: the values point into it.
class FortyValues {
public:
    static constexpr ULONG kCount = 40;

    FortyValues() {
        for (ULONG i = 0; i < kCount; ++i) {
            const ULONG id = 0x6600 + i;
            if (i % 4 == 0) {
                m_values[i].ulPropTag = PROP_TAG(PT_UNICODE, id);
                m_values[i].Value.lpszW = m_text.data();
            } else if (i % 3 == 0 || i > 34) {
                m_values[i].ulPropTag = PROP_TAG(PT_BINARY, id);
                m_values[i].Value.bin = {24, m_bytes.data()};
            } else {
                m_values[i].ulPropTag = PROP_TAG(i % 3 == 1 ? PT_LONG : PT_SYSTIME, id);
                m_values[i].Value.ft = {i, 0};
            }
        }
    }
    FortyValues(const FortyValues&) = delete;
    FortyValues& operator=(const FortyValues&) = delete;

    SPropValue* data() { return m_values.data(); }
    SPropValue& operator[](std::size_t index) { return m_values[index]; }

private:
    std::array<SPropValue, kCount> m_values = {};
    std::array<BYTE, 24> m_bytes = {};
    std::array<WCHAR, 40> m_text = [] {
        std::array<WCHAR, 40> text = {};
        for (std::size_t i = 0; i + 1 < text.size(); ++i)
            text[i] = static_cast<WCHAR>('a' + i % 26);
        return text;
    }();
};

}  // namespace remapi::bench
