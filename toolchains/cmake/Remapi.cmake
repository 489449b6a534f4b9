# SPDX-License-Identifier: LGPL-2.1-or-later
#
# How every room, provider module, program and test of this tree is declared.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_OPTIMIZE_DEPENDENCIES ON)

find_program(REMAPI_CCACHE ccache)
if(REMAPI_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${REMAPI_CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${REMAPI_CCACHE})
endif()

# Flags of our own code; third-party headers come in as SYSTEM.
add_library(remapi_options INTERFACE)
target_compile_options(remapi_options INTERFACE
    -Wall -Wextra -Werror -Wshadow -Wundef -Wno-unknown-pragmas
    # MAPI interfaces have no virtual destructor by definition: Release() deletes.
    -Wno-non-virtual-dtor -Wno-delete-non-virtual-dtor
    # GCC 12 sees overlaps in "literal" + std::string that we found no cause for.
    # Neither are its overflows and overreads of impossible sizes in inlined std::string code at -O2.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # COM's `interface` macro and designated initialisers of API structs are fine in C++20.
    target_compile_options(remapi_options INTERFACE -Wno-unused-private-field)
endif()
if(NOT WIN32 AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # A unique symbol would be shared between two provider modules even when opened RTLD_LOCAL.
    target_compile_options(remapi_options INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fno-gnu-unique>
        # GCC 12 takes a copy inlined from std::u16string for an access out of bounds.
        $<$<COMPILE_LANGUAGE:CXX>:-Wno-array-bounds>)
endif()
if(WIN32)
    target_compile_definitions(remapi_options INTERFACE __USE_MINGW_ANSI_STDIO=1 NOMINMAX WIN32_LEAN_AND_MEAN)
    # __stdcall entry points are cast to FARPROC and back by definition of GetProcAddress.
    target_compile_options(remapi_options INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-cast-function-type>
        # GCC 12 takes wmemcpy inlined from std::wstring for an access out of bounds.
        $<$<COMPILE_LANGUAGE:CXX>:-Wno-array-bounds>)
endif()
target_include_directories(remapi_options INTERFACE ${PROJECT_SOURCE_DIR}/mapi32 ${PROJECT_SOURCE_DIR})
if(REMAPI_SANITIZE)
    # A report shows functions and lines; more debug information would only cost time.
    add_compile_options(-fsanitize=${REMAPI_SANITIZE} -fno-omit-frame-pointer -g1)
    add_link_options(-fsanitize=${REMAPI_SANITIZE})
    add_compile_definitions(REMAPI_SANITIZED=true)
else()
    add_compile_definitions(REMAPI_SANITIZED=false)  # for tests that measure memory
endif()
if(REMAPI_FUZZ)
    # Coverage of all our code, and of the debug information what a report shows. The sanitizers' run-time
    # library holds what coverage needs, so a program without libFuzzer links the rooms, too.
    add_compile_options(-fsanitize=fuzzer-no-link -gline-tables-only)
endif()

# The API headers: mingw-w64's, with their 64-bit mistakes repaired, over stubs/win32 natively.
find_path(REMAPI_MINGW_HEADERS mapidefs.h
    PATHS /usr/share/mingw-w64/include NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH REQUIRED)
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(REMAPI_MAPI_HEADERS ${CMAKE_BINARY_DIR}/generated/mapi-headers)
execute_process(
    COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/tools/gen/mapi_headers.py
        --source ${REMAPI_MINGW_HEADERS}
        --table ${PROJECT_SOURCE_DIR}/mapi32/abi/header_mismatches.tsv
        --output ${REMAPI_MAPI_HEADERS}
    COMMAND_ERROR_IS_FATAL ANY)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/tools/gen/mapi_headers.py
    ${PROJECT_SOURCE_DIR}/mapi32/abi/header_mismatches.tsv)
target_include_directories(remapi_options SYSTEM INTERFACE ${REMAPI_MAPI_HEADERS})
if(NOT WIN32)
    target_include_directories(remapi_options SYSTEM INTERFACE ${PROJECT_SOURCE_DIR}/stubs/win32)
endif()

# Test programs are not optimised where modules are: what they call is what counts.
function(remapi_plain_code target)
    if(WIN32)
        target_compile_options(${target} PRIVATE -O0)
    endif()
endfunction()

# What nearly every file includes, compiled once: for libraries and, with GoogleTest, for test programs.
# Only for speed: every file names what it uses, and a build with REMAPI_PRECOMPILE=OFF must pass too.
option(REMAPI_PRECOMPILE "Precompile the API headers and the standard library" ON)
function(remapi_precompile target donor)
    if(REMAPI_PRECOMPILE AND TARGET ${donor})
        target_precompile_headers(${target} REUSE_FROM ${donor})
    endif()
endfunction()
if(REMAPI_PRECOMPILE)
    set(remapi_common_headers <algorithm> <atomic> <cstring> <functional> <map> <memory> <optional> <string>
        <string_view> <utility> <variant> <vector>)
    file(WRITE ${CMAKE_BINARY_DIR}/generated/precompiled.cpp "")
    add_library(remapi_precompiled STATIC ${CMAKE_BINARY_DIR}/generated/precompiled.cpp)
    target_link_libraries(remapi_precompiled PRIVATE remapi_options)
    target_precompile_headers(remapi_precompiled PRIVATE ${remapi_common_headers}
        ${PROJECT_SOURCE_DIR}/mapi32/abi/mapi.h)
    if(REMAPI_TESTS)
        file(WRITE ${CMAKE_BINARY_DIR}/generated/precompiled_test.cpp "int main() { return 0; }\n")
        add_executable(remapi_precompiled_test ${CMAKE_BINARY_DIR}/generated/precompiled_test.cpp)
        target_link_libraries(remapi_precompiled_test PRIVATE remapi_options deps::gtest)
        remapi_plain_code(remapi_precompiled_test)
        target_precompile_headers(remapi_precompiled_test PRIVATE ${remapi_common_headers} <gtest/gtest.h>
            ${PROJECT_SOURCE_DIR}/mapi32/abi/mapi.h)
    endif()
endif()

# Several sources of one target are compiled as one: a third of the time. A name in an anonymous
# namespace is therefore used once in a room. linux-tsan compiles every file on its own.
option(REMAPI_UNITY "Compile several sources at a time" ON)
set(CMAKE_UNITY_BUILD ${REMAPI_UNITY})
set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)

# Runs as one ctest entry; a program that cannot run because its emulator is missing exits with 77.
function(remapi_add_test name)
    cmake_parse_arguments(arg "" "WORKING_DIRECTORY;TIMEOUT" "COMMAND;LABELS;ENVIRONMENT;DEPENDS" ${ARGN})
    add_test(NAME ${name} COMMAND ${arg_COMMAND})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 300)
    endif()
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} SKIP_RETURN_CODE 77)
    if(arg_LABELS)
        set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}")
    endif()
    if(arg_ENVIRONMENT)
        set_tests_properties(${name} PROPERTIES ENVIRONMENT "${arg_ENVIRONMENT}")
    endif()
    if(arg_WORKING_DIRECTORY)
        set_tests_properties(${name} PROPERTIES WORKING_DIRECTORY ${arg_WORKING_DIRECTORY})
    endif()
