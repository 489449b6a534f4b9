// SPDX-License-Identifier: LGPL-2.1-or-later
#include <cstring>

#include "compat-tests/conformance/property_values.h"

namespace remapi::test {
namespace {

constexpr BYTE kUntouched = 0xA5;

/// A block for packed values, aligned, with more behind it that must stay as it is.
class CopyTarget {
public:
    explicit CopyTarget(std::size_t size) : m_bytes(size + 16, kUntouched), m_size(size) {}

    SPropValue* values() { return reinterpret_cast<SPropValue*>(m_bytes.data()); }
    BYTE* data() { return m_bytes.data(); }
    std::size_t size() const { return m_size; }
    bool is_kept_behind() const {
        for (std::size_t i = m_size; i < m_bytes.size(); ++i) {
            if (m_bytes[i] != kUntouched) return false;
        }
        return true;
    }

private:
    std::vector<BYTE> m_bytes;
    std::size_t m_size;
};

SPropValue* unconst(const std::vector<SPropValue>& values) {
    return const_cast<SPropValue*>(values.data());
}

/// Pages: mapi/sccopyprops.md, mapi/screlocprops.md
class PackedProperties : public testing::Test {
protected:
    CopyTarget packed(const std::vector<SPropValue>& values) {
        ULONG size = 0;
        EXPECT_HR(S_OK, count(static_cast<int>(values.size()), unconst(values), &size));
        CopyTarget block(size);
        EXPECT_HR(S_OK,
                  copy(static_cast<int>(values.size()), unconst(values), block.data(), nullptr));
        return block;
    }
    void expect_equal(const std::vector<SPropValue>& expected, CopyTarget& block) {
        for (std::size_t i = 0; i < expected.size(); ++i) {
            EXPECT_TRUE(same_value(expected[i], block.values()[i]));
            EXPECT_TRUE(lies_in(block.values()[i], block.data(), block.size()));
        }
    }
    /// What every library knows.
    static std::vector<SPropValue> usual_values() {
        std::vector<SPropValue> values;
        for (const SPropValue& value : one_of_each_type()) {
            const ULONG type = PROP_TYPE(value.ulPropTag);
            if (type != PT_SRESTRICTION && type != PT_ACTIONS) values.push_back(value);
        }
        return values;
    }

