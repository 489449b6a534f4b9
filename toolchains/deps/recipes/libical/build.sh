# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2086,SC2154
cmake_install -DSTATIC_ONLY=ON -DSHARED_ONLY=OFF -DICAL_GLIB=OFF -DICAL_GLIB_VAPI=OFF \
    -DGOBJECT_INTROSPECTION=OFF -DICAL_BUILD_DOCS=OFF -DWITH_CXX_BINDINGS=OFF \
    -DLIBICAL_BUILD_TESTING=OFF -DUSE_BUILTIN_TZDATA=ON \
    -DCMAKE_DISABLE_FIND_PACKAGE_ICU=ON -DCMAKE_DISABLE_FIND_PACKAGE_BDB=ON
# The zone data lies where the module will look for it, relative to itself.
mkdir -p "$OUT/share/libical"
cp -r "$SRC/zoneinfo" "$OUT/share/libical/zoneinfo"
find "$OUT/share/libical/zoneinfo" -name CMakeLists.txt -delete
