/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* GMime's stream over GIO is left out, as GIO is. g_mime_init() registers every type of stream
 * by calling its get_type(), so that one remains: it names the base type. */
#include <gmime/gmime-stream.h>

GType g_mime_stream_gio_get_type(void);

GType g_mime_stream_gio_get_type(void) {
    return GMIME_TYPE_STREAM;
}
