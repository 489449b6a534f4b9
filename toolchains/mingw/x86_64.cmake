# SPDX-License-Identifier: LGPL-2.1-or-later
# PE for 64-bit Windows: XP x64 and Server 2003 x64 (both are Windows 5.2), and later.
set(remapi_arch x86_64)
set(remapi_winnt 0x0502)
set(remapi_os_major 5)
set(remapi_os_minor 2)
set(remapi_machine_flags "")
include(${CMAKE_CURRENT_LIST_DIR}/common.cmake)
