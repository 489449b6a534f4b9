// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/store/object_kinds.h"

namespace remapi::test {
namespace {

/// Pages: mapi/imapiprop-getidsfromnames.md, mapi/imapiprop-getnamesfromids.md,
/// mapi/mapi-named-properties.md, mapi/pidtagmappingsignature-canonical-property.md
class NamedProperties : public ObjectKindTest {
protected:
    using Name = MAPINAMEID;
    static Name numbered(LONG number) {
        Name name = {};
        name.lpguid = const_cast<GUID*>(&kTestSet);
        name.ulKind = MNID_ID;
        name.Kind.lID = number;
        return name;
    }
    static Name spelled(const WideChar* text) {
        Name name = {};
        name.lpguid = const_cast<GUID*>(&kTestSet);
        name.ulKind = MNID_STRING;
        name.Kind.lpwstrName = const_cast<WideChar*>(text);
        return name;
    }
    HRESULT ids(IMAPIProp* of, std::vector<Name> names, ULONG flags, std::vector<ULONG>& tags) {
        std::vector<Name*> pointers;
        for (Name& name : names) pointers.push_back(&name);
        Buffer<SPropTagArray> list;
        const HRESULT hr =
            of->GetIDsFromNames(narrow_size(pointers.size()), pointers.data(), flags, list.put());
        const auto view = object::view_tags(list.get());
        tags.assign(view.begin(), view.end());
        return hr;
    }
    ULONG id(const Name& name, ULONG flags = MAPI_CREATE) {
        std::vector<ULONG> tags;
        check(ids(object.get(), {name}, flags, tags), "IMAPIProp::GetIDsFromNames");
        return PROP_ID(tags.at(0));
    }
    /// The names of these ids; `tags` null: all. The names live as long as the block.
    HRESULT name_of(SPropTagArray* tags, ULONG flags, ULONG* count, Buffer<Name*>& names,
                    Buffer<SPropTagArray>* all = nullptr, GUID* set = nullptr) {
        SPropTagArray* list = tags;
        const HRESULT hr = object->GetNamesFromIDs(&list, set, flags, count, names.put());
        if (all && !tags) *all = Buffer<SPropTagArray>::attach(list);
        return hr;
    }
};

INSTANTIATE_TEST_SUITE_P(Of, NamedProperties,
                         testing::Values(Kind::Store, Kind::Folder, Kind::Message,
                                         Kind::Attachment),
                         kind_name);

TEST_P(NamedProperties, GetIdsInTheirRangeWithoutAType) {
    std::vector<ULONG> tags;
    ASSERT_HR(S_OK, ids(object.get(), {numbered(1), spelled(REMAPI_W("one"))}, MAPI_CREATE, tags));
    ASSERT_EQ(2u, tags.size());
    EXPECT_NE(tags[0], tags[1]);
    for (const ULONG tag : tags) {
        EXPECT_EQ(ULONG{PT_UNSPECIFIED}, PROP_TYPE(tag));
        EXPECT_LE(0x8000u, PROP_ID(tag));
        EXPECT_GE(0xFFFEu, PROP_ID(tag));
    }
}

TEST_P(NamedProperties, KeepTheirIds) {
    const ULONG first = id(numbered(2));
    EXPECT_EQ(first, id(numbered(2)));
    EXPECT_EQ(first, id(numbered(2), 0));
    EXPECT_NE(first, id(numbered(3)));
}

TEST_P(NamedProperties, DifferInCase) {
    EXPECT_NE(id(spelled(REMAPI_W("case"))), id(spelled(REMAPI_W("Case"))));
}

TEST_P(NamedProperties, OfAnotherSetHaveAnotherId) {
    GUID other = kTestSet;
    other.Data1 ^= 1;
    Name name = numbered(2);
    name.lpguid = &other;
    EXPECT_NE(id(numbered(2)), id(name));
}

TEST_P(NamedProperties, ThatNobodyMadeHaveNoId) {
    std::vector<ULONG> tags;
    EXPECT_HR(MAPI_W_ERRORS_RETURNED,
              ids(object.get(), {numbered(1), spelled(REMAPI_W("never made"))}, 0, tags));
    ASSERT_EQ(2u, tags.size());
    EXPECT_EQ(ULONG{PT_ERROR}, PROP_TYPE(tags[1]));
    EXPECT_EQ(0u, PROP_ID(tags[1]));
}

TEST_P(NamedProperties, AreTheSameInTheWholeStore) {
    const ULONG mine = id(spelled(REMAPI_W("shared")));
    for (IMAPIProp* other :
         {static_cast<IMAPIProp*>(store()), static_cast<IMAPIProp*>(folder.get()),
          static_cast<IMAPIProp*>(message.get())}) {
        std::vector<ULONG> tags;
        EXPECT_HR(S_OK, ids(other, {spelled(REMAPI_W("shared"))}, 0, tags));
        EXPECT_EQ(mine, PROP_ID(tags.at(0)));
        EXPECT_EQ(get_bytes(object.get(), PR_MAPPING_SIGNATURE),
                  get_bytes(other, PR_MAPPING_SIGNATURE));
    }
}

TEST_P(NamedProperties, GetTheirNamesBack) {
    const ULONG number = id(numbered(77));
    const ULONG text = id(spelled(REMAPI_W("seventy-seven")));
    const object::TagArray tags{PROP_TAG(PT_LONG, text), PROP_TAG(PT_UNSPECIFIED, number)};
    ULONG count = 0;
    Buffer<Name*> names;
    ASSERT_HR(S_OK, name_of(tags.get(), 0, &count, names));
    ASSERT_EQ(2u, count);
    EXPECT_EQ(ULONG{MNID_STRING}, names[0]->ulKind);
    EXPECT_EQ(REMAPI_W("seventy-seven"), StringView(names[0]->Kind.lpwstrName));
    EXPECT_EQ(ULONG{MNID_ID}, names[1]->ulKind);
    EXPECT_EQ(77, names[1]->Kind.lID);
    EXPECT_TRUE(IsEqualGUID(kTestSet, *names[1]->lpguid));
}

TEST_P(NamedProperties, WithoutANameAreNull) {
    const object::TagArray tags{PROP_TAG(PT_UNSPECIFIED, id(numbered(77))),
                                PROP_TAG(PT_UNSPECIFIED, 0xFFF0)};
    ULONG count = 0;
    Buffer<Name*> names;
    EXPECT_HR(MAPI_W_ERRORS_RETURNED, name_of(tags.get(), 0, &count, names));
    ASSERT_EQ(2u, count);
    EXPECT_NE(nullptr, names[0]);
    EXPECT_EQ(nullptr, names[1]);
}

TEST_P(NamedProperties, IgnoreTheSetWhenIdsAreGiven) {
    const object::TagArray tags{PROP_TAG(PT_UNSPECIFIED, id(numbered(77)))};
    GUID other = kTestSet;
    other.Data1 ^= 2;
    ULONG count = 0;
    Buffer<Name*> names;
    EXPECT_HR(S_OK, name_of(tags.get(), 0, &count, names, nullptr, &other));
    ASSERT_EQ(1u, count);
    EXPECT_EQ(77, names[0]->Kind.lID);
}

TEST_P(NamedProperties, AreAllNamedWithoutAList) {
    const ULONG mine = id(numbered(78));
    ULONG count = 0;
    Buffer<Name*> names;
    Buffer<SPropTagArray> all;
    ASSERT_HR(S_OK, name_of(nullptr, 0, &count, names, &all));
    ASSERT_TRUE(all);
    ASSERT_EQ(count, all->cValues);
    bool found = false;
    for (ULONG i = 0; i < count; ++i) {
        if (PROP_ID(all->aulPropTag[i]) != mine) continue;
        found = true;
        EXPECT_EQ(78, names[i]->Kind.lID);
    }
    EXPECT_TRUE(found);
}

TEST_P(NamedProperties, AreNamedByKindWhenThatIsWanted) {
    id(numbered(79));
    id(spelled(REMAPI_W("eighty")));
    for (const ULONG flags : {ULONG{MAPI_NO_IDS}, ULONG{MAPI_NO_STRINGS}}) {
        const ULONG kind = flags == MAPI_NO_IDS ? MNID_STRING : MNID_ID;
        ULONG count = 0;
        Buffer<Name*> names;
        Buffer<SPropTagArray> all;
        ASSERT_HR(S_OK, name_of(nullptr, flags, &count, names, &all));
        EXPECT_LT(0u, count);
        for (ULONG i = 0; i < count; ++i) EXPECT_EQ(kind, names[i]->ulKind);
    }
}

TEST_P(NamedProperties, OfNoKindAreNone) {
    ULONG count = 7;
    Buffer<Name*> names;
    Buffer<SPropTagArray> all;
    EXPECT_HR(S_OK, name_of(nullptr, MAPI_NO_IDS | MAPI_NO_STRINGS, &count, names, &all));
    EXPECT_EQ(0u, count);
    EXPECT_EQ(nullptr, names.get());
    ASSERT_TRUE(all);
    EXPECT_EQ(0u, all->cValues);
}

TEST_P(NamedProperties, AreAllIdentifiedWithoutAList) {
    const ULONG mine = id(numbered(80));
    Buffer<SPropTagArray> all;
    ASSERT_HR(S_OK, object->GetIDsFromNames(0, nullptr, 0, all.put()));
    const auto tags = object::view_tags(all.get());
    EXPECT_TRUE(
        std::any_of(tags.begin(), tags.end(), [&](ULONG tag) { return PROP_ID(tag) == mine; }));
}

TEST_P(NamedProperties, NeedNamesToBeMadeAndIdsToBeNamed) {
    Buffer<SPropTagArray> tags;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              object->GetIDsFromNames(0, nullptr, MAPI_CREATE, tags.put()));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, object->GetIDsFromNames(1, nullptr, 0, tags.put()));
    SPropTagArray none = {};
    ULONG count = 0;
    Buffer<Name*> names;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, name_of(&none, 0, &count, names));
}

TEST_P(NamedProperties, AreSetAndSavedLikeOthers) {
    const ULONG tag = PROP_TAG(PT_UNICODE, id(spelled(REMAPI_W("set and saved"))));
    ASSERT_HR(S_OK, put({tag, REMAPI_W("value")}));
    save(object.get());
    if (owner) save(owner.get());
    const auto again = opened(0);
    EXPECT_EQ(REMAPI_W("value"), get_text(again.get(), tag));
    Buffer<SPropTagArray> list;
    ASSERT_HR(S_OK, again->GetPropList(MAPI_UNICODE, list.put()));
    const auto tags = object::view_tags(list.get());
    EXPECT_NE(tags.end(), std::find(tags.begin(), tags.end(), tag));
}

}  // namespace
}  // namespace remapi::test
