// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/object/session_object.h"

#include "format/entry_id.h"
#include "format/one_off.h"
#include "object/props/abi_value.h"
#include "object/props/prop_calls.h"
#include "session/addressbook/address_book.h"
#include "session/admin/service_admin.h"
#include "session/flags.h"
#include "session/object/spooler_seam.h"
#include "session/profile/section_object.h"
#include "spi/provider_call.h"
#include "text/text.h"

namespace remapi::session {
namespace {

/// The identity of a user whom no provider knows; QueryIdentity then warns.
Bytes nobody() {
    return format::encode_one_off({REMAPI_W("Unknown"), REMAPI_W("UNKNOWN"), REMAPI_W("UNKNOWN")});
}

}  // namespace

SessionObject::SessionObject(std::shared_ptr<SessionCore> core, bool client)
    : m_core(std::move(core)), m_client(client) {}

SessionObject::~SessionObject() {
    end(false);
}

std::shared_ptr<SessionCore> SessionObject::core() const {
    const port::Lock lock(m_mutex);
    if (!m_core || m_core->has_ended()) throw Error(MAPI_E_END_OF_SESSION, "a call after Logoff");
    return m_core;
}

void SessionObject::end(bool shared) noexcept {
    std::shared_ptr<SessionCore> core;
    std::vector<ULONG> connections;
    std::vector<StoreConnection> at_stores;
    {
        const port::Lock lock(m_mutex);
        core.swap(m_core);
        connections.swap(m_connections);
        at_stores.swap(m_at_stores);
    }
    if (!core) return;
    for (const StoreConnection& it : at_stores) {
        spi::call_provider(it.logon->module(), "IMSLogon::Unadvise",
                           [&] { return it.logon->logon()->Unadvise(it.at_store); });
    }
    at_stores.clear();
    if (m_client) core->leave(shared);
    for (const ULONG connection : connections) core->subscriptions().remove(connection);
}

STDMETHODIMP SessionObject::QueryInterface(REFIID iid, void** object) noexcept {
    if (!object || !IsEqualGUID(iid, kIidRemapiSpooler)) return Object::QueryInterface(iid, object);
    *object = nullptr;
    return abi::guard("IMAPISession::QueryInterface", [&]() -> HRESULT {
        *object = open_spooler(core(), this).detach();
        return S_OK;
    });
}

/// Page: mapi/imapisession-getlasterror.md
STDMETHODIMP SessionObject::GetLastError(HRESULT, ULONG flags, LPMAPIERROR* error) noexcept {
    return abi::guard("IMAPISession::GetLastError",
                      [&] { return object::get_last_error(flags, error); });
}

/// Page: mapi/imapisession-getmsgstorestable.md
STDMETHODIMP SessionObject::GetMsgStoresTable(ULONG flags, LPMAPITABLE* table) noexcept {
    return abi::guard("IMAPISession::GetMsgStoresTable", [&]() -> HRESULT {
        require_parameter(table != nullptr);
        *table = nullptr;
        require_flags(flags, MAPI_UNICODE);
        *table = core()->stores().table()->open_view(flags, this).detach();
        return S_OK;
    });
}

/// Page: mapi/imapisession-openmsgstore.md
STDMETHODIMP SessionObject::OpenMsgStore(ULONG_PTR window, ULONG entry_bytes, LPENTRYID entry,
                                         LPCIID iid, ULONG flags, LPMDB* store) noexcept {
    return abi::guard("IMAPISession::OpenMsgStore", [&]() -> HRESULT {
        constexpr ULONG kKnown = MAPI_BEST_ACCESS | MAPI_DEFERRED_ERRORS | MDB_NO_DIALOG |
                                 MDB_NO_MAIL | MDB_TEMPORARY | MDB_WRITE | kStoreOnline;
        require_parameter(store != nullptr);
        *store = nullptr;
        require_parameter(entry != nullptr && entry_bytes != 0);
        require_flags(flags, kKnown);
        const std::shared_ptr<spi::StoreLogon> logon = core()->stores().open(
            {to_bytes(format::view_entry_id(entry_bytes, entry)), window, flags});
        check(spi::call_provider(logon->module(), "IMsgStore::QueryInterface",
                                 [&] {
                                     return logon->store()->QueryInterface(
                                         iid ? *iid : IID_IMsgStore,
                                         reinterpret_cast<void**>(store));
                                 }),
              "the store as the wanted interface");
        return logon->logon_result();
    });
}

/// Page: mapi/imapisession-openaddressbook.md
STDMETHODIMP SessionObject::OpenAddressBook(ULONG_PTR window, LPCIID iid, ULONG flags,
                                            LPADRBOOK* book) noexcept {
    return abi::guard("IMAPISession::OpenAddressBook", [&]() -> HRESULT {
        require_parameter(book != nullptr);
        *book = nullptr;
        require_flags(flags, AB_NO_DIALOG);
        if (iid && !IsEqualGUID(*iid, IID_IAddrBook) && !IsEqualGUID(*iid, IID_IMAPIProp)) {
            throw Error(MAPI_E_INTERFACE_NOT_SUPPORTED, "the address book as another interface");
        }
        OpenedAddressBook opened = open_address_book(core(), window, flags);
        *book = opened.book.detach();
        return opened.result;
    });
}

/// Page: mapi/imapisession-openprofilesection.md
STDMETHODIMP SessionObject::OpenProfileSection(LPMAPIUID section, LPCIID iid, ULONG flags,
                                               LPPROFSECT* object) noexcept {
    return abi::guard("IMAPISession::OpenProfileSection", [&]() -> HRESULT {
        require_parameter(object != nullptr);
        *object = nullptr;
        *object = open_client_section(core()->profile(), section, iid, flags).detach();
        return S_OK;
    });
}

/// Page: mapi/imapisession-getstatustable.md
STDMETHODIMP SessionObject::GetStatusTable(ULONG flags, LPMAPITABLE* table) noexcept {
    return abi::guard("IMAPISession::GetStatusTable", [&]() -> HRESULT {
        require_parameter(table != nullptr);
        *table = nullptr;
        require_flags(flags, MAPI_UNICODE);
        const std::shared_ptr<SessionCore> session = core();
        session->transports().start();
        *table = session->status().table()->open_view(flags, this).detach();
        return S_OK;
    });
}

/// Always MAPI_E_NOT_FOUND: there are no message options.
/// Page: mapi/api-elements-deprecated-in-this-edition.md
STDMETHODIMP SessionObject::MessageOptions(ULONG_PTR, ULONG, LPTSTR, LPMESSAGE) noexcept {
    return abi::guard("IMAPISession::MessageOptions", [&]() -> HRESULT {
        core();
        return MAPI_E_NOT_FOUND;
    });
}

/// There are no message options: no values.
/// Page: mapi/api-elements-deprecated-in-this-edition.md
STDMETHODIMP SessionObject::QueryDefaultMessageOpt(LPTSTR, ULONG flags, ULONG* count,
                                                   LPSPropValue* options) noexcept {
    return abi::guard("IMAPISession::QueryDefaultMessageOpt", [&]() -> HRESULT {
        require_parameter(count != nullptr && options != nullptr);
        *count = 0;
        *options = nullptr;
        require_flags(flags, MAPI_UNICODE);
        core();
        return MAPI_E_NOT_FOUND;
    });
}

/// Page: mapi/imapisession-enumadrtypes.md
STDMETHODIMP SessionObject::EnumAdrTypes(ULONG flags, ULONG* count, LPTSTR** types) noexcept {
    return abi::guard("IMAPISession::EnumAdrTypes", [&]() -> HRESULT {
        require_parameter(count != nullptr && types != nullptr);
        *count = 0;
        *types = nullptr;
        require_flags(flags, MAPI_UNICODE);
        const std::vector<String> found = core()->transports().address_types();
        Buffer<LPTSTR> list = Buffer<LPTSTR>::allocate(found.empty() ? 1 : found.size());
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (flags & MAPI_UNICODE) {
                list[i] = reinterpret_cast<LPTSTR>(list.link_text(StringView(found[i])));
            } else {
                const std::string narrow = text::to_ansi(found[i]);
                list[i] = reinterpret_cast<LPTSTR>(list.link_text(std::string_view(narrow)));
            }
        }
        *count = narrow_size(found.size());
        *types = list.release();
        return S_OK;
    });
}

