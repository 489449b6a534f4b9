# SPDX-License-Identifier: LGPL-2.1-or-later
# The native half of RemapiDeps.cmake: the system's packages.

find_package(PkgConfig REQUIRED)

# remapi_dep_system(NAME DEBIAN_PACKAGE MODULE…): deps::NAME from pkg-config's modules.
function(remapi_dep_system name debian_package)
    pkg_check_modules(REMAPI_DEP_${name} QUIET IMPORTED_TARGET GLOBAL ${ARGN})
    if(NOT TARGET PkgConfig::REMAPI_DEP_${name})
        remapi_dep_missing(${name} "install the package ${debian_package}")
        return()
    endif()
    add_library(deps::${name} INTERFACE IMPORTED GLOBAL)
    set_target_properties(deps::${name} PROPERTIES
        INTERFACE_LINK_LIBRARIES PkgConfig::REMAPI_DEP_${name})
endfunction()

remapi_dep_system(sqlite3 libsqlite3-dev sqlite3)
remapi_dep_system(gmime libgmime-3.0-dev gmime-3.0)
remapi_dep_system(curl libcurl4-openssl-dev libcurl)
remapi_dep_system(ical libical-dev libical)
set(REMAPI_ICAL_ZONEINFO /usr/share/zoneinfo)
remapi_dep_system(gtest libgmock-dev gmock gtest)
remapi_dep_system(gtest_main libgtest-dev gtest_main gmock gtest)
remapi_dep_system(benchmark libbenchmark-dev benchmark)

# Headers only, where the compiler looks anyway.
find_path(REMAPI_BOOST_HEADERS boost/version.hpp)
mark_as_advanced(REMAPI_BOOST_HEADERS)
if(REMAPI_BOOST_HEADERS)
    add_library(deps::boost INTERFACE IMPORTED GLOBAL)
else()
    remapi_dep_missing(boost "install the package libboost-dev")
endif()