endfunction()

# A GoogleTest program: remapi_test_program(NAME name SOURCES ... LINK ...)
function(remapi_test_program)
    cmake_parse_arguments(arg "NO_CTEST" "NAME;TIMEOUT" "SOURCES;LINK;LABELS;ENVIRONMENT" ${ARGN})
    if(NOT REMAPI_TESTS)
        return()
    endif()
    add_executable(${arg_NAME} ${arg_SOURCES})
    target_link_libraries(${arg_NAME} PRIVATE ${arg_LINK} deps::gtest_main remapi_options)
    remapi_plain_code(${arg_NAME})
    remapi_precompile(${arg_NAME} remapi_precompiled_test)
    if(WIN32 AND TARGET xp_replacements)
        target_link_libraries(${arg_NAME} PRIVATE xp_replacements)
    endif()
    set_target_properties(${arg_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    if(NOT arg_NO_CTEST)
        remapi_add_test(${arg_NAME} COMMAND ${arg_NAME} TIMEOUT ${arg_TIMEOUT}
            LABELS ${arg_LABELS} ENVIRONMENT ${arg_ENVIRONMENT})
    endif()
endfunction()

# A room: one static library from every .cpp below the folder (unit tests left out), and one test
# program from every *_test.cpp. Folders named posix/ and win32/ are taken on their platform only.
#   remapi_room(NAME text DEPENDS remapi::memory ... [TEST_LINK ...])
function(remapi_room)
    cmake_parse_arguments(arg "" "NAME" "DEPENDS;EXCLUDE;TEST_LINK" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} *.cpp)
    set(tests ${sources})
    list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
    list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
    if(WIN32)
        set(other posix)
    else()
        set(other win32)
    endif()
    list(FILTER sources EXCLUDE REGEX "(^|/)${other}/")
    list(FILTER tests EXCLUDE REGEX "(^|/)${other}/")
    foreach(pattern IN LISTS arg_EXCLUDE)
        list(FILTER sources EXCLUDE REGEX "${pattern}")
        list(FILTER tests EXCLUDE REGEX "${pattern}")
    endforeach()
    if(NOT sources)
        file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/empty_room.cpp "")
        set(sources ${CMAKE_CURRENT_BINARY_DIR}/empty_room.cpp)
    endif()
    add_library(remapi_${arg_NAME} STATIC ${sources})
    target_link_libraries(remapi_${arg_NAME} PUBLIC remapi_options ${arg_DEPENDS})
    remapi_precompile(remapi_${arg_NAME} remapi_precompiled)
    add_library(remapi::${arg_NAME} ALIAS remapi_${arg_NAME})
    if(tests)
        remapi_test_program(NAME ${arg_NAME}_test SOURCES ${tests}
            LINK remapi_${arg_NAME} ${arg_TEST_LINK})
    endif()
