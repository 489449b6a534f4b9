// SPDX-License-Identifier: LGPL-2.1-or-later
#include <cmath>

#include "compat-tests/conformance/store/object_kinds.h"

namespace remapi::test {
namespace {

constexpr ULONG kFirst = 0x6710;

/// A value of every type that a property may have.
std::vector<PropValue> one_of_each() {
    ULONG id = kFirst;
    const GUID guid = kTestSet;
    using I64 = std::int64_t;
    const auto tag = [&](ULONG type) { return PROP_TAG(type, id++); };
    return {{tag(PT_I2), -2},
            {tag(PT_LONG), -70000},
            {tag(PT_R4), 1.5f},
            {tag(PT_DOUBLE), -2.25},
            {tag(PT_CURRENCY), I64{123456789012}},
            {tag(PT_APPTIME), 36000.25},
            {tag(PT_BOOLEAN), true},
            {tag(PT_I8), I64{-5000000000}},
            {tag(PT_SYSTIME), I64{0x01C0000000000000}},
            {tag(PT_UNICODE), REMAPI_W("text \x00e4 \x4e2d")},
            {tag(PT_BINARY), Bytes{0, 1, 255}},
            {tag(PT_CLSID), PropValue::Data(guid)},
            {tag(PT_MV_I2), PropValue::Data(std::vector<std::int16_t>{1, -1})},
            {tag(PT_MV_LONG), PropValue::Data(std::vector<std::int32_t>{1, -70000})},
            {tag(PT_MV_R4), PropValue::Data(std::vector<float>{0.5f, -0.5f})},
            {tag(PT_MV_DOUBLE), PropValue::Data(std::vector<double>{0.25, 1e100})},
            {tag(PT_MV_CURRENCY), PropValue::Data(std::vector<I64>{1, -5000000000})},
            {tag(PT_MV_APPTIME), PropValue::Data(std::vector<double>{1.5, 2.5})},
            {tag(PT_MV_I8), PropValue::Data(std::vector<I64>{-1, 5000000000})},
            {tag(PT_MV_SYSTIME), PropValue::Data(std::vector<std::uint64_t>{1, 1ull << 60})},
            {tag(PT_MV_UNICODE), PropValue::Data(std::vector<String>{REMAPI_W("a"), String()})},
            {tag(PT_MV_BINARY), PropValue::Data(std::vector<Bytes>{{1, 2}, {}, {3}})},
            {tag(PT_MV_CLSID), PropValue::Data(std::vector<GUID>{guid, guid})}};
}

/// Pages: mapi/imapiprop-getprops.md, mapi/imapiprop-setprops.md, mapi/imapiprop-deleteprops.md,
/// mapi/imapiprop-getproplist.md, mapi/imapiprop-getlasterror.md, mapi/property-types.md
class ObjectProperties : public ObjectKindTest {
protected:
    /// GetProps for exactly these.
    HRESULT ask(std::initializer_list<ULONG> tags, ULONG flags, std::vector<PropValue>& out) {
        const object::TagArray wanted(tags);
        ULONG count = 0;
        Buffer<SPropValue> values;
        const HRESULT hr = object->GetProps(wanted.get(), flags, &count, values.put());
        out = object::from_abi(count, values.get());
        return hr;
    }
    /// SetProps of one value made by hand.
    HRESULT set_raw(SPropValue value) { return object->SetProps(1, &value, nullptr); }
};

INSTANTIATE_TEST_SUITE_P(Of, ObjectProperties,
                         testing::Values(Kind::Store, Kind::Folder, Kind::Message,
                                         Kind::Attachment),
                         kind_name);

/// The same of objects that OpenEntry and OpenAttach open.
class ReadOnlyProperties : public ObjectKindTest {};

INSTANTIATE_TEST_SUITE_P(Of, ReadOnlyProperties,
                         testing::Values(Kind::Folder, Kind::Message, Kind::Attachment), kind_name);

TEST_P(ReadOnlyProperties, AreNeitherSetNorDeleted) {
    const auto reading = opened(0);
    EXPECT_HR(MAPI_E_NO_ACCESS, set(reading.get(), {kNumber, 7}));
    EXPECT_HR(MAPI_E_NO_ACCESS, remove(reading.get(), kNumber));
}

TEST_P(ReadOnlyProperties, AreNotOpenedForWriting) {
    ASSERT_HR(S_OK, put({kBinary, Bytes{1}}));
    save(object.get());
    if (owner) save(owner.get());
    object = opened(0);
    com::Ptr<IStream> stream;
    for (const ULONG flags : {ULONG{MAPI_MODIFY}, ULONG{MAPI_CREATE | MAPI_MODIFY}})
        EXPECT_HR(MAPI_E_NO_ACCESS, object->OpenProperty(kBinary, &IID_IStream, STGM_READWRITE,
                                                         flags, stream.put_as<IUnknown>()));
    EXPECT_HR(S_OK,
              object->OpenProperty(kBinary, &IID_IStream, STGM_READ, 0, stream.put_as<IUnknown>()));
}

TEST_P(ObjectProperties, OfEveryTypeAreKept) {
    const std::vector<PropValue> values = one_of_each();
    for (const PropValue& value : values) EXPECT_HR(S_OK, put(value)) << std::hex << value.tag();
    for (const PropValue& value : values)
        EXPECT_EQ(value, get(object.get(), value.tag())) << std::hex << value.tag();
}

TEST_P(ObjectProperties, OfEveryTypeAreSaved) {
    const std::vector<PropValue> values = one_of_each();
    for (const PropValue& value : values) ASSERT_HR(S_OK, put(value));
    save(object.get());
    if (owner) save(owner.get());
    const auto again = opened(0);
    for (const PropValue& value : values)
        EXPECT_EQ(value, get(again.get(), value.tag())) << std::hex << value.tag();
}

TEST_P(ObjectProperties, AreAnsweredInTheOrderAskedFor) {
    ASSERT_HR(S_OK, put({kText, REMAPI_W("t")}));
    ASSERT_HR(S_OK, put({kNumber, 7}));
    std::vector<PropValue> values;
    EXPECT_HR(S_OK, ask({kNumber, PR_OBJECT_TYPE, kText}, MAPI_UNICODE, values));
    ASSERT_EQ(3u, values.size());
    EXPECT_EQ(kNumber, values[0].tag());
    EXPECT_EQ(PR_OBJECT_TYPE, values[1].tag());
    EXPECT_EQ(kText, values[2].tag());
}

TEST_P(ObjectProperties, ThatAreNotThereAreErrorSlots) {
    std::vector<PropValue> values;
    EXPECT_HR(MAPI_W_ERRORS_RETURNED, ask({PR_OBJECT_TYPE, kNumber}, 0, values));
    ASSERT_EQ(2u, values.size());
    EXPECT_FALSE(values[0].is_error());
    EXPECT_EQ(PROP_TAG(PT_ERROR, PROP_ID(kNumber)), values[1].tag());
    EXPECT_HR(MAPI_E_NOT_FOUND, error_of(values[1]));
}

TEST_P(ObjectProperties, OfUnspecifiedTypeAreAnsweredWithTheirOwn) {
    ASSERT_HR(S_OK, put({kNumber, 7}));
    EXPECT_EQ(PropValue(kNumber, 7), get(object.get(), untyped(kNumber)));
    ASSERT_HR(S_OK, put({kText, REMAPI_W("t")}));
    std::vector<PropValue> values;
    EXPECT_HR(S_OK, ask({untyped(kText)}, MAPI_UNICODE, values));
    EXPECT_EQ(ULONG{PT_UNICODE}, values[0].type());
    EXPECT_HR(S_OK, ask({untyped(kText)}, 0, values));
    EXPECT_EQ(ULONG{PT_STRING8}, values[0].type());
}

TEST_P(ObjectProperties, AreAnsweredInTheTypeAskedForOrNotAtAll) {
    ASSERT_HR(S_OK, put({kText, REMAPI_W("t")}));
    const ULONG narrow = CHANGE_PROP_TYPE(kText, PT_STRING8);
    EXPECT_EQ(PropValue(narrow, REMAPI_W("t")), get(object.get(), narrow));
    const PropValue wrong = get(object.get(), CHANGE_PROP_TYPE(kText, PT_LONG));
    EXPECT_TRUE(wrong.is_error());
}

TEST_P(ObjectProperties, AreTakenInBothWidths) {
    SPropValue value = {};
    value.ulPropTag = CHANGE_PROP_TYPE(kText, PT_STRING8);
    char text[] = "narrow";
    value.Value.lpszA = text;
    used.push_back(kText);
    EXPECT_HR(S_OK, set_raw(value));
    EXPECT_EQ(REMAPI_W("narrow"), get_text(object.get(), kText));
}

TEST_P(ObjectProperties, AreAllAnsweredWithoutAList) {
    ASSERT_HR(S_OK, put({kNumber, 7}));
    ULONG count = 0;
    Buffer<SPropValue> values;
    const HRESULT hr = object->GetProps(nullptr, MAPI_UNICODE, &count, values.put());
    EXPECT_TRUE(hr == S_OK || hr == MAPI_W_ERRORS_RETURNED);
    const PropertyBag all(object::from_abi(count, values.get()));
    EXPECT_EQ(7, all.number(kNumber));
    EXPECT_NE(nullptr, all.find(PR_OBJECT_TYPE));
}

TEST_P(ObjectProperties, AreAllListed) {
    ASSERT_HR(S_OK, put({kNumber, 7}));
    ASSERT_HR(S_OK, put({kText, REMAPI_W("t")}));
    for (const ULONG flags : {ULONG{0}, ULONG{MAPI_UNICODE}}) {
        Buffer<SPropTagArray> list;
        ASSERT_HR(S_OK, object->GetPropList(flags, list.put()));
        const auto tags = object::view_tags(list.get());
        const auto has = [&](ULONG tag) {
            return std::find(tags.begin(), tags.end(), tag) != tags.end();
        };
        EXPECT_TRUE(has(kNumber));
        EXPECT_TRUE(has(object::tag_in_width(kText, flags)));
        EXPECT_FALSE(has(object::tag_in_width(kText, flags ^ MAPI_UNICODE)));
    }
}

TEST_P(ObjectProperties, AreReplacedWhateverTheirTypeWas) {
    ASSERT_HR(S_OK, put({kNumber, 7}));
    const ULONG as_text = CHANGE_PROP_TYPE(kNumber, PT_UNICODE);
    const HRESULT hr = set(object.get(), {as_text, REMAPI_W("now a text")});
    if (hr == MAPI_E_UNEXPECTED_TYPE) return;  // what the page allows
    ASSERT_HR(S_OK, hr);
    EXPECT_EQ(REMAPI_W("now a text"), get(object.get(), untyped(kNumber)).text());
    Buffer<SPropTagArray> list;
    ASSERT_HR(S_OK, object->GetPropList(MAPI_UNICODE, list.put()));
    int found = 0;
    for (const ULONG tag : object::view_tags(list.get())) found += PROP_ID(tag) == PROP_ID(kNumber);
    EXPECT_EQ(1, found);
}

TEST_P(ObjectProperties, AreNotSetByNullsAndErrors) {
    ASSERT_HR(S_OK, put({kNumber, 7}));
    SPropValue values[3] = {};
    values[0].ulPropTag = PR_NULL;
    values[1].ulPropTag = CHANGE_PROP_TYPE(kNumber, PT_ERROR);
    values[1].Value.err = MAPI_E_NOT_FOUND;
    values[2].ulPropTag = kNumber;
    values[2].Value.l = 8;
    Buffer<SPropProblemArray> problems;
    EXPECT_HR(S_OK, object->SetProps(2, values, problems.put()));
    EXPECT_EQ(nullptr, problems.get());
    EXPECT_EQ(7, get_number(object.get(), kNumber));
    EXPECT_HR(S_OK, object->SetProps(3, values, problems.put()));
    EXPECT_EQ(8, get_number(object.get(), kNumber));
}

TEST_P(ObjectProperties, OfTypeObjectAreNotSet) {
    SPropValue values[2] = {};
    values[0].ulPropTag = kNumber;
    values[1].ulPropTag = PROP_TAG(PT_OBJECT, 0x6704);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, object->SetProps(2, values, nullptr));
    EXPECT_TRUE(get(object.get(), kNumber).is_error());
}

TEST_P(ObjectProperties, WithoutAnyValueAreNotSet) {
    SPropValue value = {};
    value.ulPropTag = PROP_TAG(PT_MV_LONG, 0x6705);
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, set_raw(value));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, object->SetProps(0, &value, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, object->SetProps(1, nullptr, nullptr));
}

