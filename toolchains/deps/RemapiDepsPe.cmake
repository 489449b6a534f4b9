# SPDX-License-Identifier: LGPL-2.1-or-later
# The PE half of RemapiDeps.cmake. Nothing is searched for: a found path would stay in CMake's
# cache when the prefix changes its name.

file(GLOB_RECURSE remapi_recipes ${CMAKE_CURRENT_LIST_DIR}/recipes/*)
set_property(DIRECTORY ${CMAKE_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    ${CMAKE_CURRENT_LIST_DIR}/packages.tsv ${remapi_recipes})

# remapi_dep_static(NAME ARCHIVES a.a… [INCLUDES folder…] [DEFINES…] [SYSTEM_LIBS…])
# Archives in link order; folders below the prefix.
function(remapi_dep_static name)
    cmake_parse_arguments(arg "" "" "ARCHIVES;INCLUDES;DEFINES;SYSTEM_LIBS" ${ARGN})
    set(lib ${REMAPI_DEPS_PREFIX}/lib)
    list(TRANSFORM arg_ARCHIVES PREPEND ${lib}/)
    list(TRANSFORM arg_INCLUDES PREPEND ${REMAPI_DEPS_PREFIX}/)
    foreach(path IN LISTS arg_ARCHIVES arg_INCLUDES)
        if(NOT EXISTS ${path})
            remapi_dep_missing(${name} "run toolchains/deps/build ${CMAKE_SYSTEM_PROCESSOR}")
            return()
        endif()
    endforeach()
    add_library(deps::${name} INTERFACE IMPORTED GLOBAL)
    set_target_properties(deps::${name} PROPERTIES
        INTERFACE_LINK_LIBRARIES "${arg_ARCHIVES};${arg_SYSTEM_LIBS}"
        INTERFACE_INCLUDE_DIRECTORIES "${arg_INCLUDES}"
        INTERFACE_COMPILE_DEFINITIONS "${arg_DEFINES}")
endfunction()

remapi_dep_static(sqlite3
    ARCHIVES libsqlite3.a
    INCLUDES include)
remapi_dep_static(gmime
    ARCHIVES libgmime-3.0.a libgobject-2.0.a libffi.a libglib-2.0.a libintl.a libpcre2-8.a libz.a
    INCLUDES include/gmime-3.0 include/glib-2.0 lib/glib-2.0/include include
    DEFINES GLIB_STATIC_COMPILATION GOBJECT_STATIC_COMPILATION FFI_STATIC_BUILD PCRE2_STATIC
    SYSTEM_LIBS ws2_32 winmm shlwapi shell32 ole32 uuid advapi32)
remapi_dep_static(curl
    ARCHIVES libcurl.a libmbedtls.a libmbedx509.a libmbedcrypto.a libz.a
    INCLUDES include
    DEFINES CURL_STATICLIB
    SYSTEM_LIBS ws2_32 advapi32)
remapi_dep_static(ical
    ARCHIVES libical.a
    INCLUDES include
    DEFINES LIBICAL_ICAL_STATIC_DEFINE)
set(REMAPI_ICAL_ZONEINFO ${REMAPI_DEPS_PREFIX}/share/libical/zoneinfo)
remapi_dep_static(gtest
    ARCHIVES libgmock.a libgtest.a
    INCLUDES include)
remapi_dep_static(gtest_main
    ARCHIVES libgtest_main.a libgmock.a libgtest.a
    INCLUDES include)
remapi_dep_static(benchmark
    ARCHIVES libbenchmark.a
    INCLUDES include
    DEFINES BENCHMARK_STATIC_DEFINE
    SYSTEM_LIBS shlwapi)
remapi_dep_static(boost
    INCLUDES boost)
