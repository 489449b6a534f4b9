// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <map>

#include "object/props/bag_object.h"
#include "object/props/tag_array.h"
#include "object/util/calls.h"

namespace remapi::object {
namespace {

/// A property object in memory that has names, a size limit for SetProps and one read-only
/// property.
class Sample final : public BagObject<Sample, IMAPIProp> {
public:
    using Interfaces = com::Answers<IMAPIProp>;
    explicit Sample(PropertyBag bag = {}, bool writable = true, std::size_t store_limit = 1u << 20)
        : BagObject(std::move(bag), writable), m_store_limit(store_limit) {}

    SCODE store(const PropValue& value) override {
        if (value.id() == PROP_ID(PR_ENTRYID)) return MAPI_E_COMPUTED;
        if (!m_by_stream && value.size_bytes() > m_store_limit) return MAPI_E_NOT_ENOUGH_MEMORY;
        return BagObject::store(value);
    }
    com::Ptr<IUnknown> open_property(IUnknown* owner, ULONG tag, const IID& iid, ULONG options,
                                     ULONG flags) override {
        m_by_stream = true;
        return BagObject::open_property(owner, tag, iid, options, flags);
    }
    std::vector<ULONG> ids_from_names(std::span<const PropName> names, bool create) override {
        std::vector<ULONG> ids;
        for (const PropName& name : names) ids.push_back(id_of(name, create));
        return ids;
    }
    std::vector<std::optional<PropName>> names_from_ids(std::span<const ULONG> ids) override {
        std::vector<std::optional<PropName>> names;
        for (const ULONG id : ids) {
            const auto found = m_names.find(id);
            names.push_back(found == m_names.end() ? std::nullopt : std::optional(found->second));
        }
        return names;
    }
    std::vector<std::pair<ULONG, PropName>> all_names() override {
        return {m_names.begin(), m_names.end()};
    }
    ULONG id_of(const PropName& name, bool create) {
        for (const auto& [id, known] : m_names) {
            if (known == name) return id;
        }
        if (!create) return 0;
        m_names[m_next] = name;
        return m_next++;
    }
    void first_id(ULONG id) { m_next = id; }

private:
    friend class com::Object<Sample, IMAPIProp>;
    ~Sample() = default;
    std::size_t m_store_limit;
    bool m_by_stream = false;
    std::map<ULONG, PropName> m_names;
    ULONG m_next = 0x8000;
};

com::Ptr<Sample> sample(PropertyBag bag = {}, bool writable = true) {
    return com::make<Sample>(std::move(bag), writable);
}

const PropertyBag kBag{{PR_SUBJECT_W, REMAPI_W("hello")}, {PR_IMPORTANCE, 2}};

TEST(GetProps, WithoutTagsTheFlagsChooseTheWidth) {
    const auto object = sample(kBag);
    ULONG count = 0;
    Buffer<SPropValue> values;
    EXPECT_EQ(S_OK, object->GetProps(nullptr, 0, &count, values.put()));
    ASSERT_EQ(2u, count);
    EXPECT_EQ(PR_SUBJECT_A, values[1].ulPropTag);
    EXPECT_STREQ("hello", values[1].Value.lpszA);
    EXPECT_EQ(S_OK, object->GetProps(nullptr, MAPI_UNICODE, &count, values.put()));
    EXPECT_EQ(PR_SUBJECT_W, values[1].ulPropTag);
}

TEST(GetProps, AnObjectWithoutPropertiesAnswersNull) {
    const auto object = sample();
    ULONG count = 7;
    auto* values = reinterpret_cast<SPropValue*>(8);
    EXPECT_EQ(S_OK, object->GetProps(nullptr, 0, &count, &values));
    EXPECT_EQ(0u, count);
    EXPECT_EQ(nullptr, values);
}

TEST(GetProps, AbsentOnesAreErrorSlotsAndAWarning) {
    const auto object = sample(kBag);
    const TagArray tags{PR_BODY_W, PR_IMPORTANCE};
    ULONG count = 0;
    Buffer<SPropValue> values;
    EXPECT_EQ(MAPI_W_ERRORS_RETURNED, object->GetProps(tags.get(), 0, &count, values.put()));
    ASSERT_EQ(2u, count);
    EXPECT_EQ(PT_ERROR, PROP_TYPE(values[0].ulPropTag));
    EXPECT_EQ(MAPI_E_NOT_FOUND, values[0].Value.err);
    EXPECT_EQ(2, values[1].Value.l);
}

TEST(GetProps, AnEmptyTagArrayIsInvalid) {
    const TagArray none{std::span<const ULONG>()};
    ULONG count = 0;
    SPropValue* values = nullptr;
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, sample(kBag)->GetProps(none.get(), 0, &count, &values));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, sample(kBag)->GetProps(nullptr, 0, nullptr, &values));
}

