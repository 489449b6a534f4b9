// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/routing.h"

#include <algorithm>

namespace remapi::spi {

void Routing::add(const MAPIUID& uid, ProviderKind kind, const MAPIUID& provider_uid) {
    const port::Lock lock(m_mutex);
    for (const Route& route : m_routes) {
        if (same_uid(route.uid, uid) && same_uid(route.target.provider_uid, provider_uid)) return;
    }
    m_routes.push_back({uid, {kind, provider_uid}});
}

void Routing::remove(const MAPIUID& provider_uid) noexcept {
    const port::Lock lock(m_mutex);
    std::erase_if(m_routes, [&](const Route& route) {
        return same_uid(route.target.provider_uid, provider_uid);
    });
}

std::vector<Routing::Target> Routing::find(const MAPIUID& uid) const {
    std::vector<Target> found;
    const port::Lock lock(m_mutex);
    for (const Route& route : m_routes) {
        if (same_uid(route.uid, uid)) found.push_back(route.target);
    }
    return found;
}

std::vector<Routing::Target> Routing::find_entry(BytesView entry_id) const {
    const auto uid = format::entry_id_uid(entry_id);
    return uid ? find(*uid) : std::vector<Target>();
}

}  // namespace remapi::spi
