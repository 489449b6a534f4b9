// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Not for 32-bit x86, whose parameters lie on the stack anyway: nothing of this is exported there.
#include <cstdarg>

#include "abi/mapival.h"
#include "compat-tests/conformance/property_values.h"

namespace remapi::test {
namespace {

/// The forms that a macro calls on everything but 32-bit x86. Page: mapi/validateparms.md
class PassedParameters : public testing::Test {
protected:
    using Variadic = HRESULT STDAPIVCALLTYPE(METHODS, ...);
    using OfList = HRESULT STDAPIVCALLTYPE(METHODS, va_list);

    void SetUp() override {
        variadic = required<Variadic>("HrValidateParametersV");
        of_list = required<OfList>("HrValidateParametersValist");
    }
    HRESULT passed_on(METHODS method, ...) {
        va_list arguments;
        va_start(arguments, method);
        const HRESULT hr = of_list(method, arguments);
        va_end(arguments);
        return hr;
    }

    Variadic* variadic = nullptr;
    OfList* of_list = nullptr;
    ULONG m_number = 0;
    void* m_pointer = nullptr;
};

TEST_F(PassedParameters, AreCheckedBehindTheObject) {
    void* const object = this;
    void* const none = nullptr;
    EXPECT_HR(S_OK, variadic(IMAPITable_GetRowCount, object, ULONG{0}, &m_number));
    EXPECT_HR(MAPI_E_CALL_FAILED, variadic(IMAPITable_GetRowCount, object, ULONG{0}, none));
    SPropValue value = long_value(tag_of(PT_LONG), 1);
    EXPECT_HR(S_OK, variadic(IMAPIProp_SetProps, object, ULONG{1}, &value, none));
    EXPECT_HR(MAPI_E_CALL_FAILED, variadic(IMAPIProp_SetProps, object, ULONG{1}, none, none));
    LARGE_INTEGER place = {};
    EXPECT_HR(S_OK, variadic(IStream_Seek, object, place, ULONG{0}, &m_pointer));
    EXPECT_HR(MAPI_E_CALL_FAILED, variadic(IStream_Seek, object, place, ULONG{0},
                                           reinterpret_cast<void*>(std::uintptr_t{16})));
}

TEST_F(PassedParameters, AreCheckedInAListToo) {
    void* const object = this;
    void* const none = nullptr;
    EXPECT_HR(S_OK, passed_on(IMAPITable_GetRowCount, object, ULONG{0}, &m_number));
    EXPECT_HR(MAPI_E_CALL_FAILED, passed_on(IMAPITable_GetRowCount, object, ULONG{0}, none));
    EXPECT_HR(MAPI_E_CALL_FAILED,
              passed_on(static_cast<METHODS>(IMAPIAdviseSink_OnNotify + 1), object));
}

}  // namespace
}  // namespace remapi::test
