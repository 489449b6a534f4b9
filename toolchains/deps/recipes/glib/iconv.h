/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* POSIX's interface, as GLib's own object files define it on Windows. */
#ifndef REMAPI_DEPS_ICONV_H
#define REMAPI_DEPS_ICONV_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef void* iconv_t;

iconv_t iconv_open(const char* to_charset, const char* from_charset);
int iconv_close(iconv_t converter);
size_t iconv(iconv_t converter, char** in, size_t* in_left, char** out, size_t* out_left);

#ifdef __cplusplus
}
#endif
#endif
