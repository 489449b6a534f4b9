# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2086,SC2154
# Packaged ready-made for the target: only the static library and the headers are taken.
install -D -m 644 "/usr/$TRIPLE/lib/libz.a" "$OUT/lib/libz.a"
install -D -m 644 "/usr/$TRIPLE/include/zlib.h" "$OUT/include/zlib.h"
install -D -m 644 "/usr/$TRIPLE/include/zconf.h" "$OUT/include/zconf.h"
