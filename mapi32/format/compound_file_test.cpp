// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/compound_file.h"

#include <gtest/gtest.h>

#include <string>

namespace remapi::format {
namespace {

Bytes pattern(std::size_t size, unsigned seed) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = static_cast<std::uint8_t>((i * 31 + i / 257 + seed * 101) & 0xFF);
    }
    return bytes;
}

Bytes content(CompoundFile& file, ElementId id) {
    Bytes bytes(static_cast<std::size_t>(file.entry(id).size));
    EXPECT_EQ(bytes.size(), file.read(id, 0, bytes.data(), bytes.size()));
    return bytes;
}

HRESULT code_of(const std::function<void()>& call) {
    try {
        call();
        return S_OK;
    } catch (const Error& error) {
        return error.code();
    }
}

ElementId add_stream(CompoundFile& file, ElementId storage, StringView name, const Bytes& bytes) {
    const ElementId id = file.add(storage, name, ElementType::Stream);
    file.write(id, 0, bytes.data(), bytes.size());
    return id;
}

String numbered(std::size_t number) {
    const std::string digits = std::to_string(number);
    return REMAPI_W("element ") + String(digits.begin(), digits.end());
}

/// Every rule of a red-black tree, and the order. Answers the number of black levels.
int black_levels(const CompoundFile& file, ElementId id, bool under_red) {
    if (id == kNoElement) return 0;
    const DirectoryEntry& entry = file.entry(id);
    EXPECT_FALSE(under_red && !entry.black) << "two red ones in a row";
    if (entry.left != kNoElement) {
        EXPECT_LT(compare_element_names(file.entry(entry.left).name, entry.name), 0);
    }
    if (entry.right != kNoElement) {
        EXPECT_GT(compare_element_names(file.entry(entry.right).name, entry.name), 0);
    }
    const int left = black_levels(file, entry.left, !entry.black);
    EXPECT_EQ(left, black_levels(file, entry.right, !entry.black));
    return left + (entry.black ? 1 : 0);
}

TEST(ElementNames, AreOrderedByLengthThenByUpperCase) {
    EXPECT_LT(compare_element_names(REMAPI_W("zz"), REMAPI_W("aaa")), 0);
    EXPECT_EQ(0, compare_element_names(REMAPI_W("Contents"), REMAPI_W("CONTENTS")));
    // An underscore comes after the capitals and before the small letters.
    EXPECT_GT(compare_element_names(REMAPI_W("a_"), REMAPI_W("az")), 0);
    EXPECT_EQ(
        0, compare_element_names(REMAPI_W("\u00e4\u0451\u03c9"), REMAPI_W("\u00c4\u0401\u03a9")));
    EXPECT_EQ(static_cast<WideChar>(0x0178), upper_case(0x00FF));
    EXPECT_EQ(static_cast<WideChar>(0x0100), upper_case(0x0101));
    EXPECT_EQ(static_cast<WideChar>(0x0100), upper_case(0x0100));
    EXPECT_EQ(static_cast<WideChar>(0xFF21), upper_case(0xFF41));
    EXPECT_EQ(static_cast<WideChar>(0xD83D), upper_case(0xD83D));
}

TEST(ElementNames, HaveThirtyOneUnitsAtMostAndNoSeparators) {
    EXPECT_TRUE(is_element_name(String(31, 'x')));
    EXPECT_FALSE(is_element_name(String(32, 'x')));
    EXPECT_FALSE(is_element_name(REMAPI_W("")));
    EXPECT_TRUE(is_element_name(REMAPI_W("\x05SummaryInformation")));
    for (const auto* name : {REMAPI_W("a/b"), REMAPI_W("a\\b"), REMAPI_W("a:b"), REMAPI_W("a!b")}) {
        EXPECT_FALSE(is_element_name(name));
    }
    EXPECT_FALSE(is_element_name(StringView(REMAPI_W("a\0b"), 3)));
}

class EveryVersion : public testing::TestWithParam<CompoundVersion> {
protected:
    std::shared_ptr<MemorySource> source = std::make_shared<MemorySource>();
    std::unique_ptr<CompoundFile> file = CompoundFile::create(source, GetParam());
    void reopen() {
        file->flush();
        file = CompoundFile::open(std::make_shared<MemorySource>(source->bytes()));
    }
};
INSTANTIATE_TEST_SUITE_P(CompoundFile, EveryVersion,
                         testing::Values(CompoundVersion::Three, CompoundVersion::Four));

TEST_P(EveryVersion, AnEmptyFileIsCompleteAtOnce) {
    file = CompoundFile::open(std::make_shared<MemorySource>(source->bytes()));
    EXPECT_EQ(GetParam(), file->version());
    EXPECT_TRUE(file->children(kRootElement).empty());
    EXPECT_EQ(StringView(REMAPI_W("Root Entry")), file->entry(kRootElement).name);
    EXPECT_EQ(0u, source->size() % (GetParam() == CompoundVersion::Three ? 512 : 4096));
}

