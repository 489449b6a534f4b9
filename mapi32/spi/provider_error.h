// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "abi/mapi.h"

namespace remapi::spi {

/// Logs that `what` of the module `name` answered `code`, with the text of the MAPIERROR it gave
/// (may be null), and frees that. `flags`: MAPI_UNICODE, how its texts are encoded. A success
/// without a text says nothing. Page: mapi/mapierror.md
void log_provider_error(const std::string& name, const char* what, HRESULT code, MAPIERROR* error,
                        ULONG flags) noexcept;

/// The flags for another try after `code`: a provider that knows no Unicode answers
/// MAPI_E_BAD_CHARWIDTH. Whether there is one to be made.
bool retry_in_ansi(HRESULT code, ULONG& flags) noexcept;

/// `text` as an entry point wants it: UTF-16 or, without MAPI_UNICODE in `flags`, in the ANSI code
/// page.
class ProviderText {
public:
    ProviderText(StringView text, ULONG flags);
    LPTSTR get() noexcept;

private:
    bool m_wide;
    String m_text;
    std::string m_ansi;
};

}  // namespace remapi::spi
