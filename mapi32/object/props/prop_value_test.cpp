// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include "object/props/abi_value.h"
#include "object/props/property_bag.h"
#include "object/props/property_def.h"

namespace remapi::object {
namespace {

constexpr ULONG tag_of(ULONG type) {
    return PROP_TAG(type, 0x6600);
}

template <class Body>
HRESULT code_of(Body body) {
    try {
        body();
        return S_OK;
    } catch (const Error& error) {
        return error.code();
    }
}

constexpr GUID kGuid = {1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};

std::vector<PropValue> one_of_each() {
    using Data = PropValue::Data;
    ULONG id = 0x6600;
    const auto tag = [&id](ULONG type) { return PROP_TAG(type, id++); };
    std::vector<PropValue> values;
    values.emplace_back(tag(PT_I2), -2);
    values.emplace_back(tag(PT_LONG), -70000);
    values.emplace_back(tag(PT_R4), 1.5f);
    values.emplace_back(tag(PT_DOUBLE), 2.25);
    values.emplace_back(tag(PT_CURRENCY), std::int64_t{-5000000000});
    values.emplace_back(tag(PT_APPTIME), 36000.5);
    values.emplace_back(tag(PT_ERROR), MAPI_E_NOT_FOUND);
    values.emplace_back(tag(PT_BOOLEAN), true);
    values.emplace_back(tag(PT_I8), std::int64_t{1} << 40);
    values.emplace_back(tag(PT_STRING8), REMAPI_W("ansi"));
    values.emplace_back(tag(PT_UNICODE), REMAPI_W("wide \x20AC"));
    values.emplace_back(tag(PT_SYSTIME), 0x01DC5A0123456789);
    values.emplace_back(tag(PT_CLSID), Data(kGuid));
    values.emplace_back(tag(PT_BINARY), Bytes{1, 2, 3});
    values.emplace_back(tag(PT_NULL), Data());
    values.emplace_back(tag(PT_MV_I2), Data(std::vector<std::int16_t>{1, -2, 3}));
    values.emplace_back(tag(PT_MV_LONG), Data(std::vector<std::int32_t>{1, -2}));
    values.emplace_back(tag(PT_MV_R4), Data(std::vector<float>{1.f}));
    values.emplace_back(tag(PT_MV_DOUBLE), Data(std::vector<double>{1., 2.}));
    values.emplace_back(tag(PT_MV_CURRENCY), Data(std::vector<std::int64_t>{7, 8}));
    values.emplace_back(tag(PT_MV_APPTIME), Data(std::vector<double>{3.}));
    values.emplace_back(tag(PT_MV_I8), Data(std::vector<std::int64_t>{-1}));
    values.emplace_back(tag(PT_MV_STRING8),
                        Data(std::vector<String>{REMAPI_W("a"), REMAPI_W("bc")}));
    values.emplace_back(tag(PT_MV_UNICODE), Data(std::vector<String>{REMAPI_W("d"), String()}));
    values.emplace_back(tag(PT_MV_SYSTIME), Data(std::vector<std::uint64_t>{1, 2}));
    values.emplace_back(tag(PT_MV_CLSID), Data(std::vector<GUID>{kGuid, kGuid}));
    values.emplace_back(tag(PT_MV_BINARY), Data(std::vector<Bytes>{{1}, {}, {2, 3}}));
    return values;
}

TEST(PropValue, EveryTypeSurvivesTheWayAcrossTheAbi) {
    const std::vector<PropValue> values = one_of_each();
    const Buffer<SPropValue> packed = pack(values);
    const std::vector<PropValue> back = from_abi(narrow_size(values.size()), packed.get());
    ASSERT_EQ(values.size(), back.size());
    for (std::size_t i = 0; i < values.size(); ++i) EXPECT_EQ(values[i], back[i]) << i;
}

TEST(PropValue, PackedValuesAreOneBlock) {
    const std::size_t before = memory::live_buffers();
    {
        const Buffer<SPropValue> packed = pack(one_of_each());
        EXPECT_EQ(before + 1, memory::live_buffers());
        const auto* first = reinterpret_cast<const char*>(packed.get());
        const auto* text = packed[10].Value.lpszW;
        EXPECT_LT(reinterpret_cast<const char*>(text) - first, 4096);
        EXPECT_GT(reinterpret_cast<const char*>(text) - first, 0);
    }
    EXPECT_EQ(before, memory::live_buffers());
}

TEST(PropValue, PackIntoLinksToTheRoot) {
    const std::size_t before = memory::live_buffers();
    {
        auto root = Buffer<SPropValue>::allocate(1);
        const PropValue value(tag_of(PT_BINARY), Bytes{5, 6});
        pack_into(root.get(), {&value, 1}, root.get());
        ASSERT_EQ(2u, root[0].Value.bin.cb);
        EXPECT_EQ(6, root[0].Value.bin.lpb[1]);
        EXPECT_EQ(before + 1, memory::live_buffers());
    }
    EXPECT_EQ(before, memory::live_buffers());
}

TEST(PropValue, RowSetsOwnEachRowApart) {
    const std::vector<std::vector<PropValue>> rows = {
        {PropValue(PR_ROWID, 1), PropValue(PR_DISPLAY_NAME_W, REMAPI_W("one"))}, {}};
    const std::size_t before = memory::live_buffers();
    {
        const RowSet set = pack_rows(rows);
        ASSERT_EQ(2u, set.size());
        EXPECT_EQ(2u, set[0].cValues);
        EXPECT_EQ(0u, set[1].cValues);
        EXPECT_EQ(nullptr, set[1].lpProps);
        EXPECT_EQ(before + 2, memory::live_buffers());
    }
    EXPECT_EQ(before, memory::live_buffers());
}

TEST(PropValue, AddressListsRoundTrip) {
    const std::vector<std::vector<PropValue>> entries = {
        {PropValue(PR_RECIPIENT_TYPE, MAPI_TO)}, {PropValue(PR_EMAIL_ADDRESS_W, REMAPI_W("a@b"))}};
    ADRLIST* list = pack_address_list(entries);
    EXPECT_EQ(entries, from_abi(list));
    memory::free_address_list(list);
}

TEST(PropValue, NullPointersAreRefused) {
    for (const ULONG type : {PT_STRING8, PT_UNICODE, PT_CLSID}) {
        SPropValue value = {};
        value.ulPropTag = tag_of(type);
        EXPECT_EQ(MAPI_E_INVALID_PARAMETER, code_of([&] { from_abi(value); })) << type;
    }
    for (const ULONG type : {PT_MV_LONG, PT_MV_BINARY, PT_MV_UNICODE, PT_MV_STRING8}) {
        SPropValue value = {};
        value.ulPropTag = tag_of(type);
        value.Value.MVl.cValues = 1;
        EXPECT_EQ(MAPI_E_INVALID_PARAMETER, code_of([&] { from_abi(value); })) << type;
    }
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, code_of([] { from_abi(1, nullptr); }));
}

TEST(PropValue, UnknownAndUnsupportedTypesAreToldApart) {
    SPropValue value = {};
    value.ulPropTag = tag_of(0x0FFF);
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, code_of([&] { from_abi(value); }));
    value.ulPropTag = tag_of(PT_SRESTRICTION);
    EXPECT_EQ(MAPI_E_TYPE_NO_SUPPORT, code_of([&] { from_abi(value); }));
}

