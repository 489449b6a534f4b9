# SPDX-License-Identifier: LGPL-2.1-or-later
# PE for 32-bit Windows: XP SP3 (Windows 5.1) and later, on any processor that runs it.
# -mstackrealign: programs of that age call us with a stack aligned to 4 bytes only.
set(remapi_arch i686)
set(remapi_winnt 0x0501)
set(remapi_os_major 5)
set(remapi_os_minor 1)
set(remapi_machine_flags "-march=i686 -mstackrealign")
include(${CMAKE_CURRENT_LIST_DIR}/common.cmake)
