# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2086,SC2154
SRC=/usr/src/googletest
cmake_install -DBUILD_GMOCK=ON -DINSTALL_GTEST=ON
