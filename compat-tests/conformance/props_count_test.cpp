// SPDX-License-Identifier: LGPL-2.1-or-later
#include <cstring>

#include "compat-tests/conformance/property_values.h"

namespace remapi::test {
namespace {

/// Page: mapi/sccountprops.md
class PropertyCount : public testing::Test {
protected:
    /// The size it answers; 0 when it fails.
    ULONG size_of(const SPropValue* values, int number) {
        ULONG size = 0;
        EXPECT_HR(S_OK, count(number, const_cast<SPropValue*>(values), &size));
        return size;
    }
    SCODE code_of(SPropValue value) {
        ULONG size = 0;
        return count(1, &value, &size);
    }

    decltype(ScCountProps)* count = required<decltype(ScCountProps)>("ScCountProps");
};

TEST_F(PropertyCount, ScalarsTakeTheArrayOnly) {
    KNOWN_DIFFERENCE(Wine, "mapi/property-types.md", "it refuses PT_NULL and PT_OBJECT");
    const SPropValue values[] = {long_value(tag_of(PT_LONG), 1), value_of(tag_of(PT_BOOLEAN)),
                                 value_of(tag_of(PT_NULL)), value_of(tag_of(PT_OBJECT))};
    EXPECT_EQ(4 * sizeof(SPropValue), size_of(values, 4));
    EXPECT_EQ(sizeof(SPropValue), size_of(values, 1));
}

TEST_F(PropertyCount, DataAreCountedWithTheirZerosAndPointers) {
    const SPropValue text = text_value(tag_of(PT_UNICODE), REMAPI_W("12345678901"));
    const ULONG size = size_of(&text, 1);
    EXPECT_GE(size, sizeof(SPropValue) + 12 * sizeof(WCHAR));
    EXPECT_LE(size, sizeof(SPropValue) + 12 * sizeof(WCHAR) + 8);
    const SPropValue bytes = binary_value(tag_of(PT_BINARY), "12345678", 8);
    EXPECT_EQ(sizeof(SPropValue) + 8, size_of(&bytes, 1));
}

TEST_F(PropertyCount, AnArrayTakesWhatItsValuesTakeOneByOne) {
    KNOWN_DIFFERENCE(Wine, "mapi/property-types.md",
                     "it does not know PT_SRESTRICTION and PT_ACTIONS");
    ULONG sum = 0;
    for (const SPropValue& value : one_of_each_type()) sum += size_of(&value, 1);
    const int number = static_cast<int>(one_of_each_type().size());
    EXPECT_EQ(sum, size_of(one_of_each_type().data(), number));
}

TEST_F(PropertyCount, WithoutASizeItOnlyValidates) {
    SPropValue value = long_value(tag_of(PT_LONG), 1);
    EXPECT_HR(S_OK, count(1, &value, nullptr));
    value.ulPropTag = tag_of(0x0123);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, count(1, &value, nullptr));
}

TEST_F(PropertyCount, TheNullAndTheInvalidIdentifierAreInvalid) {
    KNOWN_DIFFERENCE(Wine, "mapi/sccountprops.md", "it does not look at the identifier");
    EXPECT_HR(S_OK, code_of(long_value(tag_of(PT_LONG, 1), 0)));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, code_of(long_value(tag_of(PT_LONG, PROP_ID_NULL), 0)));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, code_of(long_value(tag_of(PT_LONG, PROP_ID_INVALID), 0)));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, code_of(value_of(PR_NULL)));
}

TEST_F(PropertyCount, AMultiValuedPropertyWithoutValuesIsInvalid) {
    KNOWN_DIFFERENCE(Wine, "mapi/sccountprops.md", "it counts them as nothing");
    LONG number = 1;
    SPropValue value = value_of(tag_of(PT_MV_LONG));
    value.Value.MVl = {1, &number};
    EXPECT_HR(S_OK, code_of(value));
    value.Value.MVl.cValues = 0;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, code_of(value));
    for (const ULONG type : {PT_MV_STRING8, PT_MV_UNICODE, PT_MV_BINARY, PT_MV_CLSID, PT_MV_I8})
        EXPECT_HR(MAPI_E_INVALID_PARAMETER, code_of(value_of(tag_of(type)))) << type;
}

