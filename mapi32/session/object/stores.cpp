// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/object/stores.h"

#include <algorithm>

#include "format/entry_id.h"
#include "format/guid.h"
#include "format/wrapped_entry_id.h"
#include "log/log.h"
#include "object/props/abi_value.h"
#include "object/props/tag_array.h"
#include "session/flags.h"
#include "session/object/core.h"
#include "session/profile/section_object.h"
#include "spi/provider_call.h"
#include "text/text.h"

namespace remapi::session {
namespace {

using format::same_uid;

/// The flags that make one logon unlike another.
constexpr ULONG kAccessFlags = MDB_WRITE | MAPI_BEST_ACCESS | MDB_NO_MAIL | kStoreOnline;

std::vector<ULONG> store_columns() {
    return {PR_INSTANCE_KEY, PR_DEFAULT_STORE,  PR_RESOURCE_FLAGS,     PR_ENTRYID,
            PR_RECORD_KEY,   PR_DISPLAY_NAME_W, PR_PROVIDER_DISPLAY_W, PR_MDB_PROVIDER,
            PR_OBJECT_TYPE,  PR_RESOURCE_TYPE,  PR_PROVIDER_UID};
}

std::string narrow_name(StringView dll_name) {
    return text::to_ansi(dll_name);
}

/// The provider's own part of a store entry id.
Bytes private_part(BytesView entry_id) {
    const std::optional<format::WrappedStoreId> wrapped = format::unwrap_store_entry_id(entry_id);
    return wrapped ? wrapped->private_id : to_bytes(entry_id);
}

/// What names a store whose provider has not told its entry id yet: the provider's section.
Bytes id_of_section(const MAPIUID& provider) {
    return format::make_entry_id(0, provider, {});
}

bool answers(spi::StoreLogon& logon) {
    const object::TagArray wanted{PR_OBJECT_TYPE};
    Buffer<SPropValue> values;
    ULONG count = 0;
    const HRESULT hr = spi::call_provider(logon.module(), "IMsgStore::GetProps", [&] {
        return logon.store()->GetProps(wanted.get(), MAPI_UNICODE, &count, values.put());
    });
    return SUCCEEDED(hr) && count == 1 && values && PROP_TYPE(values[0].ulPropTag) == PT_LONG;
}

}  // namespace

Stores::Stores(SessionCore& core)
    : m_core(core), m_table(std::make_shared<object::TableData>(store_columns())) {
    fill();
}

Bytes Stores::entry_id_of(const MAPIUID& provider, const PropertyBag& section) const {
    const BytesView told = section.bytes(PR_ENTRYID);
    if (format::is_wrapped_store_id(told)) return to_bytes(told);
    const Bytes own = told.empty() ? id_of_section(provider) : to_bytes(told);
    return format::wrap_store_entry_id(narrow_name(section.text(PR_PROVIDER_DLL_NAME_W)), own);
}

PropertyBag Stores::row_of(const MAPIUID& provider,
                           const std::optional<MAPIUID>& default_provider) const {
    const PropertyBag section = m_core.profile().read(provider);
    PropertyBag row;
    for (const ULONG tag : {PR_DISPLAY_NAME_W, PR_PROVIDER_DISPLAY_W, PR_MDB_PROVIDER,
                            PR_RECORD_KEY, PR_RESOURCE_FLAGS}) {
        if (const PropValue* value = section.find(tag)) row.set(*value);
    }
    row.set(PropValue(PR_PROVIDER_UID, provider));
    row.set(PropValue(PR_ENTRYID, entry_id_of(provider, section)));
    row.set(PropValue(PR_OBJECT_TYPE, MAPI_STORE));
    row.set(PropValue(PR_RESOURCE_TYPE, MAPI_STORE_PROVIDER));
    row.set(PropValue(PR_DEFAULT_STORE, default_provider && same_uid(*default_provider, provider)));
    return row;
}

void Stores::fill() {
    const std::optional<MAPIUID> default_provider = default_store(m_core.profile());
    std::vector<PropertyBag> rows;
    for (const MAPIUID& uid : provider_uids(m_core.profile(), spi::ProviderKind::Store)) {
        rows.push_back(row_of(uid, default_provider));
    }
    m_table->replace_all(std::move(rows));
}

void Stores::list_store(const MAPIUID& provider) {
    if (temporary_section(provider)) return;  // it was asked for without being kept
    const std::optional<object::RowKey> key = m_table->find(PropValue(PR_PROVIDER_UID, provider));
    const PropertyBag fresh = row_of(provider, default_store(m_core.profile()));
    const object::RowPtr old = key ? m_table->row(*key) : nullptr;
    if (!old) {
        m_table->add(fresh);
        return;
    }
    PropertyBag row = *old;  // what the store told when it was opened stays
    for (const PropValue& value : fresh.values()) {
        if (value.id() != PROP_ID(PR_ENTRYID)) row.set(value);
    }
    if (!(row == *old)) m_table->modify(*key, std::move(row));
}

com::Ptr<IProfSect> Stores::temporary_section(const MAPIUID& provider) const {
    const port::Lock lock(m_mutex);
    for (const Temporary& temporary : m_temporary) {
        if (same_uid(temporary.provider, provider)) return temporary.section;
    }
    return nullptr;
}

std::optional<MAPIUID> Stores::find_provider(BytesView entry_id) const {
    const Bytes own = private_part(entry_id);
    const std::vector<MAPIUID> uids = provider_uids(m_core.profile(), spi::ProviderKind::Store);
    for (const MAPIUID& uid : uids) {
        if (equal_bytes(own, id_of_section(uid))) return uid;
        const Bytes listed = entry_id_of(uid, m_core.profile().read_if_any(uid));
        if (equal_bytes(entry_id, listed) || equal_bytes(own, private_part(listed))) return uid;
    }
    for (const auto& logon : logons()) {
        const PropertyBag section = m_core.profile().read_if_any(logon->provider().uid);
        if (section.empty()) continue;
        const Bytes listed = private_part(entry_id_of(logon->provider().uid, section));
        if (logon->same_store(listed, own)) return logon->provider().uid;
    }
    return std::nullopt;
}

spi::ProviderIdentity Stores::make_temporary(BytesView entry_id) {
    const std::optional<format::WrappedStoreId> wrapped = format::unwrap_store_entry_id(entry_id);
    if (!wrapped) throw Error(MAPI_E_NOT_FOUND, "no store of the profile has this entry id");
    spi::ProviderIdentity identity;
    identity.kind = spi::ProviderKind::Store;
    identity.uid = format::new_uid();
    identity.dll_name = text::to_wide(wrapped->dll_name);
    identity.display_name = identity.dll_name;
    PropertyBag values{{PR_PROVIDER_UID, identity.uid},
                       {PR_RESOURCE_TYPE, MAPI_STORE_PROVIDER},
                       {PR_RESOURCE_FLAGS, STATUS_TEMP_SECTION | STATUS_NO_DEFAULT_STORE},
                       {PR_PROVIDER_DLL_NAME_W, identity.dll_name},
                       {PR_OBJECT_TYPE, MAPI_PROFSECT},
                       {PR_PROFILE_NAME_W, m_core.profile().name()}};
    com::Ptr<IProfSect> section = com::make<TemporarySection>(std::move(values));
    const port::Lock lock(m_mutex);
    m_temporary.push_back({identity.uid, std::move(section)});
    return identity;
}

std::shared_ptr<spi::StoreLogon> Stores::find_live(const MAPIUID& provider, ULONG access) const {
    std::vector<Entry> entries;
    {
        const port::Lock lock(m_mutex);
        entries = m_logons;
    }
    for (const Entry& entry : entries) {
        if (entry.access != access || !same_uid(entry.logon->provider().uid, provider)) continue;
        if (answers(*entry.logon)) return entry.logon;  // a client may have logged the store off
    }
    return nullptr;
}

std::shared_ptr<spi::StoreLogon> Stores::log_on(const spi::ProviderIdentity& provider,
                                                BytesView private_id, ULONG_PTR window,
                                                ULONG flags) {
    spi::StoreLogonRequest request;
    request.host = m_core.host();
    request.provider = provider;
    request.profile_name = m_core.profile().name();
    request.entry_id.assign(private_id.begin(), private_id.end());
    request.ui_param = window;
    request.flags = flags;
    if (m_core.flags() & MAPI_NT_SERVICE) request.flags |= MDB_NO_DIALOG;
    if (m_core.without_mail()) request.flags |= MDB_NO_MAIL;
    std::shared_ptr<spi::StoreLogon> logon = spi::StoreLogon::log_on(request);
    {
        const port::Lock lock(m_mutex);
        m_logons.push_back({flags & kAccessFlags, logon});
    }
    learn_from(*logon);
    return logon;
}

/// The row of a store shows what the store itself says, now that it can be asked.
void Stores::learn_from(spi::StoreLogon& logon) {
    const MAPIUID provider = logon.provider().uid;
    if (temporary_section(provider)) return;
    const object::TagArray wanted{PR_DISPLAY_NAME_W, PR_ENTRYID, PR_RECORD_KEY, PR_MDB_PROVIDER};
    Buffer<SPropValue> values;
    ULONG count = 0;
    const HRESULT hr = spi::call_provider(logon.module(), "IMsgStore::GetProps", [&] {
        return logon.store()->GetProps(wanted.get(), MAPI_UNICODE, &count, values.put());
    });
    const std::optional<object::RowKey> key = m_table->find(PropValue(PR_PROVIDER_UID, provider));
    if (FAILED(hr) || !key) return;
    const object::RowPtr old = m_table->row(*key);
    if (!old) return;
    PropertyBag row = *old;
    for (const PropValue& value : object::from_abi(count, values.get())) {
        const bool unwrapped_id = value.id() == PROP_ID(PR_ENTRYID) && !value.is_error() &&
                                  !format::is_wrapped_store_id(value.bytes());
        if (!value.is_error() && !unwrapped_id) row.set(value);
    }
    if (!(row == *old)) m_table->modify(*key, std::move(row));
}

std::shared_ptr<spi::StoreLogon> Stores::open(const StoreOpening& opening) {
    const std::optional<MAPIUID> known = find_provider(opening.entry_id);
    if (known) return open_provider(*known, opening.window, opening.flags);
    const Bytes own = private_part(opening.entry_id);
    return log_on(make_temporary(opening.entry_id), own, opening.window, opening.flags);
}

std::shared_ptr<spi::StoreLogon> Stores::open_provider(const MAPIUID& provider, ULONG_PTR window,
                                                       ULONG flags) {
    if (auto live = find_live(provider, flags & kAccessFlags)) return live;
    const PropertyBag section = m_core.profile().read(provider);
    Bytes own = private_part(entry_id_of(provider, section));
    if (equal_bytes(own, id_of_section(provider))) own.clear();  // the provider's section tells
    return log_on(identity_of_provider(m_core.profile(), provider), own, window, flags);
}

std::vector<std::shared_ptr<spi::StoreLogon>> Stores::logons() const {
    std::vector<std::shared_ptr<spi::StoreLogon>> all;
    const port::Lock lock(m_mutex);
    for (const Entry& entry : m_logons) all.push_back(entry.logon);
    return all;
}

std::vector<std::shared_ptr<spi::StoreLogon>> Stores::logons_of(const MAPIUID& provider) const {
    std::vector<std::shared_ptr<spi::StoreLogon>> found;
    for (const auto& logon : logons()) {
        if (same_uid(logon->provider().uid, provider)) found.insert(found.begin(), logon);
    }
    return found;
}

bool Stores::same_store(BytesView left, BytesView right) const {
    const Bytes own_left = private_part(left);
    const Bytes own_right = private_part(right);
    if (equal_bytes(own_left, own_right)) return true;
    const std::optional<MAPIUID> provider = find_provider(left);
    if (!provider) return false;
    if (find_provider(right) == std::nullopt) return false;
    for (const auto& logon : logons_of(*provider)) return logon->same_store(own_left, own_right);
    return same_uid(*provider, *find_provider(right));
}

void Stores::set_resource_flag(const MAPIUID& provider, ULONG flag, bool exclusive,
                               bool in_profile) {
    for (const object::RowKey key : m_table->keys()) {
        const object::RowPtr row = m_table->row(key);
        if (!row) continue;
        const bool chosen = equal_bytes(row->bytes(PR_PROVIDER_UID), view_bytes(provider));
        if (!chosen && !exclusive) continue;
        const ULONG old = static_cast<ULONG>(row->number(PR_RESOURCE_FLAGS));
        const ULONG wanted = chosen ? old | flag : old & ~flag;
        if (wanted == old) continue;
        PropertyBag changed = *row;
        changed.set(PropValue(PR_RESOURCE_FLAGS, wanted));
        MAPIUID uid;
        std::memcpy(&uid, row->bytes(PR_PROVIDER_UID).data(), sizeof uid);
        if (in_profile) m_core.profile().write(uid, PropValue(PR_RESOURCE_FLAGS, wanted));
        m_table->modify(key, std::move(changed));
    }
}

void Stores::choose(ULONG choice, BytesView entry_id) {
    std::optional<MAPIUID> provider;
    if (!entry_id.empty()) {
        provider = find_provider(entry_id);
        if (!provider) throw Error(MAPI_E_NOT_FOUND, "no store of the profile has this entry id");
    }
    const MAPIUID uid = provider.value_or(MAPIUID{});
    switch (choice) {
        case MAPI_DEFAULT_STORE:
            set_default_store(m_core.profile(), provider);
            for (const MAPIUID& store : provider_uids(m_core.profile(), spi::ProviderKind::Store)) {
                list_store(store);
            }
            return;
        case MAPI_PRIMARY_STORE:
            set_resource_flag(uid, STATUS_PRIMARY_STORE, true, true);
            return;
        case MAPI_SECONDARY_STORE:
            set_resource_flag(uid, STATUS_SECONDARY_STORE, true, true);
            return;
        case MAPI_SIMPLE_STORE_PERMANENT:
            set_resource_flag(uid, STATUS_SIMPLE_STORE, true, true);
            return;
        case MAPI_SIMPLE_STORE_TEMPORARY:
            set_resource_flag(uid, STATUS_SIMPLE_STORE, true, false);
            return;
        default:
            throw Error(MAPI_E_UNKNOWN_FLAGS, "IMAPISession::SetDefaultStore");
    }
}

void Stores::log_off() noexcept {
    std::vector<Entry> entries;
    {
        const port::Lock lock(m_mutex);
        entries.swap(m_logons);
    }
    for (const Entry& entry : entries) entry.logon->log_off();
}

}  // namespace remapi::session