TEST_P(EveryVersion, StreamsOfAllSizesComeBack) {
    const std::size_t sizes[] = {0,    1,    63,   64,   65,    511,    512,  513,
                                 4095, 4096, 4097, 8191, 65536, 300001, 70000};
    unsigned seed = 0;
    for (const std::size_t size : sizes) {
        add_stream(*file, kRootElement, numbered(seed), pattern(size, seed));
        ++seed;
    }
    reopen();
    seed = 0;
    for (const std::size_t size : sizes) {
        const auto id = file->find(kRootElement, numbered(seed));
        ASSERT_TRUE(id);
        EXPECT_EQ(pattern(size, seed), content(*file, *id)) << size;
        ++seed;
    }
}

TEST_P(EveryVersion, SizesCrossTheLimitOfSmallStreamsBothWays) {
    const ElementId id = file->add(kRootElement, REMAPI_W("s"), ElementType::Stream);
    Bytes expected;
    for (const std::size_t size : {100u, 4095u, 4096u, 9000u, 4096u, 4095u, 64u, 0u, 5000u, 1u}) {
        file->resize(id, size);
        expected.resize(size);
        EXPECT_EQ(expected, content(*file, id));
        expected = pattern(size, static_cast<unsigned>(size));
        file->write(id, 0, expected.data(), expected.size());
        EXPECT_EQ(expected, content(*file, id));
        reopen();
        ASSERT_TRUE(file->find(kRootElement, REMAPI_W("S")));
        EXPECT_EQ(expected, content(*file, id));
        source = std::make_shared<MemorySource>();
        file = CompoundFile::create(source, GetParam());
        ASSERT_EQ(id, add_stream(*file, kRootElement, REMAPI_W("s"), expected));
    }
}

TEST_P(EveryVersion, WhatIsAddedIsZerosThoughTheSectorsWereUsedBefore) {
    const ElementId old_one = add_stream(*file, kRootElement, REMAPI_W("old"), pattern(50000, 1));
    const ElementId old_two = add_stream(*file, kRootElement, REMAPI_W("old 2"), pattern(3000, 1));
    file->flush();
    file->remove(old_one);
    file->remove(old_two);
    const ElementId id = file->add(kRootElement, REMAPI_W("new"), ElementType::Stream);
    file->resize(id, 2000);
    EXPECT_EQ(Bytes(2000), content(*file, id));
    file->resize(id, 20000);
    EXPECT_EQ(Bytes(20000), content(*file, id));
    file->write(id, 30000, "x", 1);
    Bytes expected(30001);
    expected.back() = 'x';
    EXPECT_EQ(expected, content(*file, id));
}

TEST_P(EveryVersion, RemovedElementsLeaveTheirRoomToOthers) {
    for (int round = 0; round < 20; ++round) {
        const ElementId storage =
            file->add(kRootElement, REMAPI_W("storage"), ElementType::Storage);
        add_stream(*file, storage, REMAPI_W("large"), pattern(20000, 1));
        add_stream(*file, storage, REMAPI_W("small"), pattern(200, 2));
        file->flush();
        EXPECT_LT(source->size(), 70000u);
        file->remove(storage);
        EXPECT_FALSE(file->find(kRootElement, REMAPI_W("storage")));
    }
    file->flush();
    EXPECT_LE(source->size(), 4u * 4096);
    reopen();
    EXPECT_TRUE(file->children(kRootElement).empty());
}

TEST_P(EveryVersion, ManyElementsMakeARedBlackTree) {
    for (std::size_t count = 0; count < 70; ++count) {
        file->flush();
        EXPECT_LE(black_levels(*file, file->entry(kRootElement).child, false), 7);
        add_stream(*file, kRootElement, numbered(count * 7919 % 70), pattern(count, 1));
    }
    for (std::size_t i = 0; i < 70; i += 2) {
        file->remove(*file->find(kRootElement, numbered(i)));
        file->flush();
        black_levels(*file, file->entry(kRootElement).child, false);
    }
    reopen();
    EXPECT_EQ(35u, file->children(kRootElement).size());
    EXPECT_TRUE(file->find(kRootElement, REMAPI_W("ELEMENT 13")));
    EXPECT_FALSE(file->find(kRootElement, REMAPI_W("ELEMENT 14")));
}

