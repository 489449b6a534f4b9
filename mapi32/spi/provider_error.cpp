// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/provider_error.h"

#include <new>

#include "format/error_names.h"
#include "log/log.h"
#include "memory/allocator.h"
#include "text/text.h"

namespace remapi::spi {

void log_provider_error(const std::string& name, const char* what, HRESULT code, MAPIERROR* error,
                        ULONG flags) noexcept {
    try {
        std::string detail;
        if (error && error->lpszComponent) {
            detail += log::utf8(text::from_tstr(error->lpszComponent, flags)) + ": ";
        }
        if (error && error->lpszError)
            detail += log::utf8(text::from_tstr(error->lpszError, flags));
        if (FAILED(code) || !detail.empty()) {
            REMAPI_WARN(Spi, "%s: %s answered %s%s%s", name.c_str(), what,
                        format::describe_hresult(code).c_str(), detail.empty() ? "" : ": ",
                        detail.c_str());
        }
    } catch (const std::exception&) {
        REMAPI_WARN(Spi, "%s failed with 0x%08x", what, static_cast<unsigned>(code));
    }
    if (error) memory::routines().free(error);
}

bool retry_in_ansi(HRESULT code, ULONG& flags) noexcept {
    if (code != MAPI_E_BAD_CHARWIDTH || (flags & MAPI_UNICODE) == 0) return false;
    flags &= ~static_cast<ULONG>(MAPI_UNICODE);
    return true;
}

ProviderText::ProviderText(StringView text, ULONG flags) : m_wide((flags & MAPI_UNICODE) != 0) {
    if (m_wide) {
        m_text = text;
    } else {
        m_ansi = text::to_ansi(text);
    }
}

LPTSTR ProviderText::get() noexcept {
    return m_wide ? reinterpret_cast<LPTSTR>(m_text.data())
                  : reinterpret_cast<LPTSTR>(m_ansi.data());
}

}  // namespace remapi::spi
