// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/object/core.h"

#include "log/log.h"
#include "session/object/host.h"
#include "session/object/session_object.h"

namespace remapi::session {

SessionCore::SessionCore(Profile profile, FLAGS flags)
    : m_profile(std::move(profile)),
      m_use(m_profile.name()),
      m_flags(flags),
      m_stores(*this),
      m_transports(*this),
      m_address_books(*this),
      m_status(*this) {}

SessionCore::~SessionCore() {
    end();
}

std::shared_ptr<spi::SupportHost> SessionCore::host() {
    const port::Lock lock(m_mutex);
    if (!m_host) m_host = make_session_host(weak_from_this());
    return m_host;
}

void SessionCore::add_preprocessor(const spi::Preprocessor& preprocessor) {
    const port::Lock lock(m_mutex);
    m_preprocessors.push_back(preprocessor);
}

std::vector<spi::Preprocessor> SessionCore::preprocessors() const {
    const port::Lock lock(m_mutex);
    return m_preprocessors;
}

bool SessionCore::join() noexcept {
    const port::Lock lock(m_mutex);
    if (m_ended) return false;
    ++m_clients;
    return true;
}

void SessionCore::leave(bool shared) noexcept {
    if (shared) tell_clients(MAPI_E_END_OF_SESSION, fnevCriticalError);
    tell_clients(S_OK, fnevExtended);
    {
        const port::Lock lock(m_mutex);
        if (--m_clients != 0) return;
        m_ended = true;
    }
    end();
}

bool SessionCore::has_ended() const noexcept {
    const port::Lock lock(m_mutex);
    return m_ended;
}

com::Ptr<IMAPISession> SessionCore::make_session_object(bool client) {
    return com::make<SessionObject>(shared_from_this(), client);
}

void SessionCore::tell_clients(SCODE code, ULONG events) noexcept {
    NOTIFICATION notification = {};
    notification.ulEventType = events;
    if (events == fnevCriticalError) notification.info.err.scode = code;
    abi::guard("session notification", [&]() -> HRESULT {
        m_subscriptions.deliver(notification);
        return S_OK;
    });
}

void SessionCore::end() noexcept {
    // In the order of the specification's fast shutdown: transports, address books, stores.
    m_transports.log_off();
    m_address_books.log_off();
    m_stores.log_off();
    abi::guard("end of a session", [&]() -> HRESULT {
        m_subscriptions.clear();
        return S_OK;
    });
}

}  // namespace remapi::session
