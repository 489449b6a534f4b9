// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Results compared by name.
#pragma once

#include <gtest/gtest.h>

#include "abi/mapi.h"
#include "format/error_names.h"

namespace remapi::test {

inline testing::AssertionResult same_hresult(const char* expected_text, const char* actual_text,
                                             HRESULT expected, HRESULT actual) {
    if (expected == actual) return testing::AssertionSuccess();
    return testing::AssertionFailure()
           << "      Expected: " << actual_text << "\n      to answer: " << expected_text << " ("
           << format::describe_hresult(expected)
           << ")\n       answered: " << format::describe_hresult(actual);
}

}  // namespace remapi::test

/// Compares an HRESULT or SCODE and prints both by name when they differ.
#define EXPECT_HR(expected, actual) \
    EXPECT_PRED_FORMAT2(::remapi::test::same_hresult, expected, actual)
#define ASSERT_HR(expected, actual) \
    ASSERT_PRED_FORMAT2(::remapi::test::same_hresult, expected, actual)
