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

constexpr ULONG kNumber = PROP_TAG(PT_LONG, 0x6600);
constexpr ULONG kText = PROP_TAG(PT_UNICODE, 0x6601);
constexpr ULONG kAnsi = PROP_TAG(PT_STRING8, 0x6602);
constexpr ULONG kBytes = PROP_TAG(PT_BINARY, 0x6603);
constexpr ULONG kNumbers = PROP_TAG(PT_MV_LONG, 0x6604);
constexpr ULONG kObject = PROP_TAG(PT_OBJECT, 0x6605);
constexpr ULONG kAbsent = PROP_TAG(PT_LONG, 0x66FF);

/// Pages: mapi/createiprop.md, mapi/ipropdataimapiprop.md, mapi/ipropdata-hrsetobjaccess.md,
/// mapi/ipropdata-hrsetpropaccess.md, mapi/ipropdata-hrgetpropaccess.md,
/// mapi/ipropdata-hraddobjprops.md, mapi/imapipropiunknown.md
class PropertyObject : public testing::Test {
protected:
    void SetUp() override {
        KNOWN_DIFFERENCE(
            Wine, "mapi/ipropdataimapiprop.md",
            "its objects keep blocks, and have neither access rights nor several of their methods");
        ASSERT_TRUE(create && allocate && more && free_buffer) << "export missing";
        ASSERT_NO_FATAL_FAILURE(make(m_object));
    }
    void TearDown() override { EXPECT_EQ(g_live, 0) << "everything given out was freed"; }

    // Allocators of the caller's own, around MAPI's.
    static inline ALLOCATEBUFFER* g_allocate = nullptr;
    static inline ALLOCATEMORE* g_more = nullptr;
    static inline FREEBUFFER* g_free = nullptr;
    static inline int g_live = 0;
    static SCODE STDAPICALLTYPE counted_allocate(ULONG size, LPVOID* out) {
        ++g_live;
        return g_allocate(size, out);
    }
    static SCODE STDAPICALLTYPE counted_more(ULONG size, LPVOID root, LPVOID* out) {
        return g_more(size, root, out);
    }
    static ULONG STDAPICALLTYPE counted_free(LPVOID block) {
        if (block) --g_live;
        return g_free(block);
    }

    void make(com::Ptr<IPropData>& object) {
        g_allocate = allocate;
        g_more = more;
        g_free = free_buffer;
        ASSERT_HR(S_OK, create(&IID_IMAPIPropData, &counted_allocate, &counted_more, &counted_free,
                               nullptr, object.put()));
        ASSERT_TRUE(object);
    }

    /// A block that the object gave out, freed as its client does.
    template <class T>
    struct Given {
        T* block = nullptr;
        ~Given() { counted_free(block); }
        T** put() {
            counted_free(block);
            block = nullptr;
            return &block;
        }
        T* operator->() const { return block; }
        T& operator[](std::size_t i) const { return block[i]; }
    };

