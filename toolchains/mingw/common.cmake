# SPDX-License-Identifier: LGPL-2.1-or-later
# What both PE targets share. Included by x86_64.cmake and i686.cmake, which set
#   remapi_arch            x86_64 | i686
#   remapi_winnt           the oldest Windows in _WIN32_WINNT's notation
#   remapi_os_major/minor  the same, as the PE header writes it
#   remapi_machine_flags   further compiler flags

set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR ${remapi_arch})
set(CMAKE_SYSTEM_VERSION 5)

# The -posix variant of the thread model: <mutex> and friends exist for the tests, and exceptions
# are libgcc's own. Everything is linked statically, so that a user installs nothing but our files.
set(remapi_triple ${remapi_arch}-w64-mingw32)
set(CMAKE_C_COMPILER ${remapi_triple}-gcc-posix)
set(CMAKE_CXX_COMPILER ${remapi_triple}-g++-posix)
set(CMAKE_RC_COMPILER ${remapi_triple}-windres)
set(CMAKE_AR /usr/bin/${remapi_triple}-ar CACHE FILEPATH "")
set(CMAKE_RANLIB /usr/bin/${remapi_triple}-ranlib CACHE FILEPATH "")

set(remapi_compile_flags
    "-D_WIN32_WINNT=${remapi_winnt} -DWINVER=${remapi_winnt} ${remapi_machine_flags}")
set(CMAKE_C_FLAGS_INIT "${remapi_compile_flags}")
set(CMAKE_CXX_FLAGS_INIT "${remapi_compile_flags}")
set(CMAKE_RC_FLAGS_INIT "-D_WIN32_WINNT=${remapi_winnt} -DWINVER=${remapi_winnt}")

string(CONCAT remapi_link_flags
    "-static -static-libgcc -static-libstdc++"
    " -Wl,--major-subsystem-version,${remapi_os_major},--minor-subsystem-version,${remapi_os_minor}"
    ",--major-os-version,${remapi_os_major},--minor-os-version,${remapi_os_minor}")
set(CMAKE_EXE_LINKER_FLAGS_INIT "${remapi_link_flags}")
set(CMAKE_SHARED_LINKER_FLAGS_INIT "${remapi_link_flags}")
set(CMAKE_MODULE_LINKER_FLAGS_INIT "${remapi_link_flags}")

# Where toolchains/deps/build put the third-party libraries of this target.
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES REMAPI_DEPS_PREFIX REMAPI_BUILDING_DEPS)
if(NOT REMAPI_DEPS_PREFIX)
    execute_process(
        COMMAND ${CMAKE_CURRENT_LIST_DIR}/../deps/build --print-prefix ${remapi_arch}
        OUTPUT_VARIABLE REMAPI_DEPS_PREFIX
        OUTPUT_STRIP_TRAILING_WHITESPACE
        COMMAND_ERROR_IS_FATAL ANY)
endif()

# Libraries, headers and packages come from the prefix or the compiler's own sysroot, never from
# the machine that builds; programs (perl, python) never from the target.
set(CMAKE_FIND_ROOT_PATH ${REMAPI_DEPS_PREFIX} /usr/${remapi_triple})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(ENV{PKG_CONFIG_LIBDIR} ${REMAPI_DEPS_PREFIX}/lib/pkgconfig)
set(ENV{PKG_CONFIG_PATH} "")

# The third-party builds must not run target programs: what they would ask is answered beforehand.
if(NOT REMAPI_BUILDING_DEPS)
    get_filename_component(remapi_runner
        ${CMAKE_CURRENT_LIST_DIR}/../wine/run-${remapi_arch} ABSOLUTE)
    set(CMAKE_CROSSCOMPILING_EMULATOR ${remapi_runner})
endif()
