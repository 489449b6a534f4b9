# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2086,SC2154
# GLib without GIO: GIO is not used, and imports much that Windows XP lacks. Nothing else in the
# source needs zlib, gvdb or the translations.
cut_line() {
    grep -q "$1" "$SRC/meson.build" || { echo "meson.build has no line $1"; exit 1; }
    sed -i "/$1/d" "$SRC/meson.build"
}
cut_line "^subdir('gio')"
cut_line "^subdir('fuzzing')"
cut_line "^subdir('tools')"
cut_line "^subdir('docs\/reference')"
cut_line "^subproject('gvdb')"
cut_line "^gvdb_dep ="
cut_line "^libz_dep ="

# GLib sets _WIN32_WINNT to Windows 7 by itself and calls what came after XP unconditionally:
# toolchains/xp/ replaces those imports when our modules are linked.
cflags="$machine $optimise -I$SYSROOT/include"

# GLib cannot be built without a gettext; ours returns the text it was given.
$cc $cflags -c "$RECIPE/libintl.c" -I"$RECIPE" -o libintl.o
$ar rcs "$SYSROOT/lib/libintl.a" libintl.o
install -m 644 "$RECIPE/libintl.h" "$SYSROOT/include/libintl.h"

# One array element per word, as meson wants it.
words() { printf "'%s', " $1; }
cat > cross.ini <<EOF
[binaries]
c = '$cc'
cpp = '$cxx'
ar = '$ar'
strip = '$TRIPLE-strip'
windres = '$TRIPLE-windres'
pkgconfig = ['pkg-config', '--define-prefix']
[built-in options]
c_args = [$(words "$cflags")]
cpp_args = [$(words "$cflags")]
c_link_args = [$(words "$ldflags")]
cpp_link_args = [$(words "$ldflags")]
[host_machine]
system = 'windows'
cpu_family = '${ARCH/i686/x86}'
cpu = '$ARCH'
endian = 'little'
EOF
PKG_CONFIG_LIBDIR=$SYSROOT/lib/pkgconfig PKG_CONFIG_PATH='' meson setup meson "$SRC" \
    --cross-file cross.ini --prefix "$prefix" --libdir lib --buildtype plain --wrap-mode nodownload \
    -Ddefault_library=static -Dtests=false -Dnls=disabled -Dlibelf=disabled -Dselinux=disabled \
    -Dxattr=false -Dlibmount=disabled -Dglib_debug=disabled
ninja -C meson -j1
DESTDIR=$PWD/staged meson install -C meson --no-rebuild
collect

rm -rf "${OUT:?}/bin" "${OUT:?}/share"
install -m 644 "$SYSROOT/lib/libintl.a" "$OUT/lib/libintl.a"
# GLib's object files define iconv() and its companions; this declares them for other packages.
install -m 644 "$RECIPE/iconv.h" "$OUT/include/iconv.h"
