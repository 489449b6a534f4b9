# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2086,SC2154
"$SRC/configure" --host="$TRIPLE" --prefix="$prefix" --libdir="$prefix/lib" --disable-shared \
    --enable-static --disable-docs --disable-multi-os-directory --disable-exec-static-tramp \
    CC="$cc" CXX="$cxx" CFLAGS="$cflags"
make -j1
make install DESTDIR="$PWD/staged"
collect
rm -f "$OUT/lib/libffi.la"