/// Page: mapi/imapisession-queryidentity.md
STDMETHODIMP SessionObject::QueryIdentity(ULONG* entry_bytes, LPENTRYID* entry) noexcept {
    return abi::guard("IMAPISession::QueryIdentity", [&]() -> HRESULT {
        require_parameter(entry_bytes != nullptr && entry != nullptr);
        *entry_bytes = 0;
        *entry = nullptr;
        const std::shared_ptr<SessionCore> session = core();
        session->transports().start();
        Bytes id = session->status().identity();
        const bool known = !id.empty();
        if (!known) id = nobody();
        *entry = object::pack_entry_id(id);
        *entry_bytes = narrow_size(id.size());
        return known ? S_OK : MAPI_W_NO_SERVICE;
    });
}

/// Page: mapi/imapisession-logoff.md
STDMETHODIMP SessionObject::Logoff(ULONG_PTR, ULONG flags, ULONG reserved) noexcept {
    return abi::guard_entry("IMAPISession::Logoff", [&]() -> HRESULT {
        require_flags(flags, MAPI_LOGOFF_SHARED | MAPI_LOGOFF_UI);
        if (reserved != 0) return MAPI_E_INVALID_PARAMETER;
        const std::shared_ptr<SessionCore> session = core();
        const bool shared = (session->flags() & MAPI_ALLOW_OTHERS) && (flags & MAPI_LOGOFF_SHARED);
        end(shared);
        return S_OK;
    });
}

/// Page: mapi/imapisession-setdefaultstore.md
STDMETHODIMP SessionObject::SetDefaultStore(ULONG flags, ULONG entry_bytes,
                                            LPENTRYID entry) noexcept {
    return abi::guard("IMAPISession::SetDefaultStore", [&]() -> HRESULT {
        core()->stores().choose(flags, format::view_entry_id(entry_bytes, entry));
        return S_OK;
    });
}

/// Page: mapi/imapisession-adminservices.md
STDMETHODIMP SessionObject::AdminServices(ULONG flags, LPSERVICEADMIN* admin) noexcept {
    return abi::guard("IMAPISession::AdminServices", [&]() -> HRESULT {
        require_parameter(admin != nullptr);
        *admin = nullptr;
        require_flags(flags, MAPI_UNICODE);
        *admin = com::make<ServiceAdmin>(core()->profile()).detach();
        return S_OK;
    });
}

/// Forms are not built yet. Page: mapi/imapisession-showform.md
STDMETHODIMP SessionObject::ShowForm(ULONG_PTR, LPMDB, LPMAPIFOLDER, LPCIID, ULONG_PTR, LPMESSAGE,
                                     ULONG, ULONG, ULONG, ULONG, LPSTR) noexcept {
    return MAPI_E_NO_SUPPORT;
}

/// Forms are not built yet. Page: mapi/imapisession-prepareform.md
STDMETHODIMP SessionObject::PrepareForm(LPCIID, LPMESSAGE, ULONG_PTR* token) noexcept {
    if (token) *token = 0;
    return MAPI_E_NO_SUPPORT;
}

}  // namespace remapi::session