    void set_some(IPropData* object) {
        SPropValue values[4] = {};
        values[0].ulPropTag = kNumber;
        values[0].Value.l = 42;
        values[1].ulPropTag = kText;
        values[1].Value.lpszW = m_wide;
        values[2].ulPropTag = kAnsi;
        values[2].Value.lpszA = m_ansi;
        values[3].ulPropTag = kBytes;
        values[3].Value.bin = {sizeof m_bytes, m_bytes};
        ASSERT_HR(S_OK, object->SetProps(4, values, nullptr));
    }
    template <int Count>
    static HRESULT get(IPropData* object, const ULONG (&wanted)[Count], ULONG flags, ULONG& count,
                       SPropValue** values) {
        SizedSPropTagArray(Count, tags) = {Count, {}};
        std::memcpy(tags.aulPropTag, wanted, sizeof wanted);
        return object->GetProps(reinterpret_cast<SPropTagArray*>(&tags), flags, &count, values);
    }
    /// The access of one property as HrGetPropAccess tells.
    ULONG access_of(ULONG tag) {
        SizedSPropTagArray(1, tags) = {1, {tag}};
        auto* asked = reinterpret_cast<SPropTagArray*>(&tags);
        Given<ULONG> access;
        EXPECT_HR(S_OK, m_object->HrGetPropAccess(&asked, access.put()));
        return access.block ? access[0] : ~0u;
    }
    HRESULT set_access(ULONG tag, ULONG access) {
        SizedSPropTagArray(1, tags) = {1, {tag}};
        return m_object->HrSetPropAccess(reinterpret_cast<SPropTagArray*>(&tags), &access);
    }
    SCODE set_number(LONG number) {
        SPropValue value = {};
        value.ulPropTag = kNumber;
        value.Value.l = number;
        Given<SPropProblemArray> problems;
        const HRESULT hr = m_object->SetProps(1, &value, problems.put());
        return problems.block ? problems->aProblem[0].scode : hr;
    }
    SCODE remove(ULONG tag) {
        SizedSPropTagArray(1, tags) = {1, {tag}};
        Given<SPropProblemArray> problems;
        const HRESULT hr =
            m_object->DeleteProps(reinterpret_cast<SPropTagArray*>(&tags), problems.put());
        return problems.block ? problems->aProblem[0].scode : hr;
    }

    const Subject& mapi = Subject::the();
    Create* create = mapi.find<Create>("CreateIProp");
    ALLOCATEBUFFER* allocate = mapi.find<ALLOCATEBUFFER>("MAPIAllocateBuffer");
    ALLOCATEMORE* more = mapi.find<ALLOCATEMORE>("MAPIAllocateMore");
    FREEBUFFER* free_buffer = mapi.find<FREEBUFFER>("MAPIFreeBuffer");
    WCHAR m_wide[5] = {'w', 'i', 'd', 'e', 0};
    char m_ansi[5] = "ansi";
    BYTE m_bytes[3] = {1, 2, 3};
    com::Ptr<IPropData> m_object;
};

TEST_F(PropertyObject, IsMadeForItsOwnInterfaceOnly) {
    IPropData* object = nullptr;
    EXPECT_HR(S_OK, create(nullptr, allocate, more, free_buffer, nullptr, &object));
    ASSERT_NE(nullptr, object);
    EXPECT_EQ(0u, object->Release());
    EXPECT_HR(MAPI_E_INTERFACE_NOT_SUPPORTED,
              create(&IID_IMAPITable, allocate, more, free_buffer, nullptr, &object));
    EXPECT_EQ(nullptr, object);
}

TEST_F(PropertyObject, NeedsItsAllocators) {
    IPropData* object = nullptr;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              create(nullptr, nullptr, more, free_buffer, nullptr, &object));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              create(nullptr, allocate, nullptr, free_buffer, nullptr, &object));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, create(nullptr, allocate, more, nullptr, nullptr, &object));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              create(nullptr, allocate, more, free_buffer, &object, &object));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER,
              create(nullptr, allocate, more, free_buffer, nullptr, nullptr));
}

TEST_F(PropertyObject, AnswersItsBaseInterfaces) {
    for (const IID* iid : {&IID_IUnknown, &IID_IMAPIProp, &IID_IMAPIPropData}) {
        com::Ptr<IUnknown> same;
        EXPECT_HR(S_OK, m_object->QueryInterface(*iid, same.put_as<void>()));
    }
    void* other = &other;
    EXPECT_HR(MAPI_E_INTERFACE_NOT_SUPPORTED, m_object->QueryInterface(IID_IMessage, &other));
}

TEST_F(PropertyObject, KeepsCopiesOfWhatIsSet) {
    ASSERT_NO_FATAL_FAILURE(set_some(m_object.get()));
    m_wide[0] = m_ansi[0] = 'X';
    m_bytes[0] = 9;
    ULONG count = 0;
    Given<SPropValue> values;
    EXPECT_HR(S_OK, get(m_object.get(), {kNumber, kText, kAnsi, kBytes}, 0, count, values.put()));
    ASSERT_EQ(4u, count);
    EXPECT_EQ(42, values[0].Value.l);
    EXPECT_EQ('w', values[1].Value.lpszW[0]);
    EXPECT_STREQ("ansi", values[2].Value.lpszA);
    ASSERT_EQ(3u, values[3].Value.bin.cb);
    EXPECT_EQ(1, values[3].Value.bin.lpb[0]);
}

