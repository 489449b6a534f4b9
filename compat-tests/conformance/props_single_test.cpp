// SPDX-License-Identifier: LGPL-2.1-or-later
#include <cstring>

#include "compat-tests/conformance/fake_property_object.h"
#include "compat-tests/conformance/property_values.h"

namespace remapi::test {
namespace {

/// Holds PR_SUBJECT_A, PR_SUBJECT_W and PR_PRIORITY, and refuses what the test says.
class Holder final : public FakePropertyObject<Holder, IMAPIProp> {
public:
    using Interfaces = com::Answers<IMAPIProp>;

    STDMETHODIMP GetProps(SPropTagArray* tags, ULONG, ULONG* count,
                          SPropValue** values) noexcept override {
        asked = tags && tags->cValues == 1 ? tags->aulPropTag[0] : 0;
        if (FAILED(answer)) return answer;
        *count = 1;
        void* block = nullptr;
        allocate(sizeof(SPropValue), &block);
        *values = static_cast<SPropValue*>(block);
        **values = held;
        return answer;
    }
    STDMETHODIMP GetPropList(ULONG flags, SPropTagArray** tags) noexcept override {
        if (FAILED(answer)) return answer;
        void* block = nullptr;
        allocate(CbNewSPropTagArray(2), &block);
        *tags = static_cast<SPropTagArray*>(block);
        (*tags)->cValues = 2;
        (*tags)->aulPropTag[0] = (flags & MAPI_UNICODE) != 0 ? PR_SUBJECT_W : PR_SUBJECT_A;
        (*tags)->aulPropTag[1] = PR_PRIORITY;
        return S_OK;
    }
    STDMETHODIMP SetProps(ULONG count, SPropValue* values,
                          SPropProblemArray** problems) noexcept override {
        if (FAILED(answer)) return answer;
        if (count == 1) held = *values;
        if (problem == S_OK) return S_OK;
        void* block = nullptr;
        allocate(CbNewSPropProblemArray(1), &block);
        *problems = static_cast<SPropProblemArray*>(block);
        (*problems)->cProblem = 1;
        (*problems)->aProblem[0] = {0, values->ulPropTag, problem};
        return S_OK;
    }

    SPropValue held = {};
    HRESULT answer = S_OK;
    SCODE problem = S_OK;
    ULONG asked = 0;
    MAPIALLOCATEBUFFER* allocate = required<MAPIALLOCATEBUFFER>("MAPIAllocateBuffer");

private:
    friend class com::Object<Holder, IMAPIProp>;
    ~Holder() = default;
};

/// Pages: mapi/hrgetoneprop.md, mapi/hrsetoneprop.md, mapi/fpropexists.md
class OneProperty : public testing::Test {
protected:
    com::Ptr<Holder> object = com::make<Holder>();
    decltype(HrGetOneProp)* get = required<decltype(HrGetOneProp)>("HrGetOneProp");
    decltype(HrSetOneProp)* set = required<decltype(HrSetOneProp)>("HrSetOneProp");
    decltype(FPropExists)* exists = required<decltype(FPropExists)>("FPropExists");
    MAPIFREEBUFFER* free_buffer = required<MAPIFREEBUFFER>("MAPIFreeBuffer");
};

TEST_F(OneProperty, IsReadIntoABlockOfItsOwn) {
    object->held = long_value(PR_PRIORITY, 1);
    SPropValue* value = nullptr;
    ASSERT_HR(S_OK, get(object.get(), PR_PRIORITY, &value));
    EXPECT_EQ(PR_PRIORITY, object->asked);
    EXPECT_TRUE(same_value(object->held, *value));
    EXPECT_EQ(0u, free_buffer(value));
}

TEST_F(OneProperty, ThatIsAbsentIsNotFoundWithoutAWarning) {
    object->held = long_value(PROP_TAG(PT_ERROR, PROP_ID(PR_PRIORITY)), MAPI_E_NOT_FOUND);
    object->answer = MAPI_W_ERRORS_RETURNED;
    SPropValue* value = nullptr;
    EXPECT_HR(MAPI_E_NOT_FOUND, get(object.get(), PR_PRIORITY, &value));
    EXPECT_EQ(nullptr, value);
}

TEST_F(OneProperty, ThatCannotBeReadAnswersItsOwnError) {
    UNDECIDED_DIFFERENCE(Wine,
                         "after a warning it answers MAPI_E_NOT_FOUND for any error, the only one "
                         "of mapi/hrgetoneprop.md");
    object->held = long_value(PROP_TAG(PT_ERROR, PROP_ID(PR_BODY)), MAPI_E_NOT_ENOUGH_MEMORY);
    object->answer = MAPI_W_ERRORS_RETURNED;
    SPropValue* value = nullptr;
    EXPECT_HR(MAPI_E_NOT_ENOUGH_MEMORY, get(object.get(), PR_BODY_A, &value));
}

TEST_F(OneProperty, ThatIsReadWithAWarningIsASuccess) {
    KNOWN_DIFFERENCE(Wine, "mapi/hrgetoneprop.md", "it takes a warning for a failure");
    object->held = long_value(PR_PRIORITY, 1);
    object->answer = MAPI_W_ERRORS_RETURNED;
    SPropValue* value = nullptr;
    EXPECT_HR(S_OK, get(object.get(), PR_PRIORITY, &value));
    free_buffer(value);
}

TEST_F(OneProperty, OfAFailingObjectAnswersTheObjectsError) {
    object->answer = MAPI_E_NO_ACCESS;
    SPropValue value = long_value(PR_PRIORITY, 1);
    SPropValue* read = nullptr;
    EXPECT_HR(MAPI_E_NO_ACCESS, get(object.get(), PR_PRIORITY, &read));
    EXPECT_HR(MAPI_E_NO_ACCESS, set(object.get(), &value));
}

TEST_F(OneProperty, NeedsAnObjectAndAPlaceForTheAnswer) {
    UNDECIDED_DIFFERENCE(Wine, "it follows null pointers");
    SPropValue value = long_value(PR_PRIORITY, 1);
    SPropValue* read = &value;
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, get(nullptr, PR_PRIORITY, &read));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, get(object.get(), PR_PRIORITY, nullptr));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, set(nullptr, &value));
    EXPECT_HR(MAPI_E_INVALID_PARAMETER, set(object.get(), nullptr));
}

