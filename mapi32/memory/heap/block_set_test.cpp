// SPDX-License-Identifier: LGPL-2.1-or-later
#include "memory/heap/block_set.h"

#include <gtest/gtest.h>

namespace remapi::memory {
namespace {

constexpr std::uintptr_t kFirst = 0x10000;
constexpr std::uintptr_t kEnd = kFirst + 100000 / 16 * 16;

unsigned tag_for(std::uintptr_t address) {
    return static_cast<unsigned>(address / 16 % 16);
}

TEST(BlockSet, KeepsExactlyWhatItWasGiven) {
    static constinit BlockSet set;
    for (auto i = kFirst; i < kEnd; i += 16) ASSERT_TRUE(set.insert(i, tag_for(i)));
    for (auto i = kFirst; i < kEnd; i += 32) ASSERT_TRUE(set.erase(i));
    for (auto i = kFirst; i < kEnd; i += 16) {
        EXPECT_EQ(i % 32 != 0 ? tag_for(i) : BlockSet::kAbsent, set.find(i));
    }
    EXPECT_EQ(BlockSet::kAbsent, set.find(kFirst + 24));
    EXPECT_EQ(BlockSet::kAbsent, set.find(0));
    EXPECT_EQ((kEnd - kFirst) / 32, set.size());
    EXPECT_FALSE(set.erase(kFirst));
    EXPECT_FALSE(set.erase(kEnd));
}

TEST(BlockSet, HoldsTheHighestAddressWithEveryTag) {
    static constinit BlockSet set;
    constexpr std::uintptr_t kHighest = ~BlockSet::kTagBits;
    for (unsigned tag = 0; tag < 15; ++tag) {
        ASSERT_TRUE(set.insert(kHighest, tag));
        EXPECT_EQ(tag, set.find(kHighest));
        EXPECT_TRUE(set.erase(kHighest));
    }
}

}  // namespace
}  // namespace remapi::memory
