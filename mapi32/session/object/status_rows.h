// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The status table: one row for the subsystem, the spooler and the address book, and one for every
// provider that gave one. Pages: mapi/status-tables.md, mapi/mapi-status-objects.md
#pragma once

#include <memory>
#include <span>

#include "object/table/table_data.h"
#include "port/mutex.h"
#include "spi/provider.h"

namespace remapi::session {

class SessionCore;

/// Any thread.
class StatusRows {
public:
    explicit StatusRows(SessionCore& core);

    std::shared_ptr<object::TableData> table() const { return m_table; }
    /// IMAPISupport::ModifyStatusRow: adds a provider's row, or merges values into it.
    void modify(const spi::ProviderIdentity& provider, std::span<const SPropValue> values,
                bool update);
    /// Whether `entry_id` is the PR_ENTRYID of a row of this table.
    static bool owns(BytesView entry_id) noexcept;
    /// Opens the status object of a row. Errors: MAPI_E_NOT_FOUND, what the provider answers.
    com::Ptr<IUnknown> open(BytesView entry_id, const IID* iid, ULONG flags);

    /// Who uses the session: PR_IDENTITY_ENTRYID of the row that is marked as the primary identity,
    /// else the first there is. Empty when no row has one.
    Bytes identity() const;

private:
    void add_own(ULONG type, StringView name, ULONG status, const MAPIUID& uid);

    SessionCore& m_core;
    const std::shared_ptr<object::TableData> m_table;
};

}  // namespace remapi::session