TEST_F(PropertyObject, AnswersErrorsInTheirPlaces) {
    ASSERT_NO_FATAL_FAILURE(set_some(m_object.get()));
    ULONG count = 0;
    Given<SPropValue> values;
    EXPECT_HR(MAPI_W_ERRORS_RETURNED,
              get(m_object.get(), {kAbsent, kNumber, PROP_TAG(PT_BINARY, 0x6600)}, 0, count,
                  values.put()));
    ASSERT_EQ(3u, count);
    EXPECT_EQ(PROP_TAG(PT_ERROR, 0x66FF), values[0].ulPropTag);
    EXPECT_HR(MAPI_E_NOT_FOUND, values[0].Value.err);
    EXPECT_EQ(42, values[1].Value.l);
    EXPECT_EQ(PROP_TAG(PT_ERROR, 0x6600), values[2].ulPropTag);
}

TEST_F(PropertyObject, ConvertsTextToTheWidthAskedFor) {
    ASSERT_NO_FATAL_FAILURE(set_some(m_object.get()));
    ULONG count = 0;
    Given<SPropValue> values;
    EXPECT_HR(S_OK, get(m_object.get(),
                        {CHANGE_PROP_TYPE(kText, PT_STRING8), CHANGE_PROP_TYPE(kAnsi, PT_UNICODE),
                         CHANGE_PROP_TYPE(kAnsi, PT_UNSPECIFIED)},
                        MAPI_UNICODE, count, values.put()));
    ASSERT_EQ(3u, count);
    EXPECT_STREQ("wide", values[0].Value.lpszA);
    EXPECT_EQ('a', values[1].Value.lpszW[0]);
    EXPECT_EQ(PT_UNICODE, PROP_TYPE(values[2].ulPropTag));
}

TEST_F(PropertyObject, GivesAllItHasWhenNothingIsNamed) {
    ULONG count = 7;
    Given<SPropValue> values;
    EXPECT_HR(S_OK, m_object->GetProps(nullptr, 0, &count, values.put()));
    EXPECT_EQ(0u, count);
    EXPECT_EQ(nullptr, values.block);
    SPropTagArray none = {0, {0}};
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, m_object->GetProps(&none, 0, &count, values.put()));
    ASSERT_NO_FATAL_FAILURE(set_some(m_object.get()));
    EXPECT_HR(S_OK, m_object->GetProps(nullptr, MAPI_UNICODE, &count, values.put()));
    EXPECT_EQ(4u, count);
    Given<SPropTagArray> tags;
    EXPECT_HR(S_OK, m_object->GetPropList(MAPI_UNICODE, tags.put()));
    EXPECT_EQ(4u, tags->cValues);
    for (ULONG i = 0; i < 4; ++i) EXPECT_EQ(tags->aulPropTag[i], values[i].ulPropTag);
}

TEST_F(PropertyObject, ReplacesAValueWithAnotherOfAnySizeOrType) {
    for (const ULONG size : {1u, 900u, 2u, 70000u, 0u, 5u}) {
        std::string bytes(size, static_cast<char>(size));
        SPropValue value = {};
        value.ulPropTag = kBytes;
        value.Value.bin = {size, reinterpret_cast<LPBYTE>(bytes.data())};
        ASSERT_HR(S_OK, m_object->SetProps(1, &value, nullptr));
        ULONG count = 0;
        Given<SPropValue> values;
        ASSERT_HR(S_OK, get(m_object.get(), {kBytes}, 0, count, values.put()));
        ASSERT_EQ(size, values[0].Value.bin.cb);
        EXPECT_EQ(0, std::memcmp(values[0].Value.bin.lpb, bytes.data(), size));
    }
    LONG numbers[] = {1, 2};
    SPropValue many = {};
    many.ulPropTag = PROP_TAG(PT_MV_LONG, PROP_ID(kBytes));
    many.Value.MVl = {2, numbers};
    EXPECT_HR(S_OK, m_object->SetProps(1, &many, nullptr));
    Given<SPropTagArray> tags;
    EXPECT_HR(S_OK, m_object->GetPropList(0, tags.put()));
    ASSERT_EQ(1u, tags->cValues);
    EXPECT_EQ(many.ulPropTag, tags->aulPropTag[0]);
}