endfunction()

# Where everything a user would install goes, on every platform, relative to the install prefix.
if(WIN32)
    set(REMAPI_MODULE_DIR .)
    set(REMAPI_PROGRAM_DIR .)
    set(REMAPI_DATA_DIR .)
else()
    set(REMAPI_MODULE_DIR lib)
    set(REMAPI_PROGRAM_DIR bin)
    set(REMAPI_DATA_DIR share/remapi)
endif()
# Modules and programs of one build lie together, as they do once installed.
set(REMAPI_OUTPUT_DIR ${CMAKE_BINARY_DIR}/out)

# A provider module: remapi_provider_module(NAME remapils SOURCES ... LINK ... EXPORTS MSProviderInit ...)
# Output file: <NAME>32.dll or <NAME>32.so (DESIGN: the "32" is MAPI's own file-name rule).
function(remapi_provider_module)
    cmake_parse_arguments(arg "" "NAME" "SOURCES;LINK;EXPORTS" ${ARGN})
    set(target ${arg_NAME}32)
    add_library(${target} MODULE ${arg_SOURCES})
    target_link_libraries(${target} PRIVATE ${arg_LINK} remapi_options)
    set_target_properties(${target} PROPERTIES PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${REMAPI_OUTPUT_DIR}
        RUNTIME_OUTPUT_DIRECTORY ${REMAPI_OUTPUT_DIR})
    if(WIN32)
        set(def ${CMAKE_CURRENT_BINARY_DIR}/${target}.def)
        string(REPLACE ";" "\n" names "${arg_EXPORTS}")
        file(GENERATE OUTPUT ${def} CONTENT "LIBRARY ${target}.dll\nEXPORTS\n${names}\n")
        target_sources(${target} PRIVATE ${def})
        if(TARGET xp_replacements)
            target_link_libraries(${target} PRIVATE xp_replacements)
        endif()
    else()
        set(map ${CMAKE_CURRENT_BINARY_DIR}/${target}.map)
        string(REPLACE ";" "; " names "${arg_EXPORTS}")
        file(GENERATE OUTPUT ${map} CONTENT "{ global: ${names}; local: *; };\n")
        target_link_options(${target} PRIVATE -Wl,--version-script=${map} -Wl,--exclude-libs,ALL)
        if(NOT REMAPI_SANITIZE)
            target_link_options(${target} PRIVATE -Wl,-z,defs)
        endif()
    endif()
    install(TARGETS ${target} LIBRARY DESTINATION ${REMAPI_MODULE_DIR} RUNTIME DESTINATION ${REMAPI_MODULE_DIR})
endfunction()

# A program that is installed: remapi_program(NAME remapi SOURCES ... LINK ...)
function(remapi_program)
    cmake_parse_arguments(arg "" "NAME" "SOURCES;LINK" ${ARGN})
    add_executable(${arg_NAME} ${arg_SOURCES})
    target_link_libraries(${arg_NAME} PRIVATE ${arg_LINK} remapi_options)
    if(WIN32 AND TARGET xp_replacements)
        target_link_libraries(${arg_NAME} PRIVATE xp_replacements)
    endif()
    set_target_properties(${arg_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${REMAPI_OUTPUT_DIR})
    install(TARGETS ${arg_NAME} RUNTIME DESTINATION ${REMAPI_PROGRAM_DIR})
endfunction()
