// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/model/large_value.h"

#include <gtest/gtest.h>

#include "providers/localstore/model/message_facts.h"
#include "providers/localstore/testing/test_store.h"

namespace remapi::localstore {
namespace {

Bytes pattern(std::size_t size) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 31 + i / 65536);
    return bytes;
}

class LargeValues : public testing::Test {
protected:
    LargeValues() : folder(testing::UnitTest::GetInstance()->current_test_info()->name()) {}
    TestFolder folder;
    std::shared_ptr<Database> database =
        std::make_shared<Database>(folder.file(REMAPI_W("a.rms")), Database::Open::OrCreate);
};

TEST_F(LargeValues, BytesComeBackAcrossChunksAndSpills) {
    const Bytes data = pattern(5'000'001);
    LargeValue value(database);
    for (std::size_t at = 0; at < data.size(); at += 77'777) {
        value.write_at(at, data.data() + at, std::min<std::size_t>(77'777, data.size() - at));
    }
    EXPECT_EQ(data.size(), value.size());
    EXPECT_TRUE(data == value.all(data.size()));
    Bytes part(100'000);
    EXPECT_EQ(part.size(), value.read_at(65'530, part.data(), part.size()));
    EXPECT_TRUE(std::equal(part.begin(), part.end(), data.begin() + 65'530));
    EXPECT_EQ(1u, value.read_at(data.size() - 1, part.data(), part.size()));
}

TEST_F(LargeValues, OverwritingCuttingAndGapsBehaveLikeAFile) {
    Bytes model = pattern(3'000'000);
    LargeValue value(database);
    value.write_at(0, model.data(), model.size());
    const Bytes patch(70'000, 0xEE);
    value.write_at(1'000'000, patch.data(), patch.size());
    std::copy(patch.begin(), patch.end(), model.begin() + 1'000'000);
    value.set_size(1'500'001);
    model.resize(1'500'001);
    value.write_at(2'000'000, patch.data(), patch.size());
    model.resize(2'000'000);
    model.insert(model.end(), patch.begin(), patch.end());
    EXPECT_TRUE(model == value.all(model.size()));
}

TEST_F(LargeValues, AForkDoesNotChangeWhatItCameFrom) {
    const Bytes data = pattern(2'000'000);
    LargeValue value(database);
    value.write_at(0, data.data(), data.size());
    const auto fork = value.fork();
    const std::uint8_t other = static_cast<std::uint8_t>(~data[7]);
    fork->write_at(7, &other, 1);
    EXPECT_TRUE(data == value.all(data.size()));
    EXPECT_EQ(other, fork->all(data.size())[7]);
}

TEST_F(LargeValues, WhatWasNotSavedLeavesNothingBehind) {
    {
        const Bytes data = pattern(2'000'000);
        LargeValue value(database);
        value.write_at(0, data.data(), data.size());
    }
    Transaction work(*database, Transaction::Kind::Read);
    EXPECT_EQ(0, work.sql().number("SELECT count(*) FROM stream_chunk"));
}

TEST_F(LargeValues, MemoryStaysBoundedWhileAValueGrows) {
    LargeValue value(database);
    const Bytes block(1u << 20, 0x33);
    for (std::size_t i = 0; i < 24; ++i)
        value.write_at(i * block.size(), block.data(), block.size());
    Transaction work(*database, Transaction::Kind::Read);
    // All but the last chunks are in the database already.
    EXPECT_GE(work.sql().number("SELECT count(*) FROM stream_chunk"), 24 * 16 - 16);
}

TEST(SubjectPrefix, IsUpToThreeCharactersBeforeAColonAndASpace) {
    EXPECT_EQ(4u, subject_prefix_length(REMAPI_W("RE: a")));
    EXPECT_EQ(5u, subject_prefix_length(REMAPI_W("FWD: a")));
    EXPECT_EQ(0u, subject_prefix_length(REMAPI_W("Note: a")));
    EXPECT_EQ(0u, subject_prefix_length(REMAPI_W("R2: a")));
    EXPECT_EQ(0u, subject_prefix_length(REMAPI_W("RE:a")));
    EXPECT_EQ(0u, subject_prefix_length(REMAPI_W(": a")));
    EXPECT_EQ(0u, subject_prefix_length(REMAPI_W("")));
    EXPECT_EQ(0u, subject_prefix_length(REMAPI_W("(a: b")));
    EXPECT_EQ(4u, subject_prefix_length(REMAPI_W("Ré: a")));
}

}  // namespace
}  // namespace remapi::localstore
