// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/code_page.h"

#include <windows.h>

#include "port/utf.h"

namespace remapi::port {

unsigned ansi_code_page() noexcept {
    return GetACP();
}

unsigned file_name_code_page() noexcept {
    return AreFileApisANSI() ? GetACP() : GetOEMCP();
}

bool decode_code_page(std::string_view bytes, unsigned code_page, String& out) {
    out.clear();
    if (!IsValidCodePage(code_page)) return false;
    if (bytes.empty()) return true;
    const int size = static_cast<int>(bytes.size());
    const int length = MultiByteToWideChar(code_page, 0, bytes.data(), size, nullptr, 0);
    if (length <= 0) return false;
    out.resize(static_cast<std::size_t>(length));
    return MultiByteToWideChar(code_page, 0, bytes.data(), size, out.data(), length) == length;
}

bool encode_code_page(StringView text, unsigned code_page, std::string& out, bool& lossy) {
    out.clear();
    lossy = false;
    if (!IsValidCodePage(code_page)) return false;
    if (text.empty()) return true;
    if (code_page == CP_UTF8) {
        out = to_utf8(text);
        lossy = from_utf8(out) != text;  // lone surrogates
        return true;
    }
    // These pages refuse the flag and the default character (ISO-2022, GB18030, UTF-7).
    const bool stateful = (code_page >= 50220 && code_page <= 50229) || code_page == 54936 ||
                          code_page == 65000 || (code_page >= 57002 && code_page <= 57011);
    const DWORD flags = stateful ? 0 : WC_NO_BEST_FIT_CHARS;
    BOOL used_default = FALSE;
    BOOL* const report = stateful ? nullptr : &used_default;
    const char* const fallback = stateful ? nullptr : "?";
    const int units = static_cast<int>(text.size());
    const int size =
        WideCharToMultiByte(code_page, flags, text.data(), units, nullptr, 0, fallback, report);
    if (size <= 0) return false;
    out.resize(static_cast<std::size_t>(size));
    WideCharToMultiByte(code_page, flags, text.data(), units, out.data(), size, fallback, report);
    if (stateful) {
        String back;
        lossy = !decode_code_page(out, code_page, back) || back != text;
    } else {
        lossy = used_default != FALSE;
    }
    return true;
}

}  // namespace remapi::port
