// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What the Windows files of this folder share.
#pragma once

#include <windows.h>

#include "port/wide.h"

namespace remapi::port {

/// Whether `path` can be handed to a W function: not empty, and no NUL that would cut it short.
bool is_usable_path(StringView path) noexcept;
/// The path of `module` (null: the running program), empty if the system does not tell.
String module_path(HMODULE module);
/// What `function(buffer, size)` writes, for the family of functions that return the number of
/// units written, or, when there was no room, the size needed including the final NUL, or 0 for
/// failure.
template <class Function>
String sized_text(Function&& function) {
    String text(MAX_PATH, L'\0');
    for (;;) {
        const DWORD length = function(text.data(), static_cast<DWORD>(text.size()));
        const bool fits = length < text.size();
        text.resize(length);
        if (fits) return text;
    }
}

}  // namespace remapi::port
