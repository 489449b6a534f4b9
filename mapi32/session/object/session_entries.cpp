// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The methods of IMAPISession that find out whose an entry id is.
#include <algorithm>

#include "format/entry_id.h"
#include "format/one_off.h"
#include "format/wrapped_entry_id.h"
#include "session/addressbook/address_book.h"
#include "session/flags.h"
#include "session/object/session_object.h"
#include "spi/provider_call.h"

namespace remapi::session {
namespace {

/// OpenMsgStore's flags for a store that IMAPISession::OpenEntry is asked for.
/// Page: mapi/imapisession-openentry.md
ULONG store_flags(ULONG flags) {
    const ULONG write = flags & MAPI_MODIFY ? MDB_WRITE : 0;
    return MDB_NO_DIALOG | write | (flags & (MAPI_BEST_ACCESS | MAPI_DEFERRED_ERRORS));
}

}  // namespace

HRESULT SessionObject::open_store_entry(SessionCore& session, BytesView entry, const IID* iid,
                                        ULONG flags, ULONG* type, IUnknown** object) {
    const std::optional<MAPIUID> uid = format::entry_id_uid(entry);
    if (!uid) throw Error(MAPI_E_INVALID_ENTRYID, "an entry id that is too short");
    const Bytes id = to_bytes(entry);
    ENTRYID* const raw = reinterpret_cast<ENTRYID*>(const_cast<std::uint8_t*>(id.data()));
    HRESULT answer = MAPI_E_UNKNOWN_ENTRYID;
    for (const spi::Routing::Target& target : session.routing().find(*uid)) {
        if (target.kind != spi::ProviderKind::Store) continue;
        for (const auto& logon : session.stores().logons_of(target.provider_uid)) {
            answer = logon->open_entry(narrow_size(id.size()), raw, iid, flags, type, object);
            if (SUCCEEDED(answer)) return answer;
        }
    }
    return answer;
}

/// Page: mapi/imapisession-openentry.md
STDMETHODIMP SessionObject::OpenEntry(ULONG entry_bytes, LPENTRYID entry, LPCIID iid, ULONG flags,
                                      ULONG* type, LPUNKNOWN* object) noexcept {
    return abi::guard("IMAPISession::OpenEntry", [&]() -> HRESULT {
        require_parameter(type != nullptr && object != nullptr);
        *object = nullptr;
        *type = 0;
        const BytesView id = format::view_entry_id(entry_bytes, entry);
        if (id.size() < format::kEntryIdHeaderBytes) {
            throw Error(MAPI_E_INVALID_ENTRYID, "an entry id that is too short");
        }
        const std::shared_ptr<SessionCore> session = core();
        if (format::is_wrapped_store_id(id)) {
            *type = MAPI_STORE;
            IMsgStore* store = nullptr;
            const HRESULT hr = OpenMsgStore(0, entry_bytes, entry, iid, store_flags(flags), &store);
            *object = store;
            return hr;
        }
        if (StatusRows::owns(id)) {
            *object = session->status().open(id, iid, flags).detach();
            *type = MAPI_STATUS;
            return S_OK;
        }
        if (format::is_one_off(id) || session->address_books().find(id)) {
            return open_address_book(session, 0, AB_NO_DIALOG)
                .book->OpenEntry(entry_bytes, entry, iid, flags, type, object);
        }
        return open_store_entry(*session, id, iid, flags, type, object);
    });
}

/// Page: mapi/imapisession-compareentryids.md
STDMETHODIMP SessionObject::CompareEntryIDs(ULONG left_bytes, LPENTRYID left, ULONG right_bytes,
                                            LPENTRYID right, ULONG flags, ULONG* same) noexcept {
    return abi::guard("IMAPISession::CompareEntryIDs", [&]() -> HRESULT {
        require_parameter(same != nullptr);
        *same = FALSE;
        require_flags(flags, 0);
        const BytesView one = format::view_entry_id(left_bytes, left);
        const BytesView other = format::view_entry_id(right_bytes, right);
        const std::optional<MAPIUID> uid = format::entry_id_uid(one);
        if (!uid || !format::entry_id_uid(other)) {
            throw Error(MAPI_E_UNKNOWN_ENTRYID, "an entry id that is too short");
        }
        const std::shared_ptr<SessionCore> session = core();
        if (!format::entry_id_has_uid(other, *uid)) return S_OK;  // of two providers
        if (format::is_wrapped_store_id(one)) {
            *same = session->stores().same_store(one, other) ? TRUE : FALSE;
            return S_OK;
        }
        if (StatusRows::owns(one)) {
            *same = equal_bytes(one, other) ? TRUE : FALSE;
            return S_OK;
        }
        for (const spi::Routing::Target& target : session->routing().find(*uid)) {
            for (const auto& logon : session->stores().logons_of(target.provider_uid)) {
                return logon->compare_entry_ids(left_bytes, left, right_bytes, right, flags, same);
            }
        }
        return open_address_book(session, 0, AB_NO_DIALOG)
            .book->CompareEntryIDs(left_bytes, left, right_bytes, right, flags, same);
    });
}

ULONG SessionObject::advise_store(SessionCore& session, BytesView entry, ULONG events,
                                  IMAPIAdviseSink* sink) {
    const std::optional<MAPIUID> uid = format::entry_id_uid(entry);
    if (!uid) throw Error(MAPI_E_INVALID_ENTRYID, "an entry id that is too short");
    const Bytes id = to_bytes(entry);
    ENTRYID* const raw = reinterpret_cast<ENTRYID*>(const_cast<std::uint8_t*>(id.data()));
    for (const spi::Routing::Target& target : session.routing().find(*uid)) {
        for (const auto& logon : session.stores().logons_of(target.provider_uid)) {
            if (!logon->logon()) continue;
            ULONG_PTR at_store = 0;
            check(spi::call_provider(logon->module(), "IMSLogon::Advise",
                                     [&] {
                                         return logon->logon()->Advise(narrow_size(id.size()), raw,
                                                                       events, sink, &at_store);
                                     }),
                  "IMSLogon::Advise");
            // A number of the session's own list, so that the two kinds never meet.
            const ULONG connection = session.subscriptions().add(0, sink, entry);
            const port::Lock lock(m_mutex);
            m_at_stores.push_back({connection, logon, at_store});
            return connection;
        }
    }
    throw Error(MAPI_E_UNKNOWN_ENTRYID, "no open provider answers for this entry id");
}

/// Page: mapi/imapisession-advise.md
STDMETHODIMP SessionObject::Advise(ULONG entry_bytes, LPENTRYID entry, ULONG events,
                                   LPMAPIADVISESINK sink, ULONG_PTR* connection) noexcept {
    return abi::guard("IMAPISession::Advise", [&]() -> HRESULT {
        require_parameter(sink != nullptr && connection != nullptr);
        *connection = 0;
        const std::shared_ptr<SessionCore> session = core();
        const BytesView id = format::view_entry_id(entry_bytes, entry);
        if (!id.empty()) {
            const ULONG made = advise_store(*session, id, events, sink);
            const port::Lock lock(m_mutex);
            m_connections.push_back(made);
            *connection = made;
            return S_OK;
        }
        const ULONG made = session->subscriptions().add(events | fnevCriticalError, sink);
        const port::Lock lock(m_mutex);
        m_connections.push_back(made);
        *connection = made;
        return S_OK;
    });
}

/// Page: mapi/imapisession-unadvise.md
STDMETHODIMP SessionObject::Unadvise(ULONG_PTR connection) noexcept {
    return abi::guard("IMAPISession::Unadvise", [&]() -> HRESULT {
        const std::shared_ptr<SessionCore> session = core();
        std::vector<StoreConnection> at_stores;
        {
            const port::Lock lock(m_mutex);
            const auto found = std::find(m_connections.begin(), m_connections.end(), connection);
            if (found == m_connections.end()) return MAPI_E_INVALID_PARAMETER;
            m_connections.erase(found);
            const auto at_store = std::find_if(
                m_at_stores.begin(), m_at_stores.end(),
                [&](const StoreConnection& it) { return it.connection == connection; });
            if (at_store != m_at_stores.end()) {
                at_stores.push_back(*at_store);
                m_at_stores.erase(at_store);
            }
        }
        session->subscriptions().remove(connection);
        for (const StoreConnection& it : at_stores) {
            return spi::call_provider(it.logon->module(), "IMSLogon::Unadvise",
                                      [&] { return it.logon->logon()->Unadvise(it.at_store); });
        }
        return S_OK;
    });
}

}  // namespace remapi::session
