// SPDX-License-Identifier: LGPL-2.1-or-later
#include <gtest/gtest.h>

#include <cstring>

#include "com/ptr.h"
#include "compat-tests/harness/expect_hr.h"
#include "compat-tests/harness/mapi_library.h"

namespace remapi::test {
namespace {

using Create = SCODE WINAPI(LPCIID, ALLOCATEBUFFER*, ALLOCATEMORE*, FREEBUFFER*, LPVOID,
                            LPPROPDATA*);

constexpr ULONG kNamedText = PROP_TAG(PT_UNICODE, 0x6601);
constexpr ULONG kNamedNumber = PROP_TAG(PT_LONG, 0x6602);
constexpr ULONG kNamedBytes = PROP_TAG(PT_BINARY, 0x6603);
constexpr GUID kSet = {0x11223344, 0x5566, 0x7788, {1, 2, 3, 4, 5, 6, 7, 8}};

/// Names, copies and streams of property objects.
/// Pages: mapi/createiprop.md, mapi/imapiprop-getidsfromnames.md,
/// mapi/imapiprop-getnamesfromids.md, mapi/imapiprop-copyto.md, mapi/imapiprop-copyprops.md,
/// mapi/imapiprop-openproperty.md
class PropertyObjects : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(create && allocate && more && free_buffer) << "export missing";
        for (auto* object : {&m_source, &m_target}) {
            ASSERT_HR(S_OK, create(nullptr, allocate, more, free_buffer, nullptr, object->put()));
        }
        SPropValue values[2] = {};
        values[0].ulPropTag = kNamedText;
        values[0].Value.lpszW = m_text;
        values[1].ulPropTag = kNamedNumber;
        values[1].Value.l = 5;
        ASSERT_HR(S_OK, m_source->SetProps(2, values, nullptr));
    }

    /// The id that `object` has for the name "shade" or the number 7 of the set; 0 for none.
    ULONG id_of(IPropData* object, bool text, ULONG flags) {
        WCHAR shade[] = {'s', 'h', 'a', 'd', 'e', 0};
        GUID set = kSet;
        MAPINAMEID name = {};
        name.lpguid = &set;
        name.ulKind = text ? MNID_STRING : MNID_ID;
        if (text) {
            name.Kind.lpwstrName = shade;
        } else {
            name.Kind.lID = 7;
        }
        MAPINAMEID* names[] = {&name};
        SPropTagArray* tags = nullptr;
        m_last = object->GetIDsFromNames(1, names, flags, &tags);
        const ULONG id = tags && tags->cValues == 1 && PROP_TYPE(tags->aulPropTag[0]) != PT_ERROR
                             ? PROP_ID(tags->aulPropTag[0])
                             : 0;
        free_buffer(tags);
        return id;
    }
    static LONG number_of(IPropData* object, ULONG tag, FREEBUFFER* free_values) {
        SizedSPropTagArray(1, tags) = {1, {tag}};
        SPropValue* values = nullptr;
        ULONG count = 0;
        object->GetProps(reinterpret_cast<SPropTagArray*>(&tags), 0, &count, &values);
        const LONG number = values && values[0].ulPropTag == tag ? values[0].Value.l : -1;
        free_values(values);
        return number;
    }

    const Subject& mapi = Subject::the();
    Create* create = mapi.find<Create>("CreateIProp");
    ALLOCATEBUFFER* allocate = mapi.find<ALLOCATEBUFFER>("MAPIAllocateBuffer");
    ALLOCATEMORE* more = mapi.find<ALLOCATEMORE>("MAPIAllocateMore");
    FREEBUFFER* free_buffer = mapi.find<FREEBUFFER>("MAPIFreeBuffer");
    WCHAR m_text[5] = {'t', 'e', 'x', 't', 0};
    HRESULT m_last = S_OK;
    com::Ptr<IPropData> m_source, m_target;
};

TEST_F(PropertyObjects, GiveIdsToNamesWhenAskedTo) {
    UNDECIDED_DIFFERENCE(
        Wine, "its property objects have no named properties, which a page allows to any");
    EXPECT_EQ(0u, id_of(m_source.get(), true, 0));
    EXPECT_HR(MAPI_W_ERRORS_RETURNED, m_last);
    const ULONG text = id_of(m_source.get(), true, MAPI_CREATE);
    EXPECT_HR(S_OK, m_last);
    EXPECT_GE(text, 0x8000u);
    const ULONG number = id_of(m_source.get(), false, MAPI_CREATE);
    EXPECT_NE(text, number);
    EXPECT_EQ(text, id_of(m_source.get(), true, 0));
    EXPECT_EQ(number, id_of(m_source.get(), false, MAPI_CREATE));
}

TEST_F(PropertyObjects, TellTheNamesOfIds) {
    UNDECIDED_DIFFERENCE(
        Wine, "its property objects have no named properties, which a page allows to any");
    const ULONG id = id_of(m_source.get(), true, MAPI_CREATE);
    SizedSPropTagArray(2, wanted) = {
        2, {PROP_TAG(PT_UNSPECIFIED, id), PROP_TAG(PT_UNSPECIFIED, 0x8FFF)}};
    auto* tags = reinterpret_cast<SPropTagArray*>(&wanted);
    ULONG count = 0;
    MAPINAMEID** names = nullptr;
    EXPECT_HR(MAPI_W_ERRORS_RETURNED, m_source->GetNamesFromIDs(&tags, nullptr, 0, &count, &names));
    ASSERT_EQ(2u, count);
    ASSERT_NE(nullptr, names[0]);
    EXPECT_TRUE(IsEqualGUID(kSet, *names[0]->lpguid));
    EXPECT_EQ(MNID_STRING, names[0]->ulKind);
    EXPECT_EQ('s', names[0]->Kind.lpwstrName[0]);
    EXPECT_EQ(nullptr, names[1]);
    free_buffer(names);

    tags = nullptr;
    EXPECT_HR(S_OK, m_source->GetNamesFromIDs(&tags, nullptr, 0, &count, &names));
    EXPECT_EQ(1u, count);
    ASSERT_NE(nullptr, tags);
    EXPECT_EQ(id, PROP_ID(tags->aulPropTag[0]));
    free_buffer(tags);
    free_buffer(names);
}

