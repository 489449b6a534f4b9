# SPDX-License-Identifier: LGPL-2.1-or-later
# Native build with GCC.
find_program(REMAPI_GCC NAMES gcc-12 gcc REQUIRED)
find_program(REMAPI_GXX NAMES g++-12 g++ REQUIRED)
set(CMAKE_C_COMPILER ${REMAPI_GCC})
set(CMAKE_CXX_COMPILER ${REMAPI_GXX})
