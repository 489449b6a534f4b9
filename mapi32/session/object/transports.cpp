// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/object/transports.h"

#include <algorithm>

#include "log/log.h"
#include "session/object/core.h"

namespace remapi::session {

void Transports::start() {
    {
        const port::Lock lock(m_mutex);
        if (m_started || m_core.without_mail()) return;
        m_started = true;  // a second thread goes on without waiting: what it sees grows
    }
    for (const MAPIUID& uid : provider_uids(m_core.profile(), spi::ProviderKind::Transport)) {
        try {
            spi::TransportLogonRequest request;
            request.host = m_core.host();
            request.provider = identity_of_provider(m_core.profile(), uid);
            request.profile_name = m_core.profile().name();
            request.flags =
                LOGON_NO_DIALOG | LOGON_NO_CONNECT | LOGON_NO_INBOUND | LOGON_NO_OUTBOUND;
            std::shared_ptr<spi::TransportLogon> logon = spi::TransportLogon::log_on(request);
            const port::Lock lock(m_mutex);
            m_logons.push_back(std::move(logon));
        } catch (const Error& error) {
            REMAPI_WARN(Session, "a transport is left out of this session: %s", error.what());
        }
    }
}

std::vector<std::shared_ptr<spi::TransportLogon>> Transports::logons() const {
    const port::Lock lock(m_mutex);
    return m_logons;
}

std::vector<String> Transports::address_types() {
    start();
    std::vector<String> types;
    for (const auto& logon : logons()) {
        for (const String& type : logon->address_types()) {
            if (std::find(types.begin(), types.end(), type) == types.end()) types.push_back(type);
        }
    }
    return types;
}

void Transports::log_off() noexcept {
    std::vector<std::shared_ptr<spi::TransportLogon>> logons;
    {
        const port::Lock lock(m_mutex);
        logons.swap(m_logons);
    }
    for (const auto& logon : logons) logon->log_off();
}

}  // namespace remapi::session
