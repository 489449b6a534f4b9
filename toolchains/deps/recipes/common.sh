# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Read before each recipe. A recipe runs in an empty build folder and finds
#   ARCH TRIPLE   the target               SRC      the unpacked, patched source
#   SYSROOT       what the package needs   OUT      the folder to install into
#   RECIPE        the recipe's folder      TOOLCHAINS  the toolchain files
#   VERSION       the upstream version
# Several packages are built side by side, so each uses one job.

case $ARCH in
    i686) winnt=0x0501 machine='-march=i686 -mstackrealign' ;;
    x86_64) winnt=0x0502 machine='' ;;
esac
cc=$TRIPLE-gcc-posix
cxx=$TRIPLE-g++-posix
ar=$TRIPLE-ar
ranlib=$TRIPLE-ranlib

# -ffile-prefix-map: an assertion's text names the file, not the folder it was built in.
optimise="-O2 -ffunction-sections -fdata-sections -ffile-prefix-map=$SRC=."
target_flags="-D_WIN32_WINNT=$winnt -DWINVER=$winnt $machine"
cflags="$target_flags $optimise -I$SYSROOT/include"
ldflags="-static -static-libgcc -L$SYSROOT/lib"

# Packages write the prefix into their objects, so it must not be a folder of this machine: they
# are configured for this one, installed below $PWD/staged, and moved from there to $OUT.
prefix=/remapi-deps
collect() {
    cp -a "staged$prefix/." "$OUT/"
    rm -rf staged
}

# cmake_install [option…]: configures $SRC, builds and installs it. The flags go where a package
# that sets its own CMAKE_C_FLAGS_RELEASE does not lose them.
cmake_install() {
    CFLAGS=$optimise CXXFLAGS=$optimise cmake -G Ninja -S "$SRC" -B . \
        -DCMAKE_TOOLCHAIN_FILE="$TOOLCHAINS/mingw/$ARCH.cmake" \
        -DREMAPI_BUILDING_DEPS=ON -DREMAPI_DEPS_PREFIX="$SYSROOT" \
        -DCMAKE_BUILD_TYPE=Release \
        -DCMAKE_C_FLAGS_RELEASE="-O2 -DNDEBUG" -DCMAKE_CXX_FLAGS_RELEASE="-O2 -DNDEBUG" \
        -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib -DBUILD_SHARED_LIBS=OFF "$@"
    cmake --build . -j1
    DESTDIR=$PWD/staged cmake --install .
    collect
}

# static_library NAME SOURCE… -- FLAG…: compiles the sources into $OUT/lib/NAME.
static_library() {
    local name=$1 sources=() objects=() object
    shift
    while [ "$1" != -- ]; do sources+=("$1"); shift; done
    shift
    for source in "${sources[@]}"; do
        object=$(basename "${source%.*}").o
        # shellcheck disable=SC2086
        $cc $cflags "$@" -c "$source" -o "$object"
        objects+=("$object")
    done
    mkdir -p "$OUT/lib"
    $ar rcs "$OUT/lib/$name" "${objects[@]}"
}
