/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What GMime's configure script would find on the target. No GpgME, no libidn2, no mmap. */
#ifndef REMAPI_DEPS_GMIME_CONFIG_H
#define REMAPI_DEPS_GMIME_CONFIG_H

/* Before anything includes windows.h, which would bring in the older winsock.h. */
#include <winsock2.h>

#define HAVE_GETHOSTNAME 1
#define HAVE_ICONV_DETECT_H 1
#define HAVE__TIMEZONE 1
#define MAXHOSTNAMELEN 255
#define O_LARGEFILE 0

#endif