TEST_F(PropertyCount, UnknownTypesAreInvalid) {
    KNOWN_DIFFERENCE(Wine, "mapi/property-types.md", "it refuses PT_NULL");
    EXPECT_HR(S_OK, code_of(value_of(tag_of(PT_NULL))));
    for (const ULONG type : {0x0000, 0x0008, 0x000C, 0x0123, 0x1001, 0x100B, 0xFFFF})
        EXPECT_HR(MAPI_E_INVALID_PARAMETER, code_of(value_of(tag_of(type)))) << type;
}

TEST_F(PropertyCount, ANullPointerWhereDataMustBeIsInvalid) {
    KNOWN_DIFFERENCE(Wine, "mapi/sccountprops.md", "it follows them");
    EXPECT_HR(S_OK, code_of(binary_value(tag_of(PT_BINARY), nullptr, 0)));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, code_of(binary_value(tag_of(PT_BINARY), nullptr, 1)));
    for (const ULONG type : {PT_STRING8, PT_UNICODE, PT_CLSID, PT_SRESTRICTION, PT_ACTIONS})
        EXPECT_HR(MAPI_E_INVALID_PARAMETER, code_of(value_of(tag_of(type)))) << type;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, count(1, nullptr, nullptr));
}

TEST_F(PropertyCount, SizesOver4GiBAreInvalid) {
    KNOWN_DIFFERENCE(Wine, "mapi/sccountprops.md",
                     "it adds them up in 32 bits, so the size is wrong");
    LONG number = 1;
    SPropValue value = value_of(tag_of(PT_MV_LONG));
    value.Value.MVl = {1, &number};
    EXPECT_EQ(sizeof(SPropValue) + 8, size_of(&value, 1));
    for (const ULONG number_of : {0x40000000u, 0x3FFFFFFFu, 0xFFFFFFFFu}) {
        value.Value.MVl.cValues = number_of;
        EXPECT_HR(MAPI_E_INVALID_PARAMETER, code_of(value)) << number_of;
    }
    value = value_of(tag_of(PT_MV_CLSID));
    value.Value.MVguid = {0x10000001, reinterpret_cast<GUID*>(&number)};
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, code_of(value));
    value = binary_value(tag_of(PT_BINARY), &number, 0xFFFFFFF0u);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, code_of(value));
    const SPropValue both[] = {binary_value(tag_of(PT_BINARY), &number, 0x80000000u),
                               binary_value(tag_of(PT_BINARY), &number, 0x80000000u)};
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, count(2, const_cast<SPropValue*>(both), nullptr));
}

TEST_F(PropertyCount, NoValuesTakeNoRoom) {
    UNDECIDED_DIFFERENCE(Wine, "it refuses a count of zero");
    const SPropValue value = long_value(tag_of(PT_LONG), 1);
    EXPECT_EQ(sizeof value, size_of(&value, 1));
    ULONG size = 7;
    EXPECT_HR(S_OK, count(0, nullptr, &size));
    EXPECT_EQ(0u, size);
}

TEST_F(PropertyCount, ANegativeCountIsInvalid) {
    SPropValue value = long_value(tag_of(PT_LONG), 1);
    EXPECT_HR(S_OK, count(1, &value, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, count(-1, &value, nullptr));
}

TEST_F(PropertyCount, ARestrictionThatNestsTooDeepOrInACircleIsInvalid) {
    KNOWN_DIFFERENCE(Wine, "mapi/property-types.md", "it does not know PT_SRESTRICTION");
    auto levels = nested_restrictions(40);
    SPropValue value = value_of(tag_of(PT_SRESTRICTION));
    value.Value.lpszA = reinterpret_cast<LPSTR>(levels.data());
    EXPECT_EQ(sizeof(SPropValue) + 41 * sizeof(SRestriction), size_of(&value, 1));
    levels = nested_restrictions(100000);
    value.Value.lpszA = reinterpret_cast<LPSTR>(levels.data());
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, code_of(value));
    levels[1].res.resNot.lpRes = levels.data();
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, code_of(value));
}

