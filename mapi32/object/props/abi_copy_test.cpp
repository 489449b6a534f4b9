// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What abi_copy.h does with arrays against what AbiWalk does with each of their values.
#include "object/props/abi_copy.h"

#include <gtest/gtest.h>

#include "object/props/abi_pack.h"
#include "object/props/generated_values_test.h"

namespace remapi::object {
namespace {

/// A handler led through an array value by value, by nothing but AbiWalk.
template <class Handler>
SCODE walked(Handler& handler, SPropValue* values, std::size_t count, ULONG& size) {
    for (std::size_t i = 0; i < count; ++i) {
        if (AbiWalk(handler).value(values + i) != S_OK || !handler.end_value())
            return MAPI_E_INVALID_PARAMETER;
    }
    size = static_cast<ULONG>(handler.end());
    return S_OK;
}

/// An array as the generator made it, and the same in memory that may be misaligned.
struct GivenArray {
    explicit GivenArray(unsigned seed)
        : generator(seed),
          values(generator.values()),
          count(static_cast<int>(values.size())),
          bytes(values.size() * sizeof(SPropValue)),
          m_placed(bytes + seed % 9) {
        elsewhere = reinterpret_cast<SPropValue*>(m_placed.data() + seed % 9);
        if (count != 0) std::memcpy(static_cast<void*>(elsewhere), values.data(), bytes);
    }
    GivenArray(const GivenArray&) = delete;
    GivenArray& operator=(const GivenArray&) = delete;

    bool can_be_counted() const {
        for (const SPropValue& value : values) {
            const ULONG id = PROP_ID(value.ulPropTag);
            const bool multiple = (data_type(value.ulPropTag) & MV_FLAG) != 0;
            if (id == 0 || id == 0xFFFF || (multiple && value.Value.MVl.cValues == 0)) return false;
        }
        return true;
    }
    /// How much is packed until the first value that cannot be.
    std::size_t packed_bytes() {
        Measurer measurer(bytes);
        ULONG ignored = 0;
        walked(measurer, values.data(), values.size(), ignored);
        return static_cast<std::size_t>(measurer.layout.end());
    }

    ValueGenerator generator;
    std::vector<SPropValue> values;
    int count;
    std::size_t bytes;
    SPropValue* elsewhere;

private:
    std::vector<BYTE> m_placed;
};

/// Memory for packed values, which may be misaligned.
struct PackedBlock {
    PackedBlock(std::size_t size, unsigned seed)
        : memory(size + 16, kUntouched), m_offset(seed % 7) {}

    SPropValue* values() { return reinterpret_cast<SPropValue*>(memory.data() + m_offset); }
    void clear() { memory.assign(memory.size(), kUntouched); }