TEST(GetProps, LargeValuesComeOnlyWhenNamed) {
    const auto object = sample({{PR_BODY_W, String(40000, WideChar{'x'})}});
    ULONG count = 0;
    Buffer<SPropValue> values;
    EXPECT_EQ(MAPI_W_ERRORS_RETURNED,
              object->GetProps(nullptr, MAPI_UNICODE, &count, values.put()));
    EXPECT_EQ(MAPI_E_NOT_ENOUGH_MEMORY, values[0].Value.err);
    EXPECT_EQ(40000u, get_one_prop(object.get(), PR_BODY_W)->text().size());
}

TEST(GetPropList, TagsAreInTheWidthAskedFor) {
    Buffer<SPropTagArray> tags;
    EXPECT_EQ(S_OK, sample(kBag)->GetPropList(0, tags.put()));
    ASSERT_EQ(2u, tags->cValues);
    EXPECT_EQ(PR_SUBJECT_A, view_tags(tags.get())[1]);
    EXPECT_EQ(S_OK, sample()->GetPropList(0, tags.put()));
    EXPECT_EQ(0u, tags->cValues);
}

TEST(SetProps, ProblemsNameTheValueAndTheRestIsSet) {
    const auto object = sample();
    const std::vector<PropValue> values = {PropValue(PR_ENTRYID, Bytes{1}),
                                           PropValue(PR_IMPORTANCE, 1)};
    Buffer<SPropProblemArray> problems;
    EXPECT_EQ(S_OK, object->SetProps(2, pack(values).get(), problems.put()));
    ASSERT_TRUE(problems);
    ASSERT_EQ(1u, problems->cProblem);
    EXPECT_EQ(0u, problems->aProblem[0].ulIndex);
    EXPECT_EQ(PR_ENTRYID, problems->aProblem[0].ulPropTag);
    EXPECT_EQ(MAPI_E_COMPUTED, problems->aProblem[0].scode);
    EXPECT_EQ(1, get_one_prop(object.get(), PR_IMPORTANCE)->number());
}

TEST(SetProps, NullAndErrorValuesAreIgnored) {
    const auto object = sample();
    SPropValue values[2] = {};
    values[0].ulPropTag = PR_NULL;
    values[1].ulPropTag = CHANGE_PROP_TYPE(PR_SUBJECT_W, PT_ERROR);
    Buffer<SPropProblemArray> problems;
    EXPECT_EQ(S_OK, object->SetProps(2, values, problems.put()));
    EXPECT_FALSE(problems);
    EXPECT_TRUE(get_all_props(object.get()).empty());
}

TEST(SetProps, ObjectsAndEmptyMultipleValuesFailTheCall) {
    const auto object = sample();
    SPropValue value = {};
    value.ulPropTag = PR_ATTACH_DATA_OBJ;
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, object->SetProps(1, &value, nullptr));
    value.ulPropTag = PROP_TAG(PT_MV_LONG, 0x6600);
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, object->SetProps(1, &value, nullptr));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, object->SetProps(0, &value, nullptr));
}

TEST(SetProps, ReadOnlyObjectRefusesTheWholeCall) {
    const auto object = sample(kBag, false);
    const Buffer<SPropValue> value = pack(PropValue(PR_IMPORTANCE, 1));
    EXPECT_EQ(MAPI_E_NO_ACCESS, object->SetProps(1, value.get(), nullptr));
    EXPECT_EQ(MAPI_E_NO_ACCESS, object->DeleteProps(TagArray{PR_IMPORTANCE}.get(), nullptr));
    EXPECT_EQ(2, get_one_prop(object.get(), PR_IMPORTANCE)->number());
}