TEST_F(PropertyObject, ChangesNothingWhenACallIsMalformed) {
    SPropValue values[2] = {};
    values[0].ulPropTag = kNumber;
    values[1].ulPropTag = kNumbers;  // without any value
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, m_object->SetProps(2, values, nullptr));
    values[1].ulPropTag = kObject;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, m_object->SetProps(2, values, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, m_object->SetProps(0, values, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, m_object->SetProps(1, nullptr, nullptr));
    EXPECT_HR(MAPI_E_NOT_FOUND, remove(kNumber));
}

TEST_F(PropertyObject, IgnoresErrorsAndNothingAmongValues) {
    SPropValue values[3] = {};
    values[0].ulPropTag = PR_NULL;
    values[1].ulPropTag = PROP_TAG(PT_ERROR, 0x6600);
    values[2].ulPropTag = PROP_TAG(PT_LONG, 0x6601);
    EXPECT_HR(S_OK, m_object->SetProps(3, values, nullptr));
    ULONG count = 0;
    Given<SPropValue> all;
    EXPECT_HR(S_OK, m_object->GetProps(nullptr, 0, &count, all.put()));
    EXPECT_EQ(1u, count);
}

TEST_F(PropertyObject, RefusesChangesWhenItIsReadOnly) {
    ASSERT_NO_FATAL_FAILURE(set_some(m_object.get()));
    EXPECT_HR(S_OK, m_object->HrSetObjAccess(IPROP_READONLY));
    EXPECT_HR(MAPI_E_NO_ACCESS, set_number(1));
    EXPECT_HR(MAPI_E_NO_ACCESS, remove(kNumber));
    EXPECT_HR(MAPI_E_NO_ACCESS, set_access(kNumber, IPROP_READONLY));
    SizedSPropTagArray(1, object) = {1, {kObject}};
    EXPECT_HR(MAPI_E_NO_ACCESS,
              m_object->HrAddObjProps(reinterpret_cast<SPropTagArray*>(&object), nullptr));
    EXPECT_HR(S_OK, m_object->HrSetObjAccess(IPROP_READWRITE));
    EXPECT_HR(S_OK, set_number(1));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, m_object->HrSetObjAccess(0));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, m_object->HrSetObjAccess(IPROP_READONLY | IPROP_READWRITE));
}

TEST_F(PropertyObject, GuardsReadOnlyProperties) {
    ASSERT_NO_FATAL_FAILURE(set_some(m_object.get()));
    ASSERT_HR(S_OK, set_access(kNumber, IPROP_READONLY));
    EXPECT_HR(MAPI_E_NO_ACCESS, set_number(1));
    EXPECT_HR(MAPI_E_NO_ACCESS, remove(kNumber));
    ASSERT_HR(S_OK, set_access(kNumber, IPROP_READWRITE));
    EXPECT_HR(S_OK, set_number(1));
    EXPECT_HR(S_OK, remove(kNumber));
}

TEST_F(PropertyObject, TellsWhatWasModifiedSinceItWasDeclaredClean) {
    ASSERT_NO_FATAL_FAILURE(set_some(m_object.get()));
    EXPECT_NE(0u, access_of(kNumber) & IPROP_DIRTY);
    ASSERT_HR(S_OK, set_access(kNumber, IPROP_READWRITE | IPROP_CLEAN));
    EXPECT_EQ(IPROP_READWRITE, access_of(kNumber) & ~IPROP_CLEAN);
    EXPECT_HR(S_OK, set_number(42));
    EXPECT_EQ(ULONG{IPROP_READWRITE | IPROP_DIRTY}, access_of(kNumber));
    ASSERT_HR(S_OK, set_access(kNumber, IPROP_READONLY | IPROP_CLEAN));
    EXPECT_EQ(IPROP_READONLY, access_of(kNumber) & ~IPROP_CLEAN);
}

