// SPDX-License-Identifier: LGPL-2.1-or-later
#include "memory/heap/span_supply.h"

#include <gtest/gtest.h>

#include <cstring>
#include <set>
#include <vector>

#include "memory/heap/counting_source.h"

namespace remapi::memory {
namespace {

using test::CountingSource;

class SpanSupplyTest : public testing::Test {
protected:
    void SetUp() override { CountingSource::reset(); }
    static std::vector<Span*> take(SpanSupply& supply, std::size_t count) {
        std::vector<Span*> spans;
        for (std::size_t i = 0; i < count; ++i) {
            spans.push_back(supply.take());
            if (!spans.back()) ADD_FAILURE() << "no span " << i;
        }
        return spans;
    }
    /// All that is behind the header.
    static void fill(Span* span) {
        std::memset(static_cast<void*>(span + 1), 0x5A, kSpanBytes - sizeof(Span));
    }
    static void give_back(SpanSupply& supply, const std::vector<Span*>& spans) {
        for (Span* span : spans) supply.give_back(span);
    }
};

TEST_F(SpanSupplyTest, EveryAddressInASpanIsFoundAndNoOther) {
    static constinit SpanSupply supply(&CountingSource::kSource);
    int local = 0;
    EXPECT_EQ(nullptr, supply.find(address_of(&local)));
    for (Span* span : take(supply, 3)) {
        const std::uintptr_t start = address_of(span);
        EXPECT_EQ(0u, start % kSpanBytes);
        for (const std::uintptr_t offset : {std::size_t{0}, std::size_t{1}, kSpanBytes - 1}) {
            EXPECT_EQ(span, supply.find(start + offset));
        }
    }
    EXPECT_EQ(nullptr, supply.find(address_of(&local)));
    EXPECT_EQ(nullptr, supply.find(0));
    EXPECT_EQ(nullptr, supply.find(UINTPTR_MAX));
}

TEST_F(SpanSupplyTest, SpansAreWhollyWritable) {
    static constinit SpanSupply supply(&CountingSource::kSource);
    const std::vector<Span*> spans = take(supply, 20);
    for (Span* span : spans) fill(span);
    give_back(supply, spans);
}

TEST_F(SpanSupplyTest, TheMemoryOfWhatIsBeyondTheStockGoesBackAndTheAddressSpaceIsUsedAgain) {
    static constinit SpanSupply supply(&CountingSource::kSource);
    constexpr std::size_t kCount = SpanSupply::kStock + 8;
    const std::vector<Span*> first = take(supply, kCount);
    give_back(supply, first);
    EXPECT_GE(CountingSource::decommitted, 8 * (kSpanBytes / 2));
    EXPECT_LT(CountingSource::decommitted, 8 * kSpanBytes);
    const std::size_t reserved = CountingSource::reserved;
    for (int round = 0; round < 10; ++round) {
        const std::vector<Span*> again = take(supply, kCount);
        EXPECT_EQ(std::set<Span*>(first.begin(), first.end()),
                  std::set<Span*>(again.begin(), again.end()));
        for (Span* span : again) fill(span);
        give_back(supply, again);
    }
    EXPECT_EQ(reserved, CountingSource::reserved);
}

TEST_F(SpanSupplyTest, ASpanWhoseMemoryIsGoneIsFoundAndIsInNoArena) {
    static constinit SpanSupply supply(&CountingSource::kSource);
    const std::vector<Span*> spans = take(supply, SpanSupply::kStock + 1);
    give_back(supply, spans);
    for (Span* span : spans) {
        EXPECT_EQ(span, supply.find(address_of(span) + kSpanBytes - 1));
        EXPECT_EQ(nullptr, span->arena.load());
    }
}

TEST_F(SpanSupplyTest, WithoutMemoryThereIsNoSpanAndLaterThereIs) {
    static constinit SpanSupply supply(&CountingSource::kSource);
    CountingSource::largest_reservation = 0;
    EXPECT_EQ(nullptr, supply.take());
    CountingSource::largest_reservation = SIZE_MAX;
    CountingSource::can_commit = false;
    EXPECT_EQ(nullptr, supply.take());
    EXPECT_EQ(nullptr, supply.take());
    const std::size_t reserved = CountingSource::reserved;
    CountingSource::can_commit = true;
    Span* const span = supply.take();
    ASSERT_NE(nullptr, span);
    EXPECT_EQ(span, supply.find(address_of(span)));
    EXPECT_LE(CountingSource::reserved, reserved + 2 * kSpanBytes) << "the map's leaf only";
}

TEST_F(SpanSupplyTest, ASpanThatCannotGetItsMemoryAgainIsNotLost) {
    static constinit SpanSupply supply(&CountingSource::kSource);
    const std::vector<Span*> spans = take(supply, SpanSupply::kStock + 1);
    give_back(supply, spans);
    take(supply, SpanSupply::kStock);
    CountingSource::can_commit = false;
    EXPECT_EQ(nullptr, supply.take());
    CountingSource::can_commit = true;
    EXPECT_EQ(spans.back(), supply.take());
}

TEST_F(SpanSupplyTest, SmallPiecesOfAddressSpaceWillDo) {
    static constinit SpanSupply supply(&CountingSource::kSource);
    CountingSource::largest_reservation = 2 * kSpanBytes;
    const std::vector<Span*> spans = take(supply, 5);
    EXPECT_EQ(5u, std::set<Span*>(spans.begin(), spans.end()).size());
}

}  // namespace
}  // namespace remapi::memory
