# SPDX-License-Identifier: LGPL-2.1-or-later
# Third-party libraries, under the same names on every build:
#   deps::sqlite3 deps::gmime deps::curl deps::ical deps::boost
#   deps::gtest (with GoogleMock) deps::gtest_main deps::benchmark
# Natively they are the system's packages, on PE the static libraries that toolchains/deps/build
# keeps in REMAPI_DEPS_PREFIX. A library that is missing stops only a build that links it.
#
# REMAPI_ICAL_ZONEINFO is the folder of libical's zone data (to be shipped on PE; the system's own
# natively).

include_guard(GLOBAL)

# remapi_dep_missing(NAME REMEDY): declares deps::NAME so that linking it fails with the remedy.
function(remapi_dep_missing name remedy)
    add_library(deps::${name} INTERFACE IMPORTED GLOBAL)
    # CMake takes a link item that contains :: for a target, and stops when there is none.
    set_target_properties(deps::${name} PROPERTIES
        INTERFACE_LINK_LIBRARIES "deps::${name} IS MISSING: ${remedy}")
endfunction()

if(WIN32)
    include(${CMAKE_CURRENT_LIST_DIR}/RemapiDepsPe.cmake)
else()
    include(${CMAKE_CURRENT_LIST_DIR}/RemapiDepsNative.cmake)
endif()