TEST(DeleteProps, TypesDoNotMatterAndAbsenceIsAProblem) {
    const auto object = sample(kBag);
    Buffer<SPropProblemArray> problems;
    const TagArray tags{PROP_TAG(PT_LONG, PROP_ID(PR_SUBJECT_W)), PR_BODY_W};
    EXPECT_EQ(S_OK, object->DeleteProps(tags.get(), problems.put()));
    ASSERT_EQ(1u, problems->cProblem);
    EXPECT_EQ(1u, problems->aProblem[0].ulIndex);
    EXPECT_EQ(MAPI_E_NOT_FOUND, problems->aProblem[0].scode);
    EXPECT_FALSE(get_one_prop(object.get(), PR_SUBJECT_W));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, object->DeleteProps(nullptr, nullptr));
}

TEST(OpenProperty, AStreamWritesBackWhenCommitted) {
    const auto object = sample();
    com::Ptr<IStream> stream;
    ASSERT_EQ(S_OK, object->OpenProperty(PR_BODY_W, &IID_IStream, STGM_READWRITE,
                                         MAPI_CREATE | MAPI_MODIFY, stream.put_as<IUnknown>()));
    const WideChar text[] = REMAPI_W("body");
    EXPECT_EQ(S_OK, stream->Write(text, sizeof text, nullptr));
    EXPECT_EQ(String(), get_one_prop(object.get(), PR_BODY_W)->text());
    EXPECT_EQ(S_OK, stream->Commit(STGC_DEFAULT));
    EXPECT_EQ(REMAPI_W("body"), get_one_prop(object.get(), PR_BODY_W)->text());
}

TEST(OpenProperty, ADirectStreamWritesBackWhenReleased) {
    const auto object = sample({{PR_RTF_COMPRESSED, Bytes{1, 2}}});
    com::Ptr<IStream> stream;
    ASSERT_EQ(S_OK, object->OpenProperty(PR_RTF_COMPRESSED, &IID_IStream, 0,
                                         MAPI_MODIFY | STREAM_APPEND, stream.put_as<IUnknown>()));
    EXPECT_EQ(S_OK, stream->Write("\3", 1, nullptr));
    stream.reset();
    const Bytes expected = {1, 2, 3};
    EXPECT_EQ(expected, get_one_prop(object.get(), PR_RTF_COMPRESSED)->bytes());
}

TEST(OpenProperty, WhatCannotBeOpenedSaysWhy) {
    com::Ptr<IStream> stream;
    const auto open = [&](Sample& object, ULONG tag, const IID* iid, ULONG flags) {
        return object.OpenProperty(tag, iid, 0, flags, stream.put_as<IUnknown>());
    };
    const auto object = sample(kBag);
    EXPECT_EQ(MAPI_E_NOT_FOUND, open(*object, PR_BODY_W, &IID_IStream, 0));
    EXPECT_EQ(MAPI_E_INTERFACE_NOT_SUPPORTED, open(*object, PR_SUBJECT_W, &IID_IMessage, 0));
    EXPECT_EQ(MAPI_E_INTERFACE_NOT_SUPPORTED, open(*object, PR_IMPORTANCE, &IID_IStream, 0));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, open(*object, PR_SUBJECT_W, nullptr, 0));
    const ULONG untyped = PROP_TAG(PT_UNSPECIFIED, PROP_ID(PR_SUBJECT_W));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, open(*object, untyped, &IID_IStream, 0));
    EXPECT_EQ(MAPI_E_NO_ACCESS,
              open(*sample(kBag, false), PR_SUBJECT_W, &IID_IStream, MAPI_MODIFY));
}

TEST(OpenProperty, AReadOnlyStreamRefusesToBeWritten) {
    const auto object = sample(kBag);
    com::Ptr<IStream> stream;
    ASSERT_EQ(S_OK,
              object->OpenProperty(PR_SUBJECT_A, &IID_IStream, 0, 0, stream.put_as<IUnknown>()));
    EXPECT_EQ(to_bytes(std::string_view("hello")), read_stream(stream.get()));
    EXPECT_EQ(STG_E_ACCESSDENIED, stream->Write("x", 1, nullptr));
}

HRESULT copy_all(Sample& from, Sample& to, SPropTagArray* excluded, ULONG flags,
                 SPropProblemArray** problems = nullptr) {
    return from.CopyTo(0, nullptr, excluded, 0, nullptr, &IID_IMAPIProp,
                       static_cast<IMAPIProp*>(&to), flags, problems);
}