TEST(PropValue, DataMustFitTheTag) {
    EXPECT_EQ(MAPI_E_INVALID_TYPE, code_of([] { PropValue(tag_of(PT_LONG), REMAPI_W("text")); }));
    EXPECT_EQ(MAPI_E_INVALID_TYPE, code_of([] { PropValue(tag_of(PT_UNICODE), 1); }));
    EXPECT_EQ(MAPI_E_UNEXPECTED_TYPE, code_of([] { PropValue(tag_of(PT_LONG), 1).text(); }));
}

TEST(PropValue, RequestsAreAnsweredInTheTypeAskedFor) {
    const PropValue text(PR_SUBJECT_W, REMAPI_W("s"));
    EXPECT_EQ(PR_SUBJECT_A, value_as(text, PT_STRING8, 0).tag());
    EXPECT_EQ(PR_SUBJECT_A, value_as(text, PT_UNSPECIFIED, 0).tag());
    EXPECT_EQ(PR_SUBJECT_W, value_as(text, PT_UNSPECIFIED, MAPI_UNICODE).tag());
    const PropValue wrong = value_as(text, PT_LONG, 0);
    ASSERT_TRUE(wrong.is_error());
    EXPECT_EQ(MAPI_E_UNEXPECTED_TYPE, wrong.number());
    EXPECT_EQ(PROP_ID(PR_SUBJECT_W), wrong.id());
    EXPECT_EQ(PT_I2, value_as(PropValue(tag_of(PT_LONG), 5), PT_I2, 0).type());
    EXPECT_TRUE(value_as(PropValue(tag_of(PT_LONG), 70000), PT_I2, 0).is_error());
}

TEST(PropValue, SizesCountWhatARestrictionCounts) {
    EXPECT_EQ(4u, PropValue(tag_of(PT_LONG), 1).size_bytes());
    EXPECT_EQ(2u, PropValue(tag_of(PT_BOOLEAN), true).size_bytes());
    EXPECT_EQ(8u, PropValue(tag_of(PT_UNICODE), REMAPI_W("abc")).size_bytes());
    EXPECT_EQ(4u, PropValue(tag_of(PT_STRING8), REMAPI_W("abc")).size_bytes());
    EXPECT_EQ(3u, PropValue(tag_of(PT_BINARY), Bytes{1, 2, 3}).size_bytes());
    EXPECT_EQ(16u, PropValue(tag_of(PT_CLSID), PropValue::Data(kGuid)).size_bytes());
    EXPECT_EQ(8u, PropValue(tag_of(PT_MV_LONG), PropValue::Data(std::vector<std::int32_t>{1, 2}))
                      .size_bytes());
}

