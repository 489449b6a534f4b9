// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The message stores of a session: the message store table, and the logons to the stores'
// providers. Pages: mapi/message-store-tables.md, mapi/imapisession-openmsgstore.md
#pragma once

#include <memory>

#include "object/table/table_data.h"
#include "port/mutex.h"
#include "session/profile/services.h"
#include "spi/store_logon.h"

namespace remapi::session {

class SessionCore;

/// How a store is to be opened.
struct StoreOpening {
    Bytes entry_id;  ///< wrapped or the provider's own
    ULONG_PTR window = 0;
    ULONG flags = 0;  ///< MDB_..., MAPI_BEST_ACCESS, MAPI_DEFERRED_ERRORS
};

/// Any thread. Holds no lock while a provider is called.
class Stores {
public:
    /// `core` owns this object.
    explicit Stores(SessionCore& core);

    /// The rows of the message store table; each view follows what changes during the session.
    std::shared_ptr<object::TableData> table() const { return m_table; }

    /// The logon to a store, a new one or one with the same access that was made before.
    /// Throws Error(MAPI_E_NOT_FOUND) when no provider answers for the entry id; what the
    /// provider's logon answers (MAPI_E_LOGON_FAILED, MAPI_E_FAILONEPROVIDER ...).
    std::shared_ptr<spi::StoreLogon> open(const StoreOpening& opening);
    /// The same for a provider of the profile.
    std::shared_ptr<spi::StoreLogon> open_provider(const MAPIUID& provider, ULONG_PTR window,
                                                   ULONG flags);

    /// The logons that are open to one provider, the latest first.
    std::vector<std::shared_ptr<spi::StoreLogon>> logons_of(const MAPIUID& provider) const;
    std::vector<std::shared_ptr<spi::StoreLogon>> logons() const;

    /// Whether two store entry ids, wrapped or not, name one store.
    bool same_store(BytesView left, BytesView right) const;

    /// IMAPISession::SetDefaultStore. An empty entry id chooses none.
    void choose(ULONG choice, BytesView entry_id);
    /// Adds or updates a store's row: after IMAPISupport::ModifyProfile and when the profile
    /// changed.
    void list_store(const MAPIUID& provider);

    /// The section of a store that is in no profile; null for one that is in it.
    com::Ptr<IProfSect> temporary_section(const MAPIUID& provider) const;

    /// Logs off every provider.
    void log_off() noexcept;

private:
    struct Entry {
        ULONG access;
        std::shared_ptr<spi::StoreLogon> logon;
    };
    struct Temporary {
        MAPIUID provider;
        com::Ptr<IProfSect> section;
    };

    void fill();
    Bytes entry_id_of(const MAPIUID& provider, const PropertyBag& section) const;
    PropertyBag row_of(const MAPIUID& provider,
                       const std::optional<MAPIUID>& default_provider) const;
    std::optional<MAPIUID> find_provider(BytesView entry_id) const;
    spi::ProviderIdentity make_temporary(BytesView entry_id);
    std::shared_ptr<spi::StoreLogon> log_on(const spi::ProviderIdentity& provider,
                                            BytesView private_id, ULONG_PTR window, ULONG flags);
    std::shared_ptr<spi::StoreLogon> find_live(const MAPIUID& provider, ULONG access) const;
    void learn_from(spi::StoreLogon& logon);
    void set_resource_flag(const MAPIUID& provider, ULONG flag, bool exclusive, bool in_profile);

    SessionCore& m_core;
    const std::shared_ptr<object::TableData> m_table;
    mutable port::Mutex m_mutex;
    std::vector<Entry> m_logons;         ///< guarded by m_mutex
    std::vector<Temporary> m_temporary;  ///< guarded by m_mutex
};

}  // namespace remapi::session
