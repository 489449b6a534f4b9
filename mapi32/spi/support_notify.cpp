// SPDX-License-Identifier: LGPL-2.1-or-later
#include <cstring>

#include "abi/guard.h"
#include "abi/remapi_tags.h"
#include "port/fault_point.h"
#include "spi/notify_engine.h"
#include "spi/support_object.h"

namespace remapi::spi {
namespace {

BytesView view_key(const NOTIFKEY& key) noexcept {
    return view_bytes(key.ab, key.cb);
}

// With or without the zero at its end.
bool is_outgoing_queue(BytesView key) noexcept {
    const std::size_t length = sizeof kOutgoingQueueKey - 1;
    if (key.size() != length && key.size() != length + 1) return false;
    return std::memcmp(key.data(), kOutgoingQueueKey, key.size()) == 0;
}

}  // namespace

// Page: mapi/imapisupport-subscribe.md
STDMETHODIMP Support::Subscribe(LPNOTIFKEY key, ULONG event_mask, ULONG flags,
                                LPMAPIADVISESINK sink, ULONG_PTR* connection) noexcept {
    return abi::guard("IMAPISupport::Subscribe", [&]() -> HRESULT {
        if (!serves_provider()) return lacking("IMAPISupport::Subscribe");
        if (!key || !sink || !connection) return MAPI_E_INVALID_PARAMETER;
        *connection = 0;
        if ((flags & ~NOTIFY_SYNC) != 0) return MAPI_E_UNKNOWN_FLAGS;
        const ULONG_PTR made =
            NotifyEngine::the().subscribe(view_key(*key), event_mask, flags, sink);
        {
            const port::Lock lock(m_mutex);
            m_connections.insert(made);
        }
        *connection = made;
        return S_OK;
    });
}

// Page: mapi/imapisupport-unsubscribe.md
STDMETHODIMP Support::Unsubscribe(ULONG_PTR connection) noexcept {
    return abi::guard("IMAPISupport::Unsubscribe", [&]() -> HRESULT {
        if (!serves_provider()) return lacking("IMAPISupport::Unsubscribe");
        {
            const port::Lock lock(m_mutex);
            if (m_connections.erase(connection) == 0) return MAPI_E_NOT_FOUND;
        }
        return NotifyEngine::the().unsubscribe(connection) ? S_OK : MAPI_E_NOT_FOUND;
    });
}

// Page: mapi/imapisupport-notify.md
STDMETHODIMP Support::Notify(LPNOTIFKEY key, ULONG count, LPNOTIFICATION events,
                             ULONG* flags) noexcept {
    return abi::guard("IMAPISupport::Notify", [&]() -> HRESULT {
        if (!serves_provider()) return lacking("IMAPISupport::Notify");
        if (!key || (count != 0 && !events)) return MAPI_E_INVALID_PARAMETER;
        if (flags) {
            if ((*flags & ~MAPI_UNICODE) != 0) return MAPI_E_UNKNOWN_FLAGS;
            *flags = 0;
        }
        const ULONG answer = NotifyEngine::the().notify(view_key(*key), {events, count});
        if (flags) *flags = answer;
        if (is_outgoing_queue(view_key(*key))) {
            port::fault_point("notify.before-start");
            host()->start_spooler();
        }
        return S_OK;
    });
}

}  // namespace remapi::spi
