# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2086,SC2154
# Headers only, in a folder of their own: with -I/usr/include the machine's C library headers
# would come before the target's.
mkdir -p "$OUT/boost"
cp -rL /usr/include/boost "$OUT/boost/boost"
