// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/win32/system.h"

namespace remapi::port {

bool is_usable_path(StringView path) noexcept {
    return !path.empty() && path.find(L'\0') == StringView::npos;
}

String module_path(HMODULE module) {
    constexpr std::size_t kLongest = 32768;
    String path(MAX_PATH, L'\0');
    for (;;) {
        const DWORD length =
            GetModuleFileNameW(module, path.data(), static_cast<DWORD>(path.size()));
        // Windows XP reports a name that was cut short as one that fills the buffer, without an
        // error.
        if (length < path.size() || path.size() >= kLongest) {
            path.resize(length < path.size() ? length : 0);
            return path;
        }
        path.resize(path.size() * 2);
    }
}

}  // namespace remapi::port