TEST(PropValue, ComparisonIgnoresCaseAndComparesBytesFromTheLeft) {
    const auto text = [](const WideChar* value) { return PropValue(tag_of(PT_UNICODE), value); };
    EXPECT_EQ(0, compare_values(text(REMAPI_W("ABC")), text(REMAPI_W("abc"))));
    EXPECT_LT(compare_values(text(REMAPI_W("abc")), text(REMAPI_W("abd"))), 0);
    const auto binary = [](const Bytes& value) { return PropValue(tag_of(PT_BINARY), value); };
    EXPECT_LT(compare_values(binary({1, 2}), binary({1, 2, 0})), 0);
    EXPECT_GT(compare_values(binary({2}), binary({1, 255})), 0);
    EXPECT_GT(compare_values(PropValue(tag_of(PT_SYSTIME), ~std::uint64_t{0}),
                             PropValue(tag_of(PT_SYSTIME), std::uint64_t{1})),
              0);
}

TEST(PropertyBag, KeepsOneValueForEachIdInOrder) {
    PropertyBag bag{{PR_SUBJECT_W, REMAPI_W("b")}, {PR_IMPORTANCE, 1}};
    bag.set(PropValue(PR_SUBJECT_A, REMAPI_W("a")));
    ASSERT_EQ(2u, bag.size());
    EXPECT_EQ(PR_IMPORTANCE, bag.values()[0].tag());
    EXPECT_EQ(PR_SUBJECT_W, bag.values()[1].tag());
    EXPECT_EQ(REMAPI_W("a"), bag.text(PR_SUBJECT_W));
    EXPECT_EQ(1, bag.number(PR_IMPORTANCE));
    EXPECT_TRUE(bag.remove(PR_SUBJECT_A));
    EXPECT_FALSE(bag.remove(PR_SUBJECT_A));
    EXPECT_EQ(nullptr, bag.find(PR_SUBJECT_W));
}

TEST(PropertyBag, ErrorsAndNullAreNotKept) {
    PropertyBag bag{PropValue(), PropValue::error(PR_SUBJECT_W, MAPI_E_NOT_FOUND)};
    EXPECT_TRUE(bag.empty());
}

TEST(PropertyBag, TypedLookupWantsTheType) {
    const PropertyBag bag{{PR_SUBJECT_W, REMAPI_W("x")}};
    EXPECT_NE(nullptr, bag.find_typed(PR_SUBJECT_A));
    EXPECT_EQ(nullptr, bag.find_typed(PROP_TAG(PT_LONG, PROP_ID(PR_SUBJECT_W))));
    EXPECT_NE(nullptr, bag.find(PROP_TAG(PT_LONG, PROP_ID(PR_SUBJECT_W))));
}

TEST(PropertyBag, SelectAnswersInTheOrderOfTheRequest) {
    const PropertyBag bag{{PR_SUBJECT_W, REMAPI_W("x")}, {PR_IMPORTANCE, 2}};
    const ULONG tags[] = {PR_SUBJECT_A, PR_NULL, PR_BODY_W, PR_IMPORTANCE};
    const std::vector<PropValue> slots = bag.select(tags, 0);
    ASSERT_EQ(4u, slots.size());
    EXPECT_EQ(PR_SUBJECT_A, slots[0].tag());
    EXPECT_EQ(PR_NULL, slots[1].tag());
    EXPECT_EQ(PropValue::error(PR_BODY_W, MAPI_E_NOT_FOUND), slots[2]);
    EXPECT_EQ(2, slots[3].number());
}

struct Computing {
    PropValue size() const { return PropValue(PR_MESSAGE_SIZE, 7); }
};
constexpr auto kSampleProperties = std::to_array<PropertyDef<Computing>>({
    {PR_MESSAGE_CLASS_W, Access::ReadWrite, Source::Stored, nullptr},
    {PR_SUBJECT_W, Access::ReadWrite, Source::Stored, nullptr},
    {PR_MESSAGE_SIZE, Access::ReadOnly, Source::Computed, &Computing::size},
});
static_assert(ascending_by_id(kSampleProperties));

TEST(PropertyDef, IsFoundById) {
    const auto* def = find_def(kSampleProperties, PR_MESSAGE_SIZE);
    ASSERT_NE(nullptr, def);
    EXPECT_EQ(7, (Computing().*def->compute)().number());
    EXPECT_EQ(PR_SUBJECT_W, find_def(kSampleProperties, PR_SUBJECT_A)->tag);
    EXPECT_EQ(nullptr, find_def(kSampleProperties, PR_BODY_W));
}

}  // namespace
}  // namespace remapi::object
