/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The names of character sets as GLib's iconv() for Windows knows them. */
#define ICONV_ISO_INT_FORMAT "iso-%d-%d"
#define ICONV_ISO_STR_FORMAT "iso-%d-%s"
#define ICONV_SHIFT_JIS "shift-jis"
#define ICONV_10646 "UTF-16BE"
