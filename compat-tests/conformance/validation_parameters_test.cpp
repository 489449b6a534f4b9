// SPDX-License-Identifier: LGPL-2.1-or-later
#include "abi/mapival.h"
#include "compat-tests/conformance/property_values.h"

namespace remapi::test {
namespace {

/// A pointer that leads no_memory.
template <class T>
T* no_memory() {
    return reinterpret_cast<T*>(std::uintptr_t{16});
}

/// HrValidateParameters, which 64-bit Windows knows by its other spelling only.
template <class Function>
Function* copied_form() {
    const Subject& mapi = Subject::the();
    auto* const plain = mapi.find<Function>("HrValidateParameters");
    return plain ? plain : mapi.find<Function>("HrValidateParameters@8");
}

/// Pages: mapi/validateparms.md, mapi/validateparameters.md, mapi/ulvalidateparms.md
class ParameterValidation : public testing::Test {
protected:
    using Slots = std::vector<std::uintptr_t>;
    using OfArray = HRESULT WINAPI(METHODS, void*);

    static std::uintptr_t slot(const void* pointer) {
        return reinterpret_cast<std::uintptr_t>(pointer);
    }
    /// Every form that takes an array and that this kind of system exports answers alike.
    HRESULT answer(METHODS method, Slots arguments) {
        Slots with_object = {slot(&arguments)};
        with_object.insert(with_object.end(), arguments.begin(), arguments.end());
        std::vector<HRESULT> answers;
        if (copied) answers.push_back(copied(method, arguments.data()));
        if (plus_plus) answers.push_back(plus_plus(method, arguments.data()));
        if (plain) answers.push_back(plain(method, with_object.data()));
        if (answers.empty()) {
            ADD_FAILURE() << "no form is exported";
            return E_UNEXPECTED;
        }
        for (const HRESULT one : answers) EXPECT_HR(answers[0], one);
        return answers[0];
    }

