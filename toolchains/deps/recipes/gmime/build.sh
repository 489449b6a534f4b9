# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2086,SC2154
# Compiled straight from the source files that gmime/Makefile.am lists: its configure script
# would want GIO, and would have to run programs of the target to learn iconv's names.
mkdir gmime
IFS=. read -r major minor micro <<< "${VERSION%%+*}"
sed -e "s/@GMIME_MAJOR_VERSION@/$major/; s/@GMIME_MINOR_VERSION@/$minor/" \
    -e "s/@GMIME_MICRO_VERSION@/$micro/; s/@GMIME_BINARY_AGE@/$((minor * 100 + micro))/" \
    -e "s/@GMIME_INTERFACE_AGE@/$micro/" "$SRC/gmime/gmime-version.h.in" > gmime/gmime-version.h

# list_files SUFFIX LIST: the files of one list of the makefile.
list_files() {
    sed -n "/^$2[ \t]*=/,/[^\\\\]\$/p" "$SRC/gmime/Makefile.am" | grep -o "[a-z0-9-]*\.$1"
}
sources=("$RECIPE/gmime-stream-gio.c" "$SRC/util/gtrie.c" "$SRC/util/packed.c"
    "$SRC/util/url-scanner.c")
for name in $(list_files c libgmime_3_0_la_SOURCES); do
    [ "$name" = gmime-stream-gio.c ] || sources+=("$SRC/gmime/$name")
done
rm "$SRC/gmime/gmime-stream-gio.h"
sed -i '/gmime-stream-gio\.h/d; s/^#include <gmime\/gmime-stream-gio.h>//' "$SRC/gmime/gmime.h"
sed -i 's/.*"gmime-stream-gio.h"/GType g_mime_stream_gio_get_type (void);/' "$SRC/gmime/gmime.c"

static_library libgmime-3.0.a "${sources[@]}" -- -DHAVE_CONFIG_H -DG_LOG_DOMAIN='"gmime"' \
    -DGLIB_STATIC_COMPILATION -DGOBJECT_STATIC_COMPILATION \
    -I"$RECIPE" -I. -Igmime -I"$SRC" -I"$SRC/gmime" -I"$SRC/util" \
    -I"$SYSROOT/include/glib-2.0" -I"$SYSROOT/lib/glib-2.0/include"

headers=$OUT/include/gmime-3.0/gmime
mkdir -p "$headers"
for name in $(list_files h gmimeinclude_HEADERS); do
    [ "$name" = gmime-stream-gio.h ] || [ "$name" = gmime-version.h ] ||
        install -m 644 "$SRC/gmime/$name" "$headers/$name"
done
install -m 644 gmime/gmime-version.h "$headers/gmime-version.h"
