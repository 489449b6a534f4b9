// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/props/abi_compare.h"

#include <gtest/gtest.h>

#include <limits>
#include <optional>

#include "abi/error.h"
#include "object/props/generated_values_test.h"

namespace remapi::object {
namespace {

/// -1, 0 or 1; nothing when there is no order, because one of them is malformed.
std::optional<int> order_between(SPropValue* left, SPropValue* right) {
    try {
        const LONG order = compare_props(left, right);
        EXPECT_EQ(order, compare_props_or(left, right, compare_props));
        return (order > 0) - (order < 0);
    } catch (const Error&) {
        return std::nullopt;
    }
}

TEST(ValueOrder, IsTheSameWhereverTheValuesLieAndFromBothSides) {
    for (unsigned seed = 0; seed < 1500; ++seed) {
        ValueGenerator generator(seed);
        std::vector<SPropValue> values = generator.values();
        const std::size_t offset = seed % 9;
        std::vector<BYTE> memory(values.size() * sizeof(SPropValue) + offset);
        auto* const elsewhere = reinterpret_cast<SPropValue*>(memory.data() + offset);
        for (std::size_t i = 0; i < values.size(); ++i) store(elsewhere + i, values[i]);
        for (std::size_t i = 0; i < values.size(); ++i) {
            EXPECT_EQ(0, order_between(&values[i], elsewhere + i)) << seed;
            for (std::size_t k = 0; k < i; ++k) {
                const std::optional<int> order = order_between(&values[i], &values[k]);
                const std::optional<int> reverse = order_between(&values[k], &values[i]);
                EXPECT_EQ(order, order_between(elsewhere + i, elsewhere + k)) << seed;
                ASSERT_EQ(order.has_value(), reverse.has_value()) << seed;
                EXPECT_EQ(order.value_or(0), -reverse.value_or(0)) << seed;
            }
        }
    }
}

TEST(ValueOrder, OfNumbersIsThatOfAnyOtherValues) {
    constexpr LONG kLeast = std::numeric_limits<LONG>::min();
    constexpr LONG kMost = std::numeric_limits<LONG>::max();
    SPropValue left = {};
    SPropValue right = {};
    left.ulPropTag = PROP_TAG(PT_LONG, 0x6600);
    for (const LONG a : {kLeast, LONG{-1}, LONG{0}, LONG{1}, kMost}) {
        for (const LONG b : {kLeast, LONG{-1}, LONG{0}, LONG{1}, kMost}) {
            left.Value.l = a;
            right.Value.l = b;
            const LONG expected = a < b ? -1 : a > b;
            for (const ULONG type : {PT_LONG, PT_MV_LONG | MV_INSTANCE}) {
                right.ulPropTag = PROP_TAG(type, 0x6601);
                EXPECT_EQ(expected, compare_props(&left, &right));
                EXPECT_EQ(expected, compare_props_or(&left, &right, compare_props));
            }
        }
    }
}

}  // namespace
}  // namespace remapi::object