    SPropTagArray m_tags = {1, {PR_SUBJECT_W}};
    ULONG m_number = 0;
    void* m_pointer = nullptr;
    // Natively there is no stack to point into, so only the form with a copy is there.
    const Subject& mapi = Subject::the();
    OfArray* plain = mapi.find<OfArray>("__ValidateParameters");
    OfArray* plus_plus = mapi.find<OfArray>("__CPPValidateParameters");
    OfArray* copied = copied_form<OfArray>();
};

TEST_F(ParameterValidation, SoundArgumentsAreValid) {
    const Slots arguments = {slot(&m_tags), 0, slot(&m_number), slot(&m_pointer)};
    EXPECT_HR(S_OK, answer(IMAPIProp_GetProps, arguments));
    EXPECT_HR(S_OK, answer(IMAPIProp_GetProps, {0, 0, slot(&m_number), slot(&m_pointer)}));
    EXPECT_HR(MAPI_E_CALL_FAILED, answer(IMAPIProp_GetProps, {0, 0, 0, slot(&m_pointer)}));
    EXPECT_HR(MAPI_E_CALL_FAILED, answer(IMAPIProp_GetProps, {0, 0, slot(&m_number), 0}));
}

TEST_F(ParameterValidation, PointersThatLeadNowhereAreNot) {
    const std::uintptr_t bad = slot(no_memory<void>());
    EXPECT_HR(MAPI_E_CALL_FAILED,
              answer(IMAPIProp_GetProps, {bad, 0, slot(&m_number), slot(&m_pointer)}));
    m_tags.cValues = 0xFFFFFFF0;
    EXPECT_HR(MAPI_E_CALL_FAILED,
              answer(IMAPIProp_GetProps, {slot(&m_tags), 0, slot(&m_number), slot(&m_pointer)}));
    EXPECT_HR(MAPI_E_CALL_FAILED, answer(IMAPITable_Advise, {0, bad, slot(&m_pointer)}));
    EXPECT_HR(S_OK, answer(IMAPITable_GetRowCount, {0, slot(&m_number)}));
}

TEST_F(ParameterValidation, ValuesAreLookedAt) {
    SPropValue values[] = {long_value(tag_of(PT_LONG), 1), long_value(tag_of(PT_LONG), 2)};
    EXPECT_HR(S_OK, answer(IMAPIProp_SetProps, {2, slot(values), slot(&m_pointer)}));
    EXPECT_HR(S_OK, answer(IMAPIProp_SetProps, {2, slot(values), 0}));
    values[1].ulPropTag = tag_of(0x0123);
    EXPECT_HR(MAPI_E_CALL_FAILED, answer(IMAPIProp_SetProps, {2, slot(values), 0}));
    EXPECT_HR(S_OK, answer(IMAPIProp_SetProps, {1, slot(values), 0}));
}

TEST_F(ParameterValidation, RestrictionsOrdersAndIdentifiersAreLookedAt) {
    auto levels = nested_restrictions(2);
    EXPECT_HR(S_OK, answer(IMAPITable_Restrict, {slot(levels.data()), 0}));
    EXPECT_HR(S_OK, answer(IMAPITable_Restrict, {0, 0}));
    EXPECT_HR(MAPI_E_CALL_FAILED, answer(IMAPITable_FindRow, {0, 0, 0}));
    levels[1].rt = 99;
    EXPECT_HR(MAPI_E_CALL_FAILED, answer(IMAPITable_Restrict, {slot(levels.data()), 0}));
    ULONG order[] = {1, 0, 0, PR_SUBJECT_W, 3};
    EXPECT_HR(MAPI_E_CALL_FAILED, answer(IMAPITable_SortTable, {slot(order), 0}));
    order[4] = TABLE_SORT_ASCEND;
    EXPECT_HR(S_OK, answer(IMAPITable_SortTable, {slot(order), 0}));
    BYTE id[8] = {};
    EXPECT_HR(S_OK, answer(IMsgStore_AbortSubmit, {8, slot(id), 0}));
    EXPECT_HR(MAPI_E_CALL_FAILED, answer(IMsgStore_AbortSubmit, {3, slot(id), 0}));
    EXPECT_HR(S_OK, answer(IMsgStore_OpenEntry, {0, 0, 0, 0, slot(&m_number), slot(&m_pointer)}));
}

TEST_F(ParameterValidation, TextsAreReadInTheWidthOfTheFlags) {
    char text[] = "abc";
    EXPECT_HR(S_OK, answer(IMAPIStatus_ChangePassword, {slot(text), slot(text), 0}));
    WCHAR wide[] = REMAPI_W("abc");
    EXPECT_HR(S_OK, answer(IMAPIStatus_ChangePassword, {slot(wide), slot(wide), MAPI_UNICODE}));
    EXPECT_HR(MAPI_E_CALL_FAILED, answer(IMAPIStatus_ChangePassword, {slot(text), 0, 0}));
}

TEST_F(ParameterValidation, ArgumentsOf64BitsTakeTheirRoom) {
    Slots arguments;
    for (std::size_t i = 0; i < sizeof(LARGE_INTEGER) / sizeof(void*); ++i) arguments.push_back(1);
    arguments.insert(arguments.end(), {STREAM_SEEK_SET, slot(&m_pointer)});
    EXPECT_HR(S_OK, answer(IStream_Seek, arguments));
    arguments.back() = slot(no_memory<void>());
    EXPECT_HR(MAPI_E_CALL_FAILED, answer(IStream_Seek, arguments));
}

TEST_F(ParameterValidation, EveryMethodHasAnAnswerAndNoOtherNumberIsOne) {
    // All null: some pointer is missing, or none is needed.
    Slots none(16, 0);
    for (int method = 0; method <= IMAPIAdviseSink_OnNotify; ++method) {
        const HRESULT hr = answer(static_cast<METHODS>(method), none);
        EXPECT_TRUE(hr == S_OK || hr == MAPI_E_CALL_FAILED) << method;
    }
    EXPECT_HR(S_OK, answer(IUnknown_AddRef, none));
    EXPECT_HR(MAPI_E_CALL_FAILED, answer(IUnknown_QueryInterface, none));
    EXPECT_HR(MAPI_E_CALL_FAILED, answer(static_cast<METHODS>(IMAPIAdviseSink_OnNotify + 1), none));
    EXPECT_HR(MAPI_E_CALL_FAILED, answer(static_cast<METHODS>(0x7FFFFFFF), none));
}

/// The form that a macro calls on 32-bit x86. Page: mapi/validateparms.md
class CopiedParameters : public testing::Test {
protected:
    using OfArray = HRESULT WINAPI(METHODS, void*);
    OfArray* validate = copied_form<OfArray>();
};

TEST_F(CopiedParameters, AreCheckedWithoutTheObject) {
    ASSERT_NE(nullptr, validate);
    ULONG number = 0;
    std::uintptr_t arguments[] = {0, reinterpret_cast<std::uintptr_t>(&number)};
    EXPECT_HR(S_OK, validate(IMAPITable_GetRowCount, arguments));
    arguments[1] = 0;
    EXPECT_HR(MAPI_E_CALL_FAILED, validate(IMAPITable_GetRowCount, arguments));
}

}  // namespace
}  // namespace remapi::test