TEST_P(ObjectProperties, ThatAreComputedAreReportedOneByOne) {
    SPropValue values[3] = {};
    values[0].ulPropTag = kNumber;
    values[0].Value.l = 1;
    values[1].ulPropTag = PR_OBJECT_TYPE;
    values[1].Value.l = MAPI_MAILUSER;
    values[2].ulPropTag = PROP_TAG(PT_LONG, 0x6704);
    used = {values[0].ulPropTag, values[2].ulPropTag};
    Buffer<SPropProblemArray> problems;
    ASSERT_HR(S_OK, object->SetProps(3, values, problems.put()));
    ASSERT_TRUE(problems);
    ASSERT_EQ(1u, problems->cProblem);
    EXPECT_EQ(1u, problems->aProblem[0].ulIndex);
    EXPECT_EQ(PR_OBJECT_TYPE, problems->aProblem[0].ulPropTag);
    EXPECT_HR(MAPI_E_COMPUTED, problems->aProblem[0].scode);
    EXPECT_EQ(1, get_number(object.get(), kNumber));
    EXPECT_HR(S_OK, object->SetProps(3, values, nullptr));
}

TEST_P(ObjectProperties, AreDeletedByTheirIdentifier) {
    ASSERT_HR(S_OK, put({kNumber, 7}));
    EXPECT_HR(S_OK, remove(object.get(), untyped(kNumber)));
    EXPECT_HR(MAPI_E_NOT_FOUND, error_of(get(object.get(), kNumber)));
    ASSERT_HR(S_OK, put({kNumber, 7}));
    EXPECT_HR(S_OK, remove(object.get(), CHANGE_PROP_TYPE(kNumber, PT_BINARY)));
    EXPECT_HR(MAPI_E_NOT_FOUND, error_of(get(object.get(), kNumber)));
}

