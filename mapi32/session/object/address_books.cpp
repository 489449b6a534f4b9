// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/object/address_books.h"

#include <algorithm>

#include "format/entry_id.h"
#include "log/log.h"
#include "session/object/core.h"

namespace remapi::session {

HRESULT AddressBooks::start(ULONG_PTR window, ULONG flags) {
    HRESULT result = S_OK;
    for (const MAPIUID& uid : provider_uids(m_core.profile(), spi::ProviderKind::AddressBook)) {
        const auto present = logons();
        if (std::any_of(present.begin(), present.end(), [&](const auto& logon) {
                return format::same_uid(logon->provider().uid, uid);
            })) {
            continue;
        }
        try {
            spi::AddressBookLogonRequest request;
            request.host = m_core.host();
            request.provider = identity_of_provider(m_core.profile(), uid);
            request.profile_name = m_core.profile().name();
            request.ui_param = window;
            request.flags = flags;
            std::shared_ptr<spi::AddressBookLogon> logon = spi::AddressBookLogon::log_on(request);
            const port::Lock lock(m_mutex);
            m_logons.push_back(std::move(logon));
        } catch (const Error& error) {
            REMAPI_WARN(Session, "an address book is left out of this session: %s", error.what());
            result = MAPI_W_ERRORS_RETURNED;
        }
    }
    return result;
}

std::vector<std::shared_ptr<spi::AddressBookLogon>> AddressBooks::logons() const {
    const port::Lock lock(m_mutex);
    return m_logons;
}

std::shared_ptr<spi::AddressBookLogon> AddressBooks::find(BytesView entry_id) const {
    const std::optional<MAPIUID> uid = format::entry_id_uid(entry_id);
    if (!uid) return nullptr;
    for (const spi::Routing::Target& target : m_core.routing().find(*uid)) {
        if (target.kind != spi::ProviderKind::AddressBook) continue;
        for (const auto& logon : logons()) {
            if (format::same_uid(logon->provider().uid, target.provider_uid)) return logon;
        }
    }
    return nullptr;
}

void AddressBooks::log_off() noexcept {
    std::vector<std::shared_ptr<spi::AddressBookLogon>> logons;
    {
        const port::Lock lock(m_mutex);
        logons.swap(m_logons);
    }
    for (const auto& logon : logons) logon->log_off();
}

}  // namespace remapi::session