    decltype(ScCountProps)* count = required<decltype(ScCountProps)>("ScCountProps");
    decltype(ScCopyProps)* copy = required<decltype(ScCopyProps)>("ScCopyProps");
    decltype(ScRelocProps)* relocate = required<decltype(ScRelocProps)>("ScRelocProps");
};

TEST_F(PackedProperties, ACopyHoldsTheSameInTheSameOrder) {
    KNOWN_DIFFERENCE(Wine, "mapi/property-types.md", "ScCountProps refuses PT_NULL and PT_OBJECT");
    const std::vector<SPropValue> values = usual_values();
    CopyTarget block = packed(values);
    expect_equal(values, block);
    EXPECT_TRUE(block.is_kept_behind());
}

TEST_F(PackedProperties, RestrictionsAndActionsAreCopiedDeeply) {
    KNOWN_DIFFERENCE(Wine, "mapi/property-types.md",
                     "it does not know PT_SRESTRICTION and PT_ACTIONS");
    CopyTarget block = packed(one_of_each_type());
    expect_equal(one_of_each_type(), block);
    EXPECT_TRUE(block.is_kept_behind());
}

TEST_F(PackedProperties, TheSizeIsWhatCountingSays) {
    KNOWN_DIFFERENCE(Wine, "mapi/property-types.md", "ScCountProps refuses PT_NULL and PT_OBJECT");
    const std::vector<SPropValue> values = usual_values();
    const int number = static_cast<int>(values.size());
    ULONG counted = 0;
    ASSERT_HR(S_OK, count(number, unconst(values), &counted));
    CopyTarget block(counted);
    ULONG copied = 0;
    EXPECT_HR(S_OK, copy(number, unconst(values), block.data(), &copied));
    EXPECT_EQ(counted, copied);
    EXPECT_NE(0u, copied);
    ULONG relocated = 0;
    EXPECT_HR(S_OK, relocate(number, block.values(), block.data(), block.data(), &relocated));
    EXPECT_EQ(counted, relocated);
}

TEST_F(PackedProperties, EightByteValuesAreAlignedInTheBlock) {
    UNDECIDED_DIFFERENCE(Wine, "it packs without alignment");
    std::vector<SPropValue> values = {text_value(tag_of(PT_STRING8), "12")};
    for (const SPropValue& value : one_of_each_type()) {
        if (PROP_TYPE(value.ulPropTag) == PT_MV_I8) values.push_back(value);
    }
    ASSERT_EQ(2u, values.size());
    CopyTarget block = packed(values);
    const auto* const numbers = reinterpret_cast<BYTE*>(block.values()[1].Value.MVli.lpli);
    EXPECT_EQ(0, (numbers - block.data()) % 8);
    EXPECT_TRUE(same_value(values[1], block.values()[1]));
}

TEST_F(PackedProperties, UnknownTypesAndMissingDataAreInvalid) {
    UNDECIDED_DIFFERENCE(Wine, "it follows null pointers");
    CopyTarget block(256);
    SPropValue value = value_of(tag_of(0x0123));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, copy(1, &value, block.data(), nullptr));
    value = value_of(tag_of(PT_UNICODE));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, copy(1, &value, block.data(), nullptr));
    value = long_value(tag_of(PT_LONG), 1);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, copy(1, nullptr, block.data(), nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, copy(1, &value, nullptr, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, copy(-1, &value, block.data(), nullptr));
    EXPECT_HR(S_OK, copy(1, &value, block.data(), nullptr));
    EXPECT_TRUE(same_value(value, block.values()[0]));
}

TEST_F(PackedProperties, SourceAndDestinationMayLieAnywhere) {
    UNDECIDED_DIFFERENCE(Wine, "what it does with misaligned values is not of interest");
    const std::vector<SPropValue>& values = one_of_each_type();
    const int number = static_cast<int>(values.size());
    std::vector<BYTE> source(values.size() * sizeof(SPropValue) + 1);
    std::memcpy(source.data() + 1, values.data(), source.size() - 1);
    ULONG size = 0;
    ASSERT_HR(S_OK, count(number, unconst(values), &size));
    std::vector<BYTE> destination(size + 3);
    ASSERT_HR(S_OK, copy(number, reinterpret_cast<SPropValue*>(source.data() + 1),
                         destination.data() + 3, nullptr));
    // Back to where it can be looked at.
    CopyTarget block(size);
    std::memcpy(block.data(), destination.data() + 3, size);
    ASSERT_HR(S_OK,
              relocate(number, block.values(), destination.data() + 3, block.data(), nullptr));
    expect_equal(values, block);
}

TEST_F(PackedProperties, AMovedBlockIsAdjustedToWhereItIs) {
    KNOWN_DIFFERENCE(Wine, "mapi/property-types.md", "ScCountProps refuses PT_NULL and PT_OBJECT");
    const std::vector<SPropValue> values = usual_values();
    CopyTarget first = packed(values);
    CopyTarget second(first.size());
    std::memcpy(second.data(), first.data(), first.size());
    ASSERT_HR(S_OK, relocate(static_cast<int>(values.size()), second.values(), first.data(),
                             second.data(), nullptr));
    std::memset(first.data(), 0, first.size());
    expect_equal(values, second);
}

TEST_F(PackedProperties, ABlockGoesToDiskAndBackByAStandardBase) {
    KNOWN_DIFFERENCE(Wine, "mapi/property-types.md",
                     "it does not know PT_SRESTRICTION and PT_ACTIONS");
    const std::vector<SPropValue>& values = one_of_each_type();
    const int number = static_cast<int>(values.size());
    for (const std::uintptr_t standard : {std::uintptr_t{0}, std::uintptr_t{0x1000}}) {
        auto* const base = reinterpret_cast<void*>(standard);
        CopyTarget first = packed(values);
        ASSERT_HR(S_OK, relocate(number, first.values(), first.data(), base, nullptr));
        for (int i = 0; i < number; ++i) {
            if (PROP_TYPE(first.values()[i].ulPropTag) != PT_STRING8) continue;
            const auto at = reinterpret_cast<std::uintptr_t>(first.values()[i].Value.lpszA);
            EXPECT_LT(at - standard, first.size());
        }
        CopyTarget second(first.size());
        std::memcpy(second.data(), first.data(), first.size());
        std::memset(first.data(), 0, first.size());
        ULONG size = 0;
        ASSERT_HR(S_OK, relocate(number, second.values(), base, second.data(), &size));
        EXPECT_EQ(second.size(), size);
        expect_equal(values, second);
    }
}

TEST_F(PackedProperties, ABlockThatTheArrayDoesNotStartKeepsItsBase) {
    UNDECIDED_DIFFERENCE(
        Wine,
        "it takes the base of the block for that of the array, as mapi/screlocprops.md has it");
    const std::vector<SPropValue>& values = one_of_each_type();
    const int number = static_cast<int>(values.size());
    constexpr std::size_t kHeader = 64;
    ULONG size = 0;
    ASSERT_HR(S_OK, count(number, unconst(values), &size));
    CopyTarget first(kHeader + size);
    CopyTarget second(kHeader + size);
    ASSERT_HR(S_OK, copy(number, unconst(values), first.data() + kHeader, nullptr));
    std::memcpy(second.data(), first.data(), first.size());
    auto* const moved = reinterpret_cast<SPropValue*>(second.data() + kHeader);
    ASSERT_HR(S_OK, relocate(number, moved, first.data(), second.data(), nullptr));
    for (int i = 0; i < number; ++i) {
        EXPECT_TRUE(same_value(values[static_cast<std::size_t>(i)], moved[i]));
        EXPECT_TRUE(lies_in(moved[i], second.data(), second.size()));
    }
}

TEST_F(PackedProperties, RelocatingAnUnknownTypeIsInvalidAndChangesNothing) {
    UNDECIDED_DIFFERENCE(Wine, "it changes what comes before");
    char text[] = "text";
    SPropValue values[] = {text_value(tag_of(PT_STRING8), text), value_of(tag_of(0x0123))};
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, relocate(2, values, values, nullptr, nullptr));
    EXPECT_EQ(text, values[0].Value.lpszA);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, relocate(1, nullptr, values, nullptr, nullptr));
}