    static constexpr BYTE kUntouched = 0x5A;
    std::vector<BYTE> memory;

private:
    std::size_t m_offset;
};

constexpr unsigned kArrays = 3000;

TEST(PackedValues, AreCountedAsTheWalkCounts) {
    for (unsigned seed = 0; seed < kArrays; ++seed) {
        GivenArray one(seed);
        ULONG size = 0;
        const SCODE code = count_props(one.count, one.elsewhere, &size);

        Measurer measurer(one.bytes);
        ULONG expected = 0;
        const SCODE expected_code =
            walked(measurer, one.values.data(), one.values.size(), expected);
        EXPECT_EQ(one.can_be_counted() ? expected_code : MAPI_E_INVALID_PARAMETER, code) << seed;
        if (code == S_OK) {
            EXPECT_EQ(expected, size) << seed;
        }
    }
}

TEST(PackedValues, AreCopiedAsTheWalkCopies) {
    for (unsigned seed = 0; seed < kArrays; ++seed) {
        GivenArray one(seed);
        PackedBlock block(one.packed_bytes(), seed);
        ULONG size = 0;
        const SCODE code = copy_props(one.count, one.elsewhere, block.values(), &size);
        const std::vector<BYTE> copied = block.memory;

        block.clear();
        Copier copier(block.values(), one.bytes);
        ULONG expected = 0;
        EXPECT_EQ(walked(copier, one.values.data(), one.values.size(), expected), code) << seed;
        if (code != S_OK) continue;
        EXPECT_EQ(expected, size) << seed;
        for (int i = 0; i < one.count; ++i)
            store(block.values() + i, one.values[static_cast<std::size_t>(i)]);
        EXPECT_EQ(block.memory, copied) << seed;
    }
}

TEST(PackedValues, AreRelocatedAsTheWalkRelocates) {
    for (unsigned seed = 0; seed < kArrays; ++seed) {
        GivenArray one(seed);
        PackedBlock block(one.packed_bytes(), seed);
        SPropValue* const values = block.values();
        ULONG packed = 0;
        if (copy_props(one.count, one.elsewhere, values, &packed) != S_OK || one.count == 0)
            continue;
        const bool flawed = seed % 4 == 0;
        if (flawed) {  // as nobody packs one
            const std::size_t at = one.generator.one_of(one.values.size());
            std::memset(held<BYTE>(values + at), 0, sizeof(SPropValue::Value));
        }
        const std::vector<BYTE> before = block.memory;
        const auto from = reinterpret_cast<std::uintptr_t>(values);
        const std::uintptr_t to = seed % 3 == 0 ? 0 : from + 64;
        ULONG size = 0;
        const bool measures = seed % 5 != 0;
        const SCODE code = relocate_props(one.count, values, values, reinterpret_cast<void*>(to),
                                          measures ? &size : nullptr);
        const std::vector<BYTE> relocated = block.memory;

        block.memory = before;  // in the same place
        Relocator relocator(from, to, from, from, static_cast<ULONG>(one.bytes));
        ULONG expected = 0;
        EXPECT_EQ(walked(relocator, values, one.values.size(), expected), code) << seed;
        if (code == S_OK && measures) {
            EXPECT_EQ(flawed ? expected : packed, size) << seed;
        }
        EXPECT_EQ(block.memory, relocated) << seed;
    }
}

TEST(PackedValues, AreAsLargeAsTheirBlockWhenAnotherPackerLeftGaps) {
    struct {
        SPropValue values[3];
        char gap[24];
        WCHAR text[5];
        BYTE bytes[7];
        char behind[16];
    } block = {};
    block.values[0].ulPropTag = PR_SUBJECT_W;
    block.values[0].Value.lpszW = block.text;
    block.values[1].ulPropTag = PR_ENTRYID;
    block.values[1].Value.bin = {sizeof block.bytes, block.bytes};
    block.values[2].ulPropTag = PR_BODY_A;
    block.values[2].Value.lpszA = block.behind;
    std::strcpy(block.behind, "last");
    ULONG size = 0;
    const auto expect_end = [&](int count, const void* end) {
        EXPECT_EQ(S_OK, relocate_props(count, block.values, &block, &block, &size));
        const auto bytes = static_cast<std::size_t>(static_cast<const char*>(end) -
                                                    reinterpret_cast<const char*>(&block));
        EXPECT_EQ((bytes + 7) / 8 * 8, size);
    };
    expect_end(1, block.text + 1);
    expect_end(2, block.bytes + sizeof block.bytes);
    expect_end(3, block.behind + sizeof "last");
}

BYTE* g_block;
ULONG g_block_bytes;

SCODE STDMETHODCALLTYPE give_block(ULONG size, void*, void** block) {
    EXPECT_EQ(g_block_bytes, size);
    *block = g_block;
    return S_OK;
}

TEST(OneValue, IsCopiedAsTheWalkCopies) {
    for (unsigned seed = 0; seed < kArrays; ++seed) {
        GivenArray one(seed);
        for (int i = 0; i < one.count; ++i) {
            SPropValue value = one.values[static_cast<std::size_t>(i)];
            Measurer measurer;
            const SCODE expected_code = AbiWalk(measurer).value(&value);
            g_block_bytes = static_cast<ULONG>(measurer.layout.end());
            std::vector<BYTE> memory(g_block_bytes + 1);
            g_block = memory.data();
            SPropValue copied = {};
            EXPECT_EQ(expected_code, copy_value(&copied, one.elsewhere + i, give_block, nullptr));
            if (expected_code != S_OK) continue;
            const std::vector<BYTE> data = memory;

            memory.assign(memory.size(), 0);
            Copier copier(g_block_bytes == 0 ? nullptr : g_block);
            EXPECT_EQ(S_OK, AbiWalk(copier).value(&value));
            EXPECT_EQ(memory, data) << seed;
            EXPECT_EQ(0, std::memcmp(&value, &copied, sizeof value)) << seed;
        }
    }
}

TEST(OneValue, IsAsLargeAsWhatItPointsToUnlessItHoldsAll) {
    for (unsigned seed = 0; seed < kArrays; ++seed) {
        GivenArray one(seed);
        for (int i = 0; i < one.count; ++i) {
            SPropValue& value = one.values[static_cast<std::size_t>(i)];
            const PropertyType& type = type_of(value.ulPropTag);
            const bool points = type.place != Place::InValue && type.place != Place::Unknown;
            Measurer measurer;
            if (!points || AbiWalk(measurer).value(&value) != S_OK) continue;
            EXPECT_EQ(measurer.layout.end(), value_size(one.elsewhere + i)) << seed;
        }
    }
}

}  // namespace
}  // namespace remapi::object