TEST_P(ObjectProperties, ThatCannotBeDeletedAreReportedOneByOne) {
    ASSERT_HR(S_OK, put({kNumber, 7}));
    const object::TagArray tags{kNumber, PR_OBJECT_TYPE};
    Buffer<SPropProblemArray> problems;
    ASSERT_HR(S_OK, object->DeleteProps(tags.get(), problems.put()));
    ASSERT_TRUE(problems);
    ASSERT_EQ(1u, problems->cProblem);
    EXPECT_EQ(1u, problems->aProblem[0].ulIndex);
    EXPECT_TRUE(get(object.get(), kNumber).is_error());
    EXPECT_FALSE(get(object.get(), PR_OBJECT_TYPE).is_error());
}

TEST_P(ObjectProperties, AreNotDeletedWithoutAList) {
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, object->DeleteProps(nullptr, nullptr));
    SPropTagArray none = {};
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, object->DeleteProps(&none, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, object->GetPropList(0, nullptr));
}

TEST_P(ObjectProperties, TellNothingMoreOfAnError) {
    MAPIERROR* error = reinterpret_cast<MAPIERROR*>(this);
    EXPECT_HR(S_OK, object->GetLastError(MAPI_E_NOT_FOUND, MAPI_UNICODE, &error));
    Buffer<MAPIERROR>::attach(error);
}

TEST_P(ObjectProperties, AreManyAtOnce) {
    std::vector<PropValue> values;
    for (ULONG i = 0; i < 200; ++i) values.emplace_back(PROP_TAG(PT_LONG, 0x6000 + i), i);
    const auto packed = object::pack(values);
    Buffer<SPropProblemArray> problems;
    ASSERT_HR(S_OK, object->SetProps(200, packed.get(), problems.put()));
    EXPECT_EQ(nullptr, problems.get());
    EXPECT_EQ(199, get_number(object.get(), PROP_TAG(PT_LONG, 0x6000 + 199)));
    for (const PropValue& value : values) used.push_back(value.tag());
}

}  // namespace
}  // namespace remapi::test
