// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The transports of a session, for what a client asks about them: address types, status, identity.
// Sending is the spooler's business, which logs on to them itself.
#pragma once

#include "port/mutex.h"
#include "session/profile/services.h"
#include "spi/transport_logon.h"

namespace remapi::session {

class SessionCore;

/// Any thread. Transports are logged on without connecting, at the first question.
class Transports {
public:
    explicit Transports(SessionCore& core) : m_core(core) {}

    /// Logs on to every transport of the profile that is not yet; those that fail are logged and
    /// left out. Does nothing in a session without mail.
    void start();
    std::vector<std::shared_ptr<spi::TransportLogon>> logons() const;
    /// Every address type that one of them takes, each once, in the order of the transports.
    std::vector<String> address_types();
    void log_off() noexcept;

private:
    SessionCore& m_core;
    mutable port::Mutex m_mutex;
    bool m_started = false;                                      ///< guarded by m_mutex
    std::vector<std::shared_ptr<spi::TransportLogon>> m_logons;  ///< guarded by m_mutex
};

}  // namespace remapi::session