TEST_F(PropertyCount, ValuesMayLieAnywhere) {
    const SPropValue value = text_value(tag_of(PT_STRING8), "text");
    std::vector<BYTE> bytes(sizeof value + 1);
    std::memcpy(bytes.data() + 1, &value, sizeof value);
    EXPECT_EQ(size_of(&value, 1), size_of(reinterpret_cast<SPropValue*>(bytes.data() + 1), 1));
}

/// Page: mapi/ulpropsize.md
class PropertySize : public testing::Test {
protected:
    decltype(UlPropSize)* size_of = required<decltype(UlPropSize)>("UlPropSize");
};

TEST_F(PropertySize, ScalarsHaveTheSizeOfTheirType) {
    const std::pair<ULONG, ULONG> sizes[] = {
        {PT_I2, 2},       {PT_LONG, 4},    {PT_R4, 4},      {PT_DOUBLE, 8}, {PT_BOOLEAN, 2},
        {PT_CURRENCY, 8}, {PT_APPTIME, 8}, {PT_SYSTIME, 8}, {PT_I8, 8},     {PT_ERROR, 4}};
    for (const auto& [type, size] : sizes) {
        SPropValue value = value_of(tag_of(type));
        EXPECT_EQ(size, size_of(&value)) << type;
    }
}

TEST_F(PropertySize, TextsAreCountedWithTheirZero) {
    SPropValue narrow = text_value(tag_of(PT_STRING8), "four");
    SPropValue wide = text_value(tag_of(PT_UNICODE), REMAPI_W("four"));
    SPropValue empty = text_value(tag_of(PT_UNICODE), REMAPI_W(""));
    EXPECT_EQ(5u, size_of(&narrow));
    EXPECT_EQ(10u, size_of(&wide));
    EXPECT_EQ(2u, size_of(&empty));
}

TEST_F(PropertySize, BytesAndIdentifiersAreCountedWithoutTheStructure) {
    SPropValue bytes = binary_value(tag_of(PT_BINARY), "1234567", 7);
    GUID guid = {};
    SPropValue identifier = value_of(tag_of(PT_CLSID));
    identifier.Value.lpguid = &guid;
    EXPECT_EQ(7u, size_of(&bytes));
    EXPECT_EQ(16u, size_of(&identifier));
}

TEST_F(PropertySize, ManyValuesAreTheSumOfEach) {
    UNDECIDED_DIFFERENCE(Wine, "it counts pointers and structures, too");
    LONG longs[] = {1, 2, 3};
    SPropValue numbers = value_of(tag_of(PT_MV_LONG));
    numbers.Value.MVl = {3, longs};
    EXPECT_EQ(12u, size_of(&numbers));
    char first[] = "1";
    char second[] = "234";
    LPSTR texts[] = {first, second};
    SPropValue strings = value_of(tag_of(PT_MV_STRING8));
    strings.Value.MVszA = {2, texts};
    EXPECT_EQ(6u, size_of(&strings));
    BYTE bytes[] = {1, 2, 3};
    SBinary bins[] = {{3, bytes}, {1, bytes}};
    SPropValue binaries = value_of(tag_of(PT_MV_BINARY));
    binaries.Value.MVbin = {2, bins};
    EXPECT_EQ(4u, size_of(&binaries));
}

TEST_F(PropertySize, WhatHasNoSizeIsZero) {
    UNDECIDED_DIFFERENCE(Wine, "it follows a null pointer");
    SPropValue known = long_value(tag_of(PT_LONG), 1);
    SPropValue unknown = value_of(tag_of(0x0123));
    EXPECT_EQ(4u, size_of(&known));
    EXPECT_EQ(0u, size_of(&unknown));
    EXPECT_EQ(0u, size_of(nullptr));
}

}  // namespace
}  // namespace remapi::test