TEST(CopyTo, LeavesOutWhatIsExcludedWhateverItsType) {
    const auto from = sample(kBag);
    const auto to = sample();
    const TagArray excluded{PROP_TAG(PT_LONG, PROP_ID(PR_SUBJECT_W))};
    EXPECT_EQ(S_OK, copy_all(*from, *to, excluded.get(), 0));
    EXPECT_EQ((PropertyBag{{PR_IMPORTANCE, 2}}), get_all_props(to.get()));
}

TEST(CopyTo, MovesAndDoesNotReplaceWhenTold) {
    const auto from = sample(kBag);
    const auto to = sample({{PR_IMPORTANCE, 0}});
    EXPECT_EQ(S_OK, copy_all(*from, *to, nullptr, MAPI_MOVE | MAPI_NOREPLACE));
    EXPECT_EQ(0, get_one_prop(to.get(), PR_IMPORTANCE)->number());
    EXPECT_EQ(REMAPI_W("hello"), get_one_prop(to.get(), PR_SUBJECT_W)->text());
    EXPECT_FALSE(get_one_prop(from.get(), PR_SUBJECT_W));
    EXPECT_TRUE(get_one_prop(from.get(), PR_IMPORTANCE));
}

TEST(CopyTo, ReportsWhatTheDestinationRefuses) {
    const auto from = sample({{PR_ENTRYID, Bytes{1}}, {PR_IMPORTANCE, 1}});
    const auto to = sample();
    Buffer<SPropProblemArray> problems;
    EXPECT_EQ(S_OK, copy_all(*from, *to, nullptr, 0, problems.put()));
    ASSERT_EQ(1u, problems->cProblem);
    EXPECT_EQ(MAPI_E_COMPUTED, problems->aProblem[0].scode);
    EXPECT_EQ(PR_ENTRYID, problems->aProblem[0].ulPropTag);
}

TEST(CopyTo, WhatIsTooLargeForSetPropsGoesByStream) {
    const String body(5000, WideChar{'y'});
    const auto from = sample({{PR_BODY_W, body}, {PR_IMPORTANCE, 1}});
    const auto to = com::make<Sample>(PropertyBag(), true, 100);
    Buffer<SPropProblemArray> problems;
    EXPECT_EQ(S_OK, copy_all(*from, *to, nullptr, 0, problems.put()));
    EXPECT_FALSE(problems);
    EXPECT_EQ(body, get_one_prop(to.get(), PR_BODY_W)->text());
}

TEST(CopyTo, NamedPropertiesKeepTheirNamesNotTheirIds) {
    const PropName name{PS_PUBLIC_STRINGS, std::nullopt, REMAPI_W("Keywords")};
    const auto from = sample({{PR_MAPPING_SIGNATURE, Bytes{1}}, {PROP_TAG(PT_LONG, 0x8000), 5}});
    from->id_of(name, true);
    const auto to = sample({{PR_MAPPING_SIGNATURE, Bytes{2}}});
    to->first_id(0x8100);
    const TagArray tags{PROP_TAG(PT_LONG, 0x8000)};
    EXPECT_EQ(S_OK, from->CopyProps(tags.get(), 0, nullptr, &IID_IMAPIProp,
                                    static_cast<IMAPIProp*>(to.get()), 0, nullptr));
    EXPECT_EQ(5, get_one_prop(to.get(), PROP_TAG(PT_LONG, 0x8100))->number());
    EXPECT_EQ(0x8100u, to->id_of(name, false));
}

TEST(CopyTo, BadArgumentsAreRefused) {
    const auto from = sample(kBag);
    const auto to = sample();
    auto* target = static_cast<IMAPIProp*>(to.get());
    const TagArray none{std::span<const ULONG>()};
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, copy_all(*from, *to, none.get(), 0));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER,
              from->CopyTo(0, nullptr, nullptr, 0, nullptr, nullptr, target, 0, nullptr));
    EXPECT_EQ(MAPI_E_INTERFACE_NOT_SUPPORTED,
              from->CopyTo(0, nullptr, nullptr, 0, nullptr, &IID_IMessage, target, 0, nullptr));
    EXPECT_EQ(MAPI_E_INTERFACE_NOT_SUPPORTED, from->CopyTo(1, &IID_IMAPIProp, nullptr, 0, nullptr,
                                                           &IID_IMAPIProp, target, 0, nullptr));
    EXPECT_EQ(MAPI_E_NO_ACCESS, copy_all(*from, *from, nullptr, 0));
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER,
              from->CopyProps(nullptr, 0, nullptr, &IID_IMAPIProp, target, 0, nullptr));
}