/// Page: mapi/scduppropset.md
class DuplicatedProperties : public testing::Test {
protected:
    static SCODE STDMETHODCALLTYPE allocate(ULONG size, void** block) {
        if (s_fails) return MAPI_E_NOT_ENOUGH_MEMORY;
        s_sizes.push_back(size);
        s_memory.assign(size + 1, kUntouched);
        *block = s_memory.data();
        return S_OK;
    }

    static inline std::vector<ULONG> s_sizes;
    static inline std::vector<BYTE> s_memory;
    static inline bool s_fails = false;

    decltype(ScDupPropset)* duplicate = required<decltype(ScDupPropset)>("ScDupPropset");
};

TEST_F(DuplicatedProperties, AreOneBlockOfTheCallersAllocator) {
    const std::vector<SPropValue> values = {text_value(tag_of(PT_UNICODE), REMAPI_W("text")),
                                            binary_value(tag_of(PT_BINARY), "1234", 4),
                                            long_value(tag_of(PT_LONG), 7)};
    SPropValue* copies = nullptr;
    ASSERT_HR(S_OK, duplicate(3, unconst(values), allocate, &copies));
    ASSERT_EQ(1u, s_sizes.size());
    EXPECT_EQ(static_cast<void*>(s_memory.data()), copies);
    for (std::size_t i = 0; i < values.size(); ++i) {
        EXPECT_TRUE(same_value(values[i], copies[i]));
        EXPECT_TRUE(lies_in(copies[i], copies, s_sizes[0]));
    }
    EXPECT_EQ(kUntouched, s_memory.back());
}

TEST_F(DuplicatedProperties, AreNotMadeOfInvalidOnes) {
    SPropValue value = value_of(tag_of(0x0123));
    auto* copies = reinterpret_cast<SPropValue*>(&value);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, duplicate(1, &value, allocate, &copies));
    EXPECT_TRUE(s_sizes.empty());
}

TEST_F(DuplicatedProperties, FailWithTheAllocatorsCode) {
    SPropValue value = long_value(tag_of(PT_LONG), 7);
    SPropValue* copies = nullptr;
    s_fails = true;
    EXPECT_HR(MAPI_E_NOT_ENOUGH_MEMORY, duplicate(1, &value, allocate, &copies));
    EXPECT_EQ(nullptr, copies);
}