TEST_F(PropertyObject, RefusesAccessThatContradictsItself) {
    ASSERT_NO_FATAL_FAILURE(set_some(m_object.get()));
    EXPECT_HR(S_OK, set_access(kNumber, IPROP_READONLY));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, set_access(kNumber, IPROP_READONLY | IPROP_READWRITE));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, set_access(kNumber, IPROP_CLEAN | IPROP_DIRTY));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, set_access(kNumber, 0x40));
    EXPECT_EQ(IPROP_READONLY, access_of(kNumber) & (IPROP_READONLY | IPROP_READWRITE));
}

TEST_F(PropertyObject, ListsDeletedPropertiesWithoutAccess) {
    ASSERT_NO_FATAL_FAILURE(set_some(m_object.get()));
    ASSERT_HR(S_OK, remove(kNumber));
    EXPECT_EQ(0u, access_of(kNumber));
    Given<SPropTagArray> tags;
    Given<ULONG> access;
    ASSERT_HR(S_OK, m_object->HrGetPropAccess(tags.put(), access.put()));
    ASSERT_EQ(4u, tags->cValues);
    bool listed = false;
    for (ULONG i = 0; i < 4; ++i) {
        if (tags->aulPropTag[i] != kNumber) continue;
        listed = true;
        EXPECT_EQ(0u, access[i]);
    }
    EXPECT_TRUE(listed);
    ASSERT_HR(S_OK, set_number(5));
    EXPECT_NE(0u, access_of(kNumber));
    ASSERT_HR(S_OK, m_object->HrGetPropAccess(tags.put(), access.put()));
    EXPECT_EQ(4u, tags->cValues) << "set again, it is listed once";
}

TEST_F(PropertyObject, TakesObjectPropertiesByTheirOwnMethod) {
    SizedSPropTagArray(2, tags) = {2, {kObject, kNumber}};
    auto* const array = reinterpret_cast<SPropTagArray*>(&tags);
    EXPECT_HR(MAPI_E_INVALID_TYPE, m_object->HrAddObjProps(array, nullptr));
    tags.cValues = 1;
    Given<SPropProblemArray> problems;
    EXPECT_HR(S_OK, m_object->HrAddObjProps(array, problems.put()));
    EXPECT_EQ(nullptr, problems.block);
    Given<SPropTagArray> list;
    EXPECT_HR(S_OK, m_object->GetPropList(0, list.put()));
    ASSERT_EQ(1u, list->cValues);
    EXPECT_EQ(kObject, list->aulPropTag[0]);
    ASSERT_HR(S_OK, set_access(kObject, IPROP_READONLY));
    EXPECT_HR(MAPI_W_PARTIAL_COMPLETION, m_object->HrAddObjProps(array, problems.put()));
    ASSERT_NE(nullptr, problems.block);
    EXPECT_HR(MAPI_E_NO_ACCESS, problems->aProblem[0].scode);
}

/// Page: mapi/imapiprop-savechanges.md
TEST_F(PropertyObject, SavesWhatItMayKeepOpen) {
    ASSERT_NO_FATAL_FAILURE(set_some(m_object.get()));
    EXPECT_HR(S_OK, m_object->SaveChanges(KEEP_OPEN_READWRITE));
    EXPECT_NE(0u, access_of(kNumber) & IPROP_DIRTY) << "not transacted: nothing becomes clean";
    EXPECT_HR(S_OK, m_object->HrSetObjAccess(IPROP_READONLY));
    EXPECT_HR(S_OK, m_object->SaveChanges(KEEP_OPEN_READONLY));
    EXPECT_HR(MAPI_E_NO_ACCESS, m_object->SaveChanges(KEEP_OPEN_READWRITE));
}

}  // namespace
}  // namespace remapi::test
