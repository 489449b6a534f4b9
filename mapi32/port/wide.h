// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The one string type inside the library, and how this platform spells its literals.
#pragma once

#include <string>
#include <string_view>

#ifdef _WIN32
#define REMAPI_WIDE_LITERAL(literal) L##literal
#else
#define REMAPI_WIDE_LITERAL(literal) u##literal
#endif

/// A UTF-16 string literal: `L"..."` where WCHAR is wchar_t (PE), `u"..."` natively.
#define REMAPI_W(literal) REMAPI_WIDE_LITERAL(literal)

namespace remapi {

#ifdef _WIN32
using WideChar = wchar_t;
#else
using WideChar = char16_t;
#endif
static_assert(sizeof(WideChar) == 2);

/// UTF-16 text, always in the platform's WCHAR.
using String = std::basic_string<WideChar>;
using StringView = std::basic_string_view<WideChar>;

}  // namespace remapi
