// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include "compat-tests/harness/mapi_library.h"

namespace remapi::test {
namespace {

using Number = std::uint64_t;

constexpr Number kMost = 0xFFFFFFFFFFFFFFFFu;

FILETIME time(Number value) {
    FILETIME result;
    result.dwLowDateTime = static_cast<DWORD>(value);
    result.dwHighDateTime = static_cast<DWORD>(value >> 32);
    return result;
}

/// Every function is called through a prototype that returns a 64-bit number: programs of all
/// compilers find the result where such a number is, on 32-bit x86 in EDX:EAX.
/// Pages: mapi/ftaddft.md, mapi/ftadcft.md, mapi/ftsubft.md, mapi/ftmuldw.md, mapi/ftmuldwdw.md,
/// mapi/ftnegft.md
class FileTimeArithmetic : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(add && add_carry && subtract && negate) << "missing"; }

    const Subject& mapi = Subject::the();
    Number(WINAPI* add)(FILETIME,
                        FILETIME) = mapi.find<Number WINAPI(FILETIME, FILETIME)>("FtAddFt");
    Number(WINAPI* add_carry)(FILETIME, FILETIME, WORD*) =
        mapi.find<Number WINAPI(FILETIME, FILETIME, WORD*)>("FtAdcFt");
    Number(WINAPI* subtract)(FILETIME,
                             FILETIME) = mapi.find<Number WINAPI(FILETIME, FILETIME)>("FtSubFt");
    Number(WINAPI* multiply)(DWORD,
                             FILETIME) = mapi.find<Number WINAPI(DWORD, FILETIME)>("FtMulDw");
    Number(WINAPI* multiply_short)(DWORD,
                                   DWORD) = mapi.find<Number WINAPI(DWORD, DWORD)>("FtMulDwDw");
    Number(WINAPI* negate)(FILETIME) = mapi.find<Number WINAPI(FILETIME)>("FtNegFt");
};

TEST_F(FileTimeArithmetic, SumsCarryIntoTheHigherHalf) {
    EXPECT_EQ(Number{5}, add(time(2), time(3)));
    EXPECT_EQ(Number{0x100000000}, add(time(0xFFFFFFFF), time(1)));
    EXPECT_EQ(Number{0x0123456789ABCDEF}, add(time(0x0123456700000000), time(0x89ABCDEF)));
    EXPECT_EQ(kMost, add(time(kMost), time(0)));
}

TEST_F(FileTimeArithmetic, ASumThatIsTooLargeStartsOver) {
    EXPECT_EQ(Number{1}, add(time(kMost), time(2)));
    EXPECT_EQ(kMost - 1, add(time(kMost), time(kMost)));
}

TEST_F(FileTimeArithmetic, WithoutACarryTheSumIsTheSame) {
    EXPECT_EQ(Number{0x100000001}, add_carry(time(0xFFFFFFFF), time(2), nullptr));
    WORD carry = 0;
    EXPECT_EQ(Number{0x100000001}, add_carry(time(0xFFFFFFFF), time(2), &carry));
    EXPECT_EQ(0, carry);
}

TEST_F(FileTimeArithmetic, ACarryComesInAndGoesOut) {
    WORD carry = 1;
    EXPECT_EQ(Number{6}, add_carry(time(2), time(3), &carry));
    EXPECT_EQ(0, carry);
    EXPECT_EQ(Number{0}, add_carry(time(kMost), time(1), &carry));
    EXPECT_EQ(1, carry);
    EXPECT_EQ(kMost, add_carry(time(kMost), time(kMost), &carry));
    EXPECT_EQ(1, carry);
    EXPECT_EQ(Number{0}, add_carry(time(kMost), time(0), &carry));
    EXPECT_EQ(1, carry);
}

TEST_F(FileTimeArithmetic, DifferencesBorrowFromTheHigherHalf) {
    KNOWN_DIFFERENCE(Wine, "mapi/ftsubft.md", "it takes the minuend from the subtrahend");
    EXPECT_EQ(Number{0xFFFFFFFF}, subtract(time(0x100000000), time(1)));
    EXPECT_EQ(Number{2}, subtract(time(5), time(3)));
    EXPECT_EQ(kMost, subtract(time(0), time(1)));
    EXPECT_EQ(Number{1}, subtract(time(0), time(kMost)));
}

TEST_F(FileTimeArithmetic, ProductsKeepTheirLowest64Bits) {
    ASSERT_TRUE(multiply && multiply_short) << "export missing";
    EXPECT_EQ(Number{6000000}, multiply(10000, time(600)));
    EXPECT_EQ(Number{0xFFFFFFFF00000000}, multiply(0xFFFFFFFF, time(0x100000000)));
    EXPECT_EQ(Number{0x1FFFFFFFE}, multiply(2, time(0xFFFFFFFF)));
    EXPECT_EQ(Number{0} - 0xFFFFFFFF, multiply(0xFFFFFFFF, time(kMost)));
    EXPECT_EQ(Number{0xFFFFFFFE00000001}, multiply_short(0xFFFFFFFF, 0xFFFFFFFF));
    EXPECT_EQ(Number{864000000000}, multiply_short(864000, 1000000));
    EXPECT_EQ(Number{0}, multiply_short(0, 0xFFFFFFFF));
    EXPECT_EQ(Number{0}, multiply(0, time(kMost)));
}

TEST_F(FileTimeArithmetic, TheNegativeIsTheTwosComplement) {
    EXPECT_EQ(kMost, negate(time(1)));
    EXPECT_EQ(Number{1}, negate(time(kMost)));
    EXPECT_EQ(Number{0xFFFFFFFF00000000}, negate(time(0x100000000)));
    EXPECT_EQ(Number{0}, negate(time(0)));
    EXPECT_EQ(Number{0x8000000000000000}, negate(time(0x8000000000000000)));
}

}  // namespace
}  // namespace remapi::test
