// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The address book providers of a session.
#pragma once

#include "port/mutex.h"
#include "session/profile/services.h"
#include "spi/address_book_logon.h"

namespace remapi::session {

class SessionCore;

/// Any thread.
class AddressBooks {
public:
    explicit AddressBooks(SessionCore& core) : m_core(core) {}

    /// Logs on to every address book provider of the profile that is not yet.
    /// @param flags  AB_NO_DIALOG
    /// Returns S_OK, or MAPI_W_ERRORS_RETURNED when one failed; each is logged.
    HRESULT start(ULONG_PTR window, ULONG flags);
    std::vector<std::shared_ptr<spi::AddressBookLogon>> logons() const;
    /// The logon that answers for `entry_id`; null when none does.
    std::shared_ptr<spi::AddressBookLogon> find(BytesView entry_id) const;
    void log_off() noexcept;

private:
    SessionCore& m_core;
    mutable port::Mutex m_mutex;
    std::vector<std::shared_ptr<spi::AddressBookLogon>> m_logons;  ///< guarded by m_mutex
};

}  // namespace remapi::session