TEST_F(PropertyObjects, AreCopiedByValue) {
    KNOWN_DIFFERENCE(Wine, "mapi/imapiprop-copyto.md", "it cannot copy");
    SPropProblemArray* problems = nullptr;
    EXPECT_HR(S_OK, m_source->CopyTo(0, nullptr, nullptr, 0, nullptr, &IID_IMAPIProp,
                                     m_target.get(), 0, &problems));
    EXPECT_EQ(nullptr, problems);
    EXPECT_EQ(5, number_of(m_target.get(), kNamedNumber, free_buffer));
    EXPECT_HR(MAPI_E_NO_ACCESS, m_source->CopyTo(0, nullptr, nullptr, 0, nullptr, &IID_IMAPIProp,
                                                 m_source.get(), 0, nullptr));
}

TEST_F(PropertyObjects, TellWhichPropertiesCouldNotBeCopied) {
    KNOWN_DIFFERENCE(Wine, "mapi/imapiprop-copyprops.md", "it cannot copy");
    SizedSPropTagArray(2, tags) = {2, {PROP_TAG(PT_LONG, 0x66FF), kNamedNumber}};
    SPropProblemArray* problems = nullptr;
    EXPECT_HR(S_OK, m_source->CopyProps(reinterpret_cast<SPropTagArray*>(&tags), 0, nullptr,
                                        &IID_IMAPIProp, m_target.get(), MAPI_MOVE, &problems));
    ASSERT_NE(nullptr, problems);
    EXPECT_EQ(1u, problems->cProblem);
    EXPECT_EQ(0u, problems->aProblem[0].ulIndex);
    free_buffer(problems);
    EXPECT_EQ(5, number_of(m_target.get(), kNamedNumber, free_buffer));
    EXPECT_EQ(-1, number_of(m_source.get(), kNamedNumber, free_buffer)) << "moved";
}

TEST_F(PropertyObjects, CopyNamedPropertiesByTheirNames) {
    UNDECIDED_DIFFERENCE(
        Wine, "its property objects have no named properties, which a page allows to any");
    id_of(m_target.get(), false, MAPI_CREATE);  // so that the same name has another id there
    const ULONG here = PROP_TAG(PT_LONG, id_of(m_source.get(), true, MAPI_CREATE));
    SPropValue value = {};
    value.ulPropTag = here;
    value.Value.l = 77;
    ASSERT_HR(S_OK, m_source->SetProps(1, &value, nullptr));
    EXPECT_HR(S_OK, m_source->CopyTo(0, nullptr, nullptr, 0, nullptr, &IID_IMAPIProp,
                                     m_target.get(), 0, nullptr));
    const ULONG there = PROP_TAG(PT_LONG, id_of(m_target.get(), true, 0));
    EXPECT_NE(here, there);
    EXPECT_EQ(77, number_of(m_target.get(), there, free_buffer));
}

TEST_F(PropertyObjects, OpenTextAndBinaryAsStreams) {
    UNDECIDED_DIFFERENCE(Wine,
                         "its property objects open no properties, which a page allows to any");
    com::Ptr<IStream> stream;
    ASSERT_HR(S_OK, m_source->OpenProperty(kNamedText, &IID_IStream, STGM_READ, 0,
                                           stream.put_as<IUnknown>()));
    WCHAR read[5] = {};
    ULONG bytes = 0;
    EXPECT_HR(S_OK, stream->Read(read, 4 * sizeof(WCHAR), &bytes));
    EXPECT_EQ(4 * sizeof(WCHAR), bytes);
    EXPECT_EQ('t', read[3]);
    SPropValue value = {};
    value.ulPropTag = kNamedBytes;
    value.Value.bin = {5, reinterpret_cast<LPBYTE>(m_text)};
    ASSERT_HR(S_OK, m_source->SetProps(1, &value, nullptr));
    ASSERT_HR(S_OK, m_source->OpenProperty(kNamedBytes, &IID_IStream, STGM_READ, 0,
                                           stream.put_as<IUnknown>()));
    EXPECT_GE(stream->Read(read, sizeof read, &bytes), 0);
    EXPECT_EQ(5u, bytes);
    EXPECT_EQ(0, std::memcmp(m_text, read, 5));
    EXPECT_HR(MAPI_E_INTERFACE_NOT_SUPPORTED,
              m_source->OpenProperty(kNamedText, &IID_IMAPITable, 0, 0, stream.put_as<IUnknown>()));
    ASSERT_HR(S_OK, m_source->HrSetObjAccess(IPROP_READONLY));
    EXPECT_HR(MAPI_E_NO_ACCESS, m_source->OpenProperty(kNamedText, &IID_IStream, STGM_READWRITE,
                                                       MAPI_MODIFY, stream.put_as<IUnknown>()));
}

}  // namespace
}  // namespace remapi::test
