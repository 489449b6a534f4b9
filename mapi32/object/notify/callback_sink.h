// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <functional>

#include "abi/guard.h"
#include "com/object.h"

namespace remapi::object {

/// Hands notifications to a C++ callable, on whichever thread the provider notifies from.
/// Page: mapi/imapiadvisesink-onnotify.md
class CallbackSink final : public com::Object<CallbackSink, IMAPIAdviseSink> {
public:
    using Interfaces = com::Answers<IMAPIAdviseSink>;
    using Callback = std::function<void(const NOTIFICATION* events, ULONG count)>;

    explicit CallbackSink(Callback callback) : m_callback(std::move(callback)) {}

    STDMETHODIMP_(ULONG) OnNotify(ULONG count, LPNOTIFICATION events) noexcept override {
        return static_cast<ULONG>(abi::guard("IMAPIAdviseSink::OnNotify", [&]() -> HRESULT {
            m_callback(events, count);
            return S_OK;
        }));
    }

private:
    friend class com::Object<CallbackSink, IMAPIAdviseSink>;
    ~CallbackSink() = default;

    Callback m_callback;
};

}  // namespace remapi::object
