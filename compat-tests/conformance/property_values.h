// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Property values of every type for the tests of the property functions.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "abi/rule_actions.h"
#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"

namespace remapi::test {

/// The export `name`, which the test needs.
template <class Function>
Function* required(const char* name) {
    Function* const found = Subject::the().find<Function>(name);
    EXPECT_NE(nullptr, found) << "export missing: " << name;
    return found;
}

inline SPropValue value_of(ULONG tag) {
    SPropValue value = {};
    value.ulPropTag = tag;
    return value;
}
inline SPropValue long_value(ULONG tag, LONG number) {
    SPropValue value = value_of(tag);
    value.Value.l = number;
    return value;
}
inline SPropValue text_value(ULONG tag, const char* text) {
    SPropValue value = value_of(tag);
    value.Value.lpszA = const_cast<LPSTR>(text);
    return value;
}
inline SPropValue text_value(ULONG tag, const WideChar* text) {
    SPropValue value = value_of(tag);
    value.Value.lpszW = const_cast<WideChar*>(text);
    return value;
}
inline SPropValue binary_value(ULONG tag, const void* bytes, ULONG size) {
    SPropValue value = value_of(tag);
    value.Value.bin = {size, static_cast<LPBYTE>(const_cast<void*>(bytes))};
    return value;
}

constexpr ULONG tag_of(ULONG type, ULONG id = 0x6800) {
    return PROP_TAG(type, id);
}

/// One value of each type, with data. They live as long as the program.
const std::vector<SPropValue>& one_of_each_type();

/// `levels` RES_NOT, one in the other, around a RES_EXIST. The first is the outermost.
std::vector<SRestriction> nested_restrictions(std::size_t levels);

/// Whether two values have the same tag and the same data, wherever these lie.
testing::AssertionResult same_value(const SPropValue& expected, const SPropValue& actual);
/// Whether every pointer of `value`, those inside its data too, points into the `size` bytes at
/// `block`.
testing::AssertionResult lies_in(const SPropValue& value, const void* block, std::size_t size);

}  // namespace remapi::test
