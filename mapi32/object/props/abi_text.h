// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Zero-terminated texts of the ABI, which may be null and misaligned.
#pragma once

#include "object/props/abi_pack.h"
#include "text/text.h"

namespace remapi::object {

/// A view of a WCHAR text; `holder` keeps a copy when it is misaligned. Null is empty.
inline StringView abi_text(const WCHAR* text, String& holder) {
    if (!text) return StringView();
    const auto* const units = reinterpret_cast<const WideChar*>(text);
    const std::size_t size = text_units(text);
    if (reinterpret_cast<std::uintptr_t>(text) % alignof(WideChar) == 0) return {units, size};
    holder.resize(size);
    std::memcpy(holder.data(), static_cast<const void*>(text), size * sizeof(WideChar));
    return holder;
}

/// UTF-16 of an ANSI text, in `holder`. Null is empty.
inline StringView abi_text(const char* text, String& holder) {
    if (!text) return StringView();
    const std::size_t size = text_units(text);
    holder.resize(size);
    for (std::size_t i = 0; i < size; ++i) {
        if (static_cast<unsigned char>(text[i]) >= 0x80) {
            holder = text::to_wide(std::string_view(text, size));
            return holder;
        }
        holder[i] = static_cast<WideChar>(text[i]);
    }
    return holder;
}

}  // namespace remapi::object