TEST_F(OneProperty, IsSet) {
    SPropValue value = long_value(PR_PRIORITY, -1);
    EXPECT_HR(S_OK, set(object.get(), &value));
    EXPECT_TRUE(same_value(value, object->held));
}

TEST_F(OneProperty, ThatCannotBeSetAnswersItsProblem) {
    KNOWN_DIFFERENCE(Wine, "mapi/hrsetoneprop.md", "it leaves problems aside");
    SPropValue value = long_value(PR_PRIORITY, -1);
    object->problem = MAPI_E_COMPUTED;
    EXPECT_HR(MAPI_E_COMPUTED, set(object.get(), &value));
    object->problem = S_OK;
    EXPECT_HR(S_OK, set(object.get(), &value));
}

TEST_F(OneProperty, ExistsWithItsWholeTag) {
    EXPECT_TRUE(exists(object.get(), PR_PRIORITY));
    EXPECT_FALSE(exists(object.get(), CHANGE_PROP_TYPE(PR_PRIORITY, PT_I2)));
    EXPECT_FALSE(exists(object.get(), PR_IMPORTANCE));
}

TEST_F(OneProperty, ExistsWithAnyTypeWhenNoneIsSaid) {
    KNOWN_DIFFERENCE(Wine, "mapi/fpropexists.md", "it compares the types, too");
    EXPECT_TRUE(exists(object.get(), CHANGE_PROP_TYPE(PR_PRIORITY, PT_UNSPECIFIED)));
    EXPECT_FALSE(exists(object.get(), CHANGE_PROP_TYPE(PR_IMPORTANCE, PT_UNSPECIFIED)));
}

TEST_F(OneProperty, ExistsInBothWidthsOfText) {
    UNDECIDED_DIFFERENCE(Wine, "it asks for the tags of one width");
    EXPECT_TRUE(exists(object.get(), PR_SUBJECT_A));
    EXPECT_TRUE(exists(object.get(), PR_SUBJECT_W));
    EXPECT_FALSE(exists(object.get(), PR_BODY_W));
}

TEST_F(OneProperty, OfAnObjectThatCannotSayDoesNotExist) {
    UNDECIDED_DIFFERENCE(Wine, "it follows null pointers");
    EXPECT_TRUE(exists(object.get(), PR_PRIORITY));
    object->answer = MAPI_E_NO_ACCESS;
    EXPECT_FALSE(exists(object.get(), PR_PRIORITY));
    EXPECT_FALSE(exists(nullptr, PR_PRIORITY));
}

}  // namespace
}  // namespace remapi::test
