// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include "format/compound_file.h"

namespace remapi::format {
namespace {

/// A small file of version 3, to be broken: FAT, directory and streams lie where `fat`, `directory`
/// and the streams' first sectors say.
class BrokenCompoundFile : public testing::Test {
protected:
    void SetUp() override {
        const auto source = std::make_shared<MemorySource>();
        file = CompoundFile::create(source);
        const Bytes large(5000, 1);
        for (const auto* name : {REMAPI_W("a"), REMAPI_W("b")}) {
            const ElementId id = file->add(kRootElement, name, ElementType::Stream);
            file->write(id, 0, large.data(), large.size());
            file->flush();
        }
        const ElementId small = file->add(kRootElement, REMAPI_W("c"), ElementType::Stream);
        file->write(small, 0, large.data(), 100);
        file->flush();
        bytes = source->bytes();
        fat = (number(0x4C) + 1) * 512;
        directory = (number(0x30) + 1) * 512;
    }

    std::uint32_t number(std::size_t at) const {
        return bytes[at] | bytes[at + 1] << 8 | bytes[at + 2] << 16 |
               static_cast<std::uint32_t>(bytes[at + 3]) << 24;
    }
    void put(std::size_t at, std::uint32_t value) {
        for (int i = 0; i < 4; ++i) bytes[at + i] = static_cast<std::uint8_t>(value >> 8 * i);
    }
    /// Where a field of a directory entry lies.
    std::size_t field(ElementId id, std::size_t offset) const {
        return directory + id * 128 + offset;
    }
    HRESULT open() {
        try {
            file = CompoundFile::open(std::make_shared<MemorySource>(bytes));
            return S_OK;
        } catch (const Error& error) {
            return error.code();
        }
    }
    HRESULT read(StringView name) {
        Bytes into(5000);
        try {
            file->read(*file->find(kRootElement, name), 0, into.data(), into.size());
            return S_OK;
        } catch (const Error& error) {
            return error.code();
        }
    }

