// SPDX-License-Identifier: LGPL-2.1-or-later
#include "com/object.h"

#include <gtest/gtest.h>

#include "abi/guard.h"
#include "com/children.h"

namespace remapi::com {
namespace {

class Sink final : public Object<Sink, IMAPIAdviseSink> {
public:
    using Interfaces = Answers<IMAPIAdviseSink>;
    explicit Sink(ULONG* calls) : m_calls(calls) {}
    STDMETHODIMP_(ULONG) OnNotify(ULONG count, LPNOTIFICATION) noexcept override {
        *m_calls += count;
        return 0;
    }

private:
    friend class Object<Sink, IMAPIAdviseSink>;
    ~Sink() = default;
    ULONG* m_calls;
};

TEST(Object, CountsReferencesAndLives) {
    const long before = live_objects();
    ULONG calls = 0;
    Ptr<Sink> sink = make<Sink>(&calls);
    EXPECT_EQ(before + 1, live_objects());
    EXPECT_EQ(2u, sink->AddRef());
    EXPECT_EQ(1u, sink->Release());
    sink->OnNotify(3, nullptr);
    EXPECT_EQ(3u, calls);
    sink.reset();
    EXPECT_EQ(before, live_objects());
}

TEST(Object, AnswersWhatItLists) {
    ULONG calls = 0;
    Ptr<Sink> sink = make<Sink>(&calls);
    EXPECT_TRUE(query<IMAPIAdviseSink>(sink.get()));
    EXPECT_TRUE(query<IUnknown>(sink.get()));
    void* none = &none;
    EXPECT_EQ(MAPI_E_INTERFACE_NOT_SUPPORTED, sink->QueryInterface(IID_IMAPIProp, &none));
    EXPECT_EQ(nullptr, none);
    EXPECT_EQ(MAPI_E_INVALID_PARAMETER, sink->QueryInterface(IID_IUnknown, nullptr));
}

TEST(Children, ASnapshotHoldsTheLivingOnly) {
    Children<Sink> children;
    ULONG calls = 0;
    Ptr<Sink> first = make<Sink>(&calls);
    Ptr<Sink> second = make<Sink>(&calls);
    children.join(first.get());
    children.join(second.get());
    EXPECT_EQ(2u, children.snapshot().size());
    children.leave(first.get());
    const auto left = children.snapshot();
    ASSERT_EQ(1u, left.size());
    EXPECT_EQ(second.get(), left[0].get());
}

TEST(Guard, TranslatesWhatIsThrown) {
    EXPECT_EQ(MAPI_E_NOT_FOUND,
              abi::guard("t", []() -> HRESULT { throw Error(MAPI_E_NOT_FOUND, "x"); }));
    EXPECT_EQ(MAPI_E_NOT_ENOUGH_MEMORY,
              abi::guard("t", []() -> HRESULT { throw std::bad_alloc(); }));
    EXPECT_EQ(MAPI_E_CALL_FAILED, abi::guard("t", []() -> HRESULT { throw 1; }));
    EXPECT_EQ(static_cast<ULONG>(MAPI_E_LOGIN_FAILURE),
              abi::guard_simple("t", []() -> ULONG { throw Error(MAPI_E_LOGON_FAILED, "x"); }));
    EXPECT_EQ(static_cast<ULONG>(MAPI_E_FAILURE),
              abi::guard_simple("t", []() -> ULONG { throw Error(MAPI_E_CALL_FAILED, "x"); }));
}

}  // namespace
}  // namespace remapi::com
