// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/object/status_rows.h"

#include "format/entry_id.h"
#include "log/log.h"
#include "object/props/abi_value.h"
#include "session/object/core.h"
#include "session/object/status_object.h"
#include "spi/provider_call.h"

namespace remapi::session {
namespace {

using format::same_uid;

/// The UID of status rows' entry ids, which hold for one session. What follows it names the row:
/// the provider's UID, or one of the three below.
constexpr MAPIUID kStatusUid = {{0x0D, 0x5B, 0xC9, 0x1E, 0x64, 0x3A, 0x4F, 0x27, 0x9C, 0x70, 0x52,
                                 0x45, 0x4D, 0x41, 0x50, 0x49}};
constexpr MAPIUID kSubsystemRow = {{1}};
constexpr MAPIUID kSpoolerRow = {{2}};
constexpr MAPIUID kAddressBookRow = {{3}};

std::vector<ULONG> status_columns() {
    return {PR_INSTANCE_KEY,
            PR_ROWID,
            PR_ENTRYID,
            PR_OBJECT_TYPE,
            PR_DISPLAY_NAME_W,
            PR_STATUS_CODE,
            PR_RESOURCE_METHODS,
            PR_PROVIDER_DLL_NAME_W,
            PR_RESOURCE_FLAGS,
            PR_RESOURCE_TYPE,
            PR_IDENTITY_DISPLAY_W,
            PR_IDENTITY_ENTRYID,
            PR_IDENTITY_SEARCH_KEY,
            PR_STATUS_STRING_W};
}

Bytes row_entry_id(const MAPIUID& row) {
    const std::uint8_t flags = MAPI_SHORTTERM | MAPI_NOTRECIP | MAPI_THISSESSION | MAPI_NOW;
    return format::make_entry_id(flags, kStatusUid, view_bytes(row));
}

ULONG resource_type(spi::ProviderKind kind) {
    switch (kind) {
        case spi::ProviderKind::Store:
            return MAPI_STORE_PROVIDER;
        case spi::ProviderKind::AddressBook:
            return MAPI_AB_PROVIDER;
        default:
            return MAPI_TRANSPORT_PROVIDER;
    }
}

/// A status object that the provider of a row makes itself; null when the row is not a provider's.
com::Ptr<IMAPIStatus> open_at_provider(SessionCore& core, const MAPIUID& row, const IID* iid,
                                       ULONG flags) {
    com::Ptr<IMAPIStatus> status;
    ULONG type = 0;
    const auto ask = [&](auto* logon, spi::ModuleRef& module) {
        check(spi::call_provider(module, "OpenStatusEntry",
                                 [&] {
                                     return logon->OpenStatusEntry(
                                         iid, flags, &type, status.template put_as<IMAPIStatus>());
                                 }),
              "OpenStatusEntry");
    };
    for (const auto& logon : core.transports().logons()) {
        if (same_uid(logon->provider().uid, row)) ask(logon->logon(), logon->module());
    }
    for (const auto& logon : core.address_books().logons()) {
        if (same_uid(logon->provider().uid, row)) ask(logon->logon(), logon->module());
    }
    return status;
}

}  // namespace

StatusRows::StatusRows(SessionCore& core)
    : m_core(core), m_table(std::make_shared<object::TableData>(status_columns())) {
    const bool without_mail = core.without_mail();
    add_own(MAPI_SUBSYSTEM, REMAPI_W("MAPI Subsystem"), STATUS_AVAILABLE, kSubsystemRow);
    add_own(MAPI_SPOOLER, REMAPI_W("MAPI Spooler"),
            without_mail ? STATUS_FAILURE : STATUS_AVAILABLE, kSpoolerRow);
    add_own(MAPI_AB, REMAPI_W("MAPI Address Book"), STATUS_AVAILABLE, kAddressBookRow);
}

void StatusRows::add_own(ULONG type, StringView name, ULONG status, const MAPIUID& uid) {
    m_table->add(PropertyBag{{PR_ROWID, static_cast<ULONG>(m_table->size() + 1)},
                             {PR_ENTRYID, row_entry_id(uid)},
                             {PR_OBJECT_TYPE, MAPI_STATUS},
                             {PR_DISPLAY_NAME_W, name},
                             {PR_STATUS_CODE, status},
                             {PR_RESOURCE_METHODS, 0},
                             {PR_PROVIDER_DLL_NAME_W, REMAPI_W("mapi.dll")},
                             {PR_RESOURCE_FLAGS, STATUS_NO_PRIMARY_IDENTITY},
                             {PR_RESOURCE_TYPE, type}});
}

void StatusRows::modify(const spi::ProviderIdentity& provider, std::span<const SPropValue> values,
                        bool update) {
    const PropValue id(PR_ENTRYID, row_entry_id(provider.uid));
    const std::optional<object::RowKey> key = m_table->find(id);
    const object::RowPtr old = key ? m_table->row(*key) : nullptr;
    PropertyBag row;
    if (old && update) row = *old;
    for (const PropValue& value : object::from_abi(narrow_size(values.size()), values.data())) {
        if (!value.is_error()) row.set(value.with_tag(object::stored_tag(value.tag())));
    }
    const PropertyBag section = m_core.profile().read_if_any(provider.uid);
    if (!row.find(PR_RESOURCE_FLAGS)) {
        row.set(PropValue(PR_RESOURCE_FLAGS, section.number(PR_RESOURCE_FLAGS)));
    }
    if (!row.find(PR_DISPLAY_NAME_W)) row.set(PropValue(PR_DISPLAY_NAME_W, provider.display_name));
    row.set(PropValue(PR_PROVIDER_DLL_NAME_W, provider.dll_name));
    row.set(PropValue(PR_RESOURCE_TYPE, resource_type(provider.kind)));
    row.set(PropValue(PR_OBJECT_TYPE, MAPI_STATUS));
    row.set(PropValue(PR_PROVIDER_UID, provider.uid));
    row.set(id);
    row.set(PropValue(PR_ROWID, old ? old->number(PR_ROWID) : std::int64_t(m_table->size() + 1)));
    if (old) {
        m_table->modify(*key, std::move(row));
    } else {
        m_table->add(std::move(row));
    }
}

bool StatusRows::owns(BytesView entry_id) noexcept {
    return format::entry_id_has_uid(entry_id, kStatusUid);
}

com::Ptr<IUnknown> StatusRows::open(BytesView entry_id, const IID* iid, ULONG flags) {
    const std::optional<object::RowKey> key =
        m_table->find(PropValue(PR_ENTRYID, to_bytes(entry_id)));
    const object::RowPtr row = key ? m_table->row(*key) : nullptr;
    if (!row) throw Error(MAPI_E_NOT_FOUND, "no row of the status table has this entry id");
    const BytesView rest = format::entry_id_rest(entry_id);
    MAPIUID uid = {};
    std::memcpy(&uid, rest.data(), std::min(rest.size(), sizeof uid));
    if (com::Ptr<IMAPIStatus> status = open_at_provider(m_core, uid, iid, flags & MAPI_MODIFY)) {
        return status;
    }
    const bool known =
        !iid || IsEqualGUID(*iid, IID_IMAPIStatus) || IsEqualGUID(*iid, IID_IMAPIProp);
    if (!known) throw Error(MAPI_E_INTERFACE_NOT_SUPPORTED, "a status object as another interface");
    return com::make<StatusObject>(*row);
}

Bytes StatusRows::identity() const {
    Bytes first;
    for (const object::RowKey key : m_table->keys()) {
        const object::RowPtr row = m_table->row(key);
        if (!row) continue;
        const BytesView id = row->bytes(PR_IDENTITY_ENTRYID);
        if (id.empty()) continue;
        if (row->number(PR_RESOURCE_FLAGS) & STATUS_PRIMARY_IDENTITY) return to_bytes(id);
        if (first.empty()) first = to_bytes(id);
    }
    return first;
}

}  // namespace remapi::session
