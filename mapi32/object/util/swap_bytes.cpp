// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/util/swap_bytes.h"

#include <algorithm>

namespace remapi::object {
namespace {

void swap_each(void* numbers, int count, std::ptrdiff_t size) noexcept {
    auto* at = static_cast<BYTE*>(numbers);
    for (int i = 0; at && i < count; ++i, at += size) std::reverse(at, at + size);
}

}  // namespace

void swap_longs(void* numbers, int count) noexcept {
    swap_each(numbers, count, sizeof(ULONG));
}

void swap_words(void* numbers, int count) noexcept {
    swap_each(numbers, count, sizeof(USHORT));
}

}  // namespace remapi::object
