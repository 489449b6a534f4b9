# SPDX-License-Identifier: LGPL-2.1-or-later
# Native build with Clang: the sanitizer and fuzzing presets.
find_program(REMAPI_CLANG NAMES clang-14 clang REQUIRED)
find_program(REMAPI_CLANGXX NAMES clang++-14 clang++ REQUIRED)
set(CMAKE_C_COMPILER ${REMAPI_CLANG})
set(CMAKE_CXX_COMPILER ${REMAPI_CLANGXX})
