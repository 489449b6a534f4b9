// SPDX-License-Identifier: LGPL-2.1-or-later
// What the secure formatting functions of the C run-time library have in common, written once for
// both character widths.
#pragma once

#include <cerrno>
#include <cstdarg>
#include <cstddef>

namespace remapi::xp {

constexpr std::size_t kTruncateToFit = static_cast<std::size_t>(-1);  // _TRUNCATE

/// The old formatting function of the run-time library: writes at most `count` characters and a
/// terminator only if one fits; answers the length, or less than 0 when that is more than `count`.
template <class Char>
using OldFormat = int(Char* out, std::size_t count, const Char* format, va_list arguments);

/// As _vsnprintf_s: formats into `size` characters, of which at most `count` before the terminator.
/// @return the length; -1 when the text was cut to `count` or to fit (kTruncateToFit). An error is
///         -1 with errno EINVAL, or ERANGE and an empty text when it does not fit.
template <class Char>
int format_counted(OldFormat<Char>& format_old, Char* out, std::size_t size, std::size_t count,
                   const Char* format, va_list arguments) noexcept {
    const bool nothing_asked = !out && size == 0 && count == 0;
    if (!format || (!nothing_asked && (!out || size == 0))) {
        errno = EINVAL;
        return -1;
    }
    if (nothing_asked) return 0;

    const std::size_t limit = count < size ? count : size - 1;
    const int saved_errno = errno;
    const int length = format_old(out, limit, format, arguments);
    if (length >= 0 && static_cast<std::size_t>(length) <= limit) {
        out[length] = 0;
        return length;
    }
    if (count < size || count == kTruncateToFit) {
        out[limit] = 0;
        errno = saved_errno;
        return -1;
    }
    out[0] = 0;
    errno = ERANGE;
    return -1;
}

/// As vswprintf_s: the whole text and its terminator have to fit into `size` characters.
template <class Char>
int format_whole(OldFormat<Char>& format_old, Char* out, std::size_t size, const Char* format,
                 va_list arguments) noexcept {
    if (!format || !out || size == 0) {
        errno = EINVAL;
        return -1;
    }
    return format_counted<Char>(format_old, out, size, size, format, arguments);
}

}  // namespace remapi::xp