TEST_F(DuplicatedProperties, NeedAnAllocatorAndAnOutParameter) {
    UNDECIDED_DIFFERENCE(Wine, "it calls and writes through null pointers");
    SPropValue value = long_value(tag_of(PT_LONG), 7);
    SPropValue* copies = nullptr;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, duplicate(1, &value, nullptr, &copies));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, duplicate(1, &value, allocate, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, duplicate(1, nullptr, allocate, &copies));
}

/// Page: mapi/propcopymore.md
class PropertyCopy : public testing::Test {
protected:
    static SCODE STDMETHODCALLTYPE allocate_more(ULONG size, void* root, void** block) {
        if (s_fails) return MAPI_E_NOT_ENOUGH_MEMORY;
        EXPECT_EQ(static_cast<void*>(&s_root), root);
        s_blocks.emplace_back(size);
        *block = s_blocks.back().data();
        return S_OK;
    }

    static inline int s_root = 0;
    static inline std::vector<std::vector<BYTE>> s_blocks;
    static inline bool s_fails = false;

    decltype(PropCopyMore)* copy = required<decltype(PropCopyMore)>("PropCopyMore");
};

TEST_F(PropertyCopy, HoldsTheSameForEveryUsualType) {
    for (SPropValue value : one_of_each_type()) {
        const ULONG type = PROP_TYPE(value.ulPropTag);
        if (type == PT_SRESTRICTION || type == PT_ACTIONS || type == PT_OBJECT) continue;
        SPropValue result = {};
        EXPECT_HR(S_OK, copy(&result, &value, allocate_more, &s_root)) << type;
        EXPECT_TRUE(same_value(value, result));
    }
}

TEST_F(PropertyCopy, TakesOneBlockForAllTheData) {
    UNDECIDED_DIFFERENCE(Wine, "it allocates each text of a multi-valued property on its own");
    for (SPropValue value : one_of_each_type()) {
        s_blocks.clear();
        SPropValue result = {};
        ASSERT_HR(S_OK, copy(&result, &value, allocate_more, &s_root));
        EXPECT_TRUE(same_value(value, result));
        ASSERT_LE(s_blocks.size(), 1u);
        if (s_blocks.empty()) continue;
        EXPECT_TRUE(lies_in(result, s_blocks[0].data(), s_blocks[0].size()));
    }
}

TEST_F(PropertyCopy, AllocatesNothingForWhatTheStructureHolds) {
    SPropValue value = long_value(tag_of(PT_LONG), 7);
    SPropValue result = {};
    s_fails = true;
    EXPECT_HR(S_OK, copy(&result, &value, allocate_more, &s_root));
    EXPECT_TRUE(same_value(value, result));
}

TEST_F(PropertyCopy, OfAnUnknownTypeIsNotSupported) {
    KNOWN_DIFFERENCE(Wine, "mapi/propcopymore.md", "it answers MAPI_E_INVALID_PARAMETER");
    SPropValue unknown = value_of(tag_of(0x0123));
    SPropValue known = long_value(tag_of(PT_LONG), 7);
    SPropValue result = {};
    EXPECT_HR(MAPI_E_NO_SUPPORT, copy(&result, &unknown, allocate_more, &s_root));
    EXPECT_HR(S_OK, copy(&result, &known, allocate_more, &s_root));
}

TEST_F(PropertyCopy, FailsWithTheAllocatorsCode) {
    SPropValue value = text_value(tag_of(PT_STRING8), "text");
    SPropValue result = {};
    s_fails = true;
    EXPECT_HR(MAPI_E_NOT_ENOUGH_MEMORY, copy(&result, &value, allocate_more, &s_root));
}

TEST_F(PropertyCopy, NeedsDataWhereTheTypeHasSome) {
    UNDECIDED_DIFFERENCE(Wine, "it follows null pointers");
    SPropValue value = value_of(tag_of(PT_STRING8));
    SPropValue result = {};
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, copy(&result, &value, allocate_more, &s_root));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, copy(nullptr, &value, allocate_more, &s_root));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, copy(&result, nullptr, allocate_more, &s_root));
}

}  // namespace
}  // namespace remapi::test