TEST_P(EveryVersion, StoragesKeepClassBitsTimesAndNames) {
    ElementId storage = file->add(kRootElement, REMAPI_W("outer"), ElementType::Storage);
    std::array<std::uint8_t, 16> class_id = {};
    class_id[3] = 7;
    file->set_class(storage, class_id);
    file->set_state_bits(storage, 0x12345678);
    file->set_times(storage, 1000, std::nullopt);
    file->set_times(storage, std::nullopt, 0x0102030405060708);
    add_stream(*file, storage, REMAPI_W("inner"), pattern(10, 0));
    file->rename(storage, REMAPI_W("OUTER"));
    EXPECT_EQ(STG_E_FILEALREADYEXISTS,
              code_of([&] { file->add(kRootElement, REMAPI_W("Outer"), ElementType::Stream); }));
    EXPECT_EQ(STG_E_INVALIDNAME, code_of([&] { file->rename(storage, REMAPI_W("a/b")); }));
    reopen();
    storage = *file->find(kRootElement, REMAPI_W("outer"));
    EXPECT_EQ(StringView(REMAPI_W("OUTER")), file->entry(storage).name);
    EXPECT_EQ(class_id, file->entry(storage).class_id);
    EXPECT_EQ(0x12345678u, file->entry(storage).state_bits);
    EXPECT_EQ(1000u, file->entry(storage).created);
    EXPECT_EQ(0x0102030405060708u, file->entry(storage).modified);
    EXPECT_TRUE(file->find(storage, REMAPI_W("Inner")));
}

TEST_P(EveryVersion, AbsurdSizesAreRefusedAndChangeNothing) {
    const ElementId id = add_stream(*file, kRootElement, REMAPI_W("s"), pattern(100, 1));
    EXPECT_EQ(STG_E_MEDIUMFULL, code_of([&] { file->resize(id, std::uint64_t{1} << 60); }));
    EXPECT_EQ(STG_E_MEDIUMFULL, code_of([&] { file->write(id, ~std::uint64_t{0}, "ab", 2); }));
    EXPECT_EQ(pattern(100, 1), content(*file, id));
    reopen();
    EXPECT_EQ(pattern(100, 1), content(*file, id));
}

TEST(CompoundFile, ManySectorsNeedADifat) {
    const auto source = std::make_shared<MemorySource>();
    auto file = CompoundFile::create(source);
    // 109 FAT sectors cover 7 MB, each DIFAT sector 8 MB more.
    const Bytes bytes = pattern(24u << 20, 3);
    add_stream(*file, kRootElement, REMAPI_W("large"), bytes);
    file->flush();
    auto again = CompoundFile::open(std::make_shared<MemorySource>(source->bytes()));
    EXPECT_TRUE(bytes == content(*again, *again->find(kRootElement, REMAPI_W("large"))));
    again->resize(1, 1000);
    again->flush();
    EXPECT_EQ(Bytes(bytes.begin(), bytes.begin() + 1000), content(*again, 1));
}

TEST(CompoundFile, RandomWritesEqualThoseOfAPlainArray) {
    const auto source = std::make_shared<MemorySource>();
    auto file = CompoundFile::create(source);
    std::vector<Bytes> expected(5);
    std::uint32_t state = 12345;
    const auto random = [&state](std::uint32_t limit) {
        state = state * 1664525 + 1013904223;
        return (state >> 8) % limit;
    };
    for (std::size_t i = 0; i < expected.size(); ++i) {
        file->add(kRootElement, numbered(i), ElementType::Stream);
    }
    for (int step = 0; step < 2000; ++step) {
        const std::size_t which = random(5);
        const ElementId id = *file->find(kRootElement, numbered(which));
        Bytes& bytes = expected[which];
        if (random(4) == 0) {
            const std::size_t size = random(2) ? random(6000) : random(200);
            file->resize(id, size);
            bytes.resize(size);
        } else {
            const std::size_t at = random(7000);
            const Bytes piece = pattern(1 + random(900), static_cast<unsigned>(step));
            if (bytes.size() < at + piece.size()) bytes.resize(at + piece.size());
            std::copy(piece.begin(), piece.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
            file->write(id, at, piece.data(), piece.size());
        }
        ASSERT_TRUE(bytes == content(*file, id)) << step;
        if (step % 100 == 0) {
            file->flush();
            file = CompoundFile::open(source);
        }
    }
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_TRUE(expected[i] == content(*file, *file->find(kRootElement, numbered(i))));
    }
}

TEST(OverlaySource, ChangesReachTheOtherSourceOnlyWhenApplied) {
    const auto base = std::make_shared<MemorySource>(pattern(10000, 1));
    OverlaySource overlay(base);
    overlay.write_at(5000, "abc", 3);
    overlay.write_at(12000, "end", 3);
    EXPECT_EQ(pattern(10000, 1), base->bytes());
    Bytes bytes(12003);
    EXPECT_EQ(12003u, overlay.read_at(0, bytes.data(), 20000));
    EXPECT_EQ('a', bytes[5000]);
    EXPECT_EQ(0, bytes[11000]);
    overlay.discard();
    EXPECT_EQ(10000u, overlay.size());
    overlay.set_size(100);
    overlay.set_size(9000);
    overlay.write_at(8000, "x", 1);
    overlay.apply();
    Bytes expected = pattern(10000, 1);
    expected.resize(100);
    expected.resize(9000);
    expected[8000] = 'x';
    EXPECT_EQ(expected, base->bytes());
}

}  // namespace
}  // namespace remapi::format