    static constexpr std::size_t kLeft = 68, kChild = 76, kFirst = 116, kSize = 120;
    Bytes bytes;
    std::size_t fat = 0;
    std::size_t directory = 0;
    std::unique_ptr<CompoundFile> file;
};

TEST_F(BrokenCompoundFile, IsReadAsLongAsItIsWhole) {
    ASSERT_EQ(S_OK, open());
    EXPECT_EQ(S_OK, read(REMAPI_W("a")));
    EXPECT_EQ(S_OK, read(REMAPI_W("c")));
}

TEST_F(BrokenCompoundFile, EveryLengthIsOpenedOrRefused) {
    const Bytes whole = bytes;
    for (std::size_t size = 0; size < whole.size(); size += 7) {
        bytes.assign(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        const HRESULT result = open();
        EXPECT_TRUE(size >= 512 || result == STG_E_INVALIDHEADER);
        if (SUCCEEDED(result)) {
            for (const auto* name : {REMAPI_W("a"), REMAPI_W("b"), REMAPI_W("c")}) {
                const HRESULT stream = read(name);
                EXPECT_TRUE(stream == S_OK || stream == STG_E_DOCFILECORRUPT);
            }
        }
    }
}

TEST_F(BrokenCompoundFile, HeadersThatAreNoneAreRefused) {
    bytes[0] = 0;
    EXPECT_EQ(STG_E_INVALIDHEADER, open());
    SetUp();
    bytes[0x1A] = 9;  // version
    EXPECT_EQ(STG_E_OLDDLL, open());
    SetUp();
    bytes[0x1E] = 20;  // sector shift
    EXPECT_EQ(STG_E_INVALIDHEADER, open());
    SetUp();
    bytes[0x20] = 40;  // mini sector shift
    EXPECT_EQ(STG_E_INVALIDHEADER, open());
    SetUp();
    put(0x38, 1);  // limit of small streams
    EXPECT_EQ(STG_E_DOCFILECORRUPT, open());
}

TEST_F(BrokenCompoundFile, AbsurdCountsAreRefused) {
    put(0x2C, 0xFFFFFFFF);  // FAT sectors
    EXPECT_EQ(STG_E_DOCFILECORRUPT, open());
    SetUp();
    put(0x2C, 2);
    EXPECT_EQ(STG_E_DOCFILECORRUPT, open());
    SetUp();
    put(0x4C, 0x1000000);  // the first FAT sector
    EXPECT_EQ(STG_E_DOCFILECORRUPT, open());
    SetUp();
    put(0x30, 0x7FFFFFFF);  // the directory
    EXPECT_EQ(STG_E_DOCFILECORRUPT, open());
    SetUp();
    put(0x3C, 0x7FFFFFFF);  // the mini FAT
    EXPECT_EQ(STG_E_DOCFILECORRUPT, open());
}

TEST_F(BrokenCompoundFile, ADirectoryInACircleIsRefused) {
    const std::uint32_t sector = number(0x30);
    put(fat + sector * 4, sector);
    EXPECT_EQ(STG_E_DOCFILECORRUPT, open());
}

TEST_F(BrokenCompoundFile, TreesInACircleAreRefused) {
    put(field(1, kLeft), 1);
    EXPECT_EQ(STG_E_DOCFILECORRUPT, open());
    SetUp();
    put(field(2, kLeft), 0x00FFFFFF);
    EXPECT_EQ(STG_E_DOCFILECORRUPT, open());
    SetUp();
    put(field(0, kChild), 0);
    EXPECT_EQ(STG_E_DOCFILECORRUPT, open());
}

TEST_F(BrokenCompoundFile, TwoElementsOfOneNameAreRefused) {
    bytes[field(2, 0)] = 'A';
    EXPECT_EQ(STG_E_DOCFILECORRUPT, open());
}

TEST_F(BrokenCompoundFile, AStreamInACircleCannotBeReadButTheOthersCan) {
    const std::uint32_t sector = number(field(1, kFirst));
    put(fat + sector * 4, sector);
    ASSERT_EQ(S_OK, open());
    EXPECT_EQ(STG_E_DOCFILECORRUPT, read(REMAPI_W("a")));
    EXPECT_EQ(S_OK, read(REMAPI_W("b")));
}

TEST_F(BrokenCompoundFile, AStreamThatRunsIntoAnotherCannotBeRead) {
    put(field(2, kFirst), number(field(1, kFirst)));
    ASSERT_EQ(S_OK, open());
    EXPECT_EQ(S_OK, read(REMAPI_W("a")));
    EXPECT_EQ(STG_E_DOCFILECORRUPT, read(REMAPI_W("b")));
    const Bytes before = bytes;
    file->remove(*file->find(kRootElement, REMAPI_W("b")));
    file->flush();
    EXPECT_EQ(S_OK, read(REMAPI_W("a"))) << "what the broken one pointed at is still there";
}

TEST_F(BrokenCompoundFile, ABrokenStreamTakesNothingFromWhatIsWrittenLater) {
    put(field(1, kFirst), number(field(2, kFirst)));
    put(field(2, kFirst), 0x00FFFFFF);
    const auto source = std::make_shared<MemorySource>(bytes);
    file = CompoundFile::open(source);
    file->remove(*file->find(kRootElement, REMAPI_W("a")));
    const ElementId id = file->add(kRootElement, REMAPI_W("new"), ElementType::Stream);
    const Bytes large(20000, 7);
    file->write(id, 0, large.data(), large.size());
    file->flush();
    bytes = source->bytes();
    ASSERT_EQ(S_OK, open());
    EXPECT_EQ(S_OK, read(REMAPI_W("new")));
    EXPECT_EQ(STG_E_DOCFILECORRUPT, read(REMAPI_W("b")));
}

TEST_F(BrokenCompoundFile, AStreamLongerThanItsSectorsCannotBeRead) {
    put(field(1, kSize), 1u << 30);
    ASSERT_EQ(S_OK, open());
    EXPECT_EQ(STG_E_DOCFILECORRUPT, read(REMAPI_W("a")));
    EXPECT_EQ(S_OK, read(REMAPI_W("c")));
}

TEST_F(BrokenCompoundFile, TheUpperHalfOfASizeMeansNothingInVersionThree) {
    put(field(1, kSize + 4), 0xDEADBEEF);
    ASSERT_EQ(S_OK, open());
    EXPECT_EQ(5000u, file->entry(*file->find(kRootElement, REMAPI_W("a"))).size);
    EXPECT_EQ(S_OK, read(REMAPI_W("a")));
}

TEST_F(BrokenCompoundFile, FatSectorsThatTheTableCallsFreeAreNotGivenAway) {
    const std::uint32_t sector = number(0x4C);
    put(fat + sector * 4, 0xFFFFFFFF);
    const auto source = std::make_shared<MemorySource>(bytes);
    file = CompoundFile::open(source);
    const ElementId id = file->add(kRootElement, REMAPI_W("new"), ElementType::Stream);
    const Bytes large(20000, 7);
    file->write(id, 0, large.data(), large.size());
    file->flush();
    bytes = source->bytes();
    ASSERT_EQ(S_OK, open());
    EXPECT_EQ(S_OK, read(REMAPI_W("a")));
    EXPECT_EQ(S_OK, read(REMAPI_W("new")));
}

}  // namespace
}  // namespace remapi::format
