// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Which provider of a session owns an entry id: bytes 4 to 19 of it are an identifier that the
// provider registered by IMAPISupport::SetProviderUID. Page:
// mapi/registering-service-provider-unique-identifiers.md
#pragma once

#include <vector>

#include "port/mutex.h"
#include "spi/provider.h"

namespace remapi::spi {

/// The routes of one session. Any thread.
class Routing {
public:
    /// Entry ids with `uid` go to the provider `provider_uid` (PR_PROVIDER_UID). A repeated pair is
    /// kept once; several providers may share an identifier.
    void add(const MAPIUID& uid, ProviderKind kind, const MAPIUID& provider_uid);
    /// Forgets every route to a provider.
    void remove(const MAPIUID& provider_uid) noexcept;

    struct Target {
        ProviderKind kind;
        MAPIUID provider_uid;
    };
    /// The providers of an identifier in order of registration; empty when nobody claimed it.
    std::vector<Target> find(const MAPIUID& uid) const;
    /// The same for an entry id; one that is too short belongs to nobody.
    std::vector<Target> find_entry(BytesView entry_id) const;

private:
    struct Route {
        MAPIUID uid;
        Target target;
    };
    mutable port::Mutex m_mutex;
    std::vector<Route> m_routes;
};

}  // namespace remapi::spi