TEST(CopyProps, AnAbsentPropertyIsAProblem) {
    const auto from = sample(kBag);
    const auto to = sample();
    const TagArray tags{PR_BODY_W, PR_IMPORTANCE};
    Buffer<SPropProblemArray> problems;
    EXPECT_EQ(S_OK, from->CopyProps(tags.get(), 0, nullptr, &IID_IMAPIProp,
                                    static_cast<IMAPIProp*>(to.get()), 0, problems.put()));
    ASSERT_EQ(1u, problems->cProblem);
    EXPECT_EQ(0u, problems->aProblem[0].ulIndex);
    EXPECT_EQ(MAPI_E_NOT_FOUND, problems->aProblem[0].scode);
}

TEST(Names, AreMadeFoundAndTurnedBack) {
    const auto object = sample();
    GUID set = PS_PUBLIC_STRINGS;
    WideChar text[] = REMAPI_W("Keywords");
    MAPINAMEID by_text = {};
    by_text.lpguid = &set;
    by_text.ulKind = MNID_STRING;
    by_text.Kind.lpwstrName = text;
    MAPINAMEID by_number = {};
    by_number.lpguid = &set;
    by_number.ulKind = MNID_ID;
    by_number.Kind.lID = 0x8501;
    MAPINAMEID* names[] = {&by_text, &by_number};
    Buffer<SPropTagArray> tags;
    EXPECT_EQ(MAPI_W_ERRORS_RETURNED, object->GetIDsFromNames(2, names, 0, tags.put()));
    EXPECT_EQ(PROP_TAG(PT_ERROR, 0), tags->aulPropTag[0]);
    ASSERT_EQ(S_OK, object->GetIDsFromNames(2, names, MAPI_CREATE, tags.put()));
    EXPECT_EQ(PROP_TAG(PT_UNSPECIFIED, 0x8000), tags->aulPropTag[0]);

    ULONG count = 0;
    Buffer<MAPINAMEID*> back;
    SPropTagArray* asked = tags.get();
    ASSERT_EQ(S_OK, object->GetNamesFromIDs(&asked, nullptr, 0, &count, back.put()));
    ASSERT_EQ(2u, count);
    EXPECT_EQ(String(REMAPI_W("Keywords")), back[0]->Kind.lpwstrName);
    EXPECT_EQ(0x8501, back[1]->Kind.lID);

    Buffer<SPropTagArray> all;
    ASSERT_EQ(S_OK, object->GetNamesFromIDs(all.put(), nullptr, MAPI_NO_IDS, &count, back.put()));
    ASSERT_EQ(1u, count);
    EXPECT_EQ(static_cast<ULONG>(MNID_STRING), back[0]->ulKind);
}

TEST(Names, UnnamedIdsGiveNullAndReservedIdsNameThemselves) {
    const auto object = sample();
    const TagArray tags{PROP_TAG(PT_LONG, 0x8765), PR_SUBJECT_W};
    SPropTagArray* asked = tags.get();
    ULONG count = 0;
    Buffer<MAPINAMEID*> names;
    EXPECT_EQ(MAPI_W_ERRORS_RETURNED,
              object->GetNamesFromIDs(&asked, nullptr, 0, &count, names.put()));
    ASSERT_EQ(2u, count);
    EXPECT_EQ(nullptr, names[0]);
    ASSERT_NE(nullptr, names[1]);
    EXPECT_TRUE(IsEqualGUID(PS_MAPI, *names[1]->lpguid));
    EXPECT_EQ(static_cast<LONG>(PROP_ID(PR_SUBJECT_W)), names[1]->Kind.lID);
}

TEST(PropObject, NothingIsLeftAlive) {
    const long objects = com::live_objects();
    const std::size_t blocks = memory::live_buffers();
    {
        const auto object = sample(kBag);
        com::Ptr<IStream> stream;
        EXPECT_EQ(S_OK, object->OpenProperty(PR_SUBJECT_W, &IID_IStream, 0, 0,
                                             stream.put_as<IUnknown>()));
        EXPECT_EQ(objects + 2, com::live_objects());
    }
    EXPECT_EQ(objects, com::live_objects());
    EXPECT_EQ(blocks, memory::live_buffers());
}

}  // namespace
}  // namespace remapi::object
