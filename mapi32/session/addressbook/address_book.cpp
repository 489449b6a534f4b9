// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/addressbook/address_book.h"

#include <algorithm>

#include "format/entry_id.h"
#include "object/props/abi_value.h"
#include "object/props/tag_array.h"
#include "session/addressbook/one_off_user.h"
#include "session/addressbook/recipients.h"
#include "session/addressbook/typed_address.h"
#include "session/flags.h"
#include "session/object/core.h"
#include "spi/provider_call.h"
#include "text/text.h"

namespace remapi::session {
namespace {

/// What the profile keeps of the address book, in the section that lists its services.
constexpr ULONG kStoredTags[] = {PR_AB_SEARCH_PATH, PR_AB_DEFAULT_DIR, PR_AB_DEFAULT_PAB};

bool is_internet_type(StringView type, StringView address) noexcept {
    return text::equal_ignoring_case(type, REMAPI_W("SMTP")) && is_internet_address(address);
}

/// MAPI_SEND_NO_RICH_INFO decides, and an Internet address does too.
/// Page: mapi/iaddrbook-createoneoff.md
format::OneOff one_off_of(const void* name, const void* type, const void* address, ULONG flags) {
    format::OneOff one_off;
    one_off.address_type = text::from_tstr(type, flags);
    one_off.email_address = text::from_tstr(address, flags);
    one_off.display_name = name ? text::from_tstr(name, flags) : one_off.email_address;
    one_off.unicode = (flags & MAPI_UNICODE) != 0;
    one_off.no_rich_info = (flags & MAPI_SEND_NO_RICH_INFO) ||
                           is_internet_type(one_off.address_type, one_off.email_address);
    return one_off;
}

bool same_one_off(const format::OneOff& left, const format::OneOff& right) {
    return text::equal_ignoring_case(left.address_type, right.address_type) &&
           text::equal_ignoring_case(left.email_address, right.email_address) &&
           left.display_name == right.display_name;
}

}  // namespace

SessionCore& AddressBook::core() const {
    if (m_core->has_ended())
        throw Error(MAPI_E_END_OF_SESSION, "an address book after its session");
    return *m_core;
}

std::optional<PropValue> AddressBook::load(ULONG tag) {
    if (PROP_ID(tag) == PROP_ID(PR_OBJECT_TYPE)) return PropValue(PR_OBJECT_TYPE, MAPI_ADDRBOOK);
    for (const ULONG stored : kStoredTags) {
        if (PROP_ID(stored) != PROP_ID(tag)) continue;
        const PropertyBag values = core().profile().read_if_any(kServicesSection);
        const PropValue* value = values.find(tag);
        return value ? std::optional<PropValue>(*value) : std::nullopt;
    }
    return std::nullopt;
}

std::vector<ULONG> AddressBook::list() {
    std::vector<ULONG> tags = {PR_OBJECT_TYPE};
    const PropertyBag values = core().profile().read_if_any(kServicesSection);
    for (const ULONG stored : kStoredTags) {
        if (values.find(stored)) tags.push_back(stored);
    }
    return tags;
}

std::shared_ptr<spi::AddressBookLogon> AddressBook::provider_of(BytesView entry_id) const {
    auto logon = core().address_books().find(entry_id);
    if (!logon) throw Error(MAPI_E_UNKNOWN_ENTRYID, "no address book answers for this entry id");
    return logon;
}

/// Opens one-off recipients and entries of the profile's address book providers. The root of the
/// integrated address book (no entry id) is not built yet: MAPI_E_NO_SUPPORT.
/// Page: mapi/iaddrbook-openentry.md
STDMETHODIMP AddressBook::OpenEntry(ULONG entry_bytes, LPENTRYID entry, LPCIID iid, ULONG flags,
                                    ULONG* type, LPUNKNOWN* object) noexcept {
    return abi::guard("IAddrBook::OpenEntry", [&]() -> HRESULT {
        require_parameter(type != nullptr && object != nullptr);
        *type = 0;
        *object = nullptr;
        const BytesView id = format::view_entry_id(entry_bytes, entry);
        core();
        if (id.empty()) return MAPI_E_NO_SUPPORT;
        if (const std::optional<format::OneOff> one_off = format::decode_one_off(id)) {
            com::Ptr<OneOffUser> user = com::make<OneOffUser>(one_off_properties(*one_off, id));
            check(
                user->QueryInterface(iid ? *iid : IID_IMailUser, reinterpret_cast<void**>(object)),
                "a one-off recipient as the wanted interface");
            *type = MAPI_MAILUSER;
            return S_OK;
        }
        const auto logon = provider_of(id);
        return spi::call_provider(logon->module(), "IABLogon::OpenEntry", [&] {
            return logon->logon()->OpenEntry(entry_bytes, entry, iid, flags, type, object);
        });
    });
}

/// One-offs are the same when name, type and address are. Page: mapi/iaddrbook-compareentryids.md
STDMETHODIMP AddressBook::CompareEntryIDs(ULONG left_bytes, LPENTRYID left, ULONG right_bytes,
                                          LPENTRYID right, ULONG flags, ULONG* same) noexcept {
    return abi::guard("IAddrBook::CompareEntryIDs", [&]() -> HRESULT {
        require_parameter(same != nullptr);
        *same = FALSE;
        require_flags(flags, 0);
        const BytesView one = format::view_entry_id(left_bytes, left);
        const BytesView other = format::view_entry_id(right_bytes, right);
        core();
        if (format::is_one_off(one) && format::is_one_off(other)) {
            const auto a = format::decode_one_off(one);
            const auto b = format::decode_one_off(other);
            if (!a || !b) throw Error(MAPI_E_INVALID_ENTRYID, "a damaged one-off entry id");
            *same = same_one_off(*a, *b) ? TRUE : FALSE;
            return S_OK;
        }
        const auto logon = provider_of(format::is_one_off(one) ? other : one);
        return spi::call_provider(logon->module(), "IABLogon::CompareEntryIDs", [&] {
            return logon->logon()->CompareEntryIDs(left_bytes, left, right_bytes, right, flags,
                                                   same);
        });
    });
}

/// Page: mapi/iaddrbook-advise.md
STDMETHODIMP AddressBook::Advise(ULONG entry_bytes, LPENTRYID entry, ULONG events,
                                 LPMAPIADVISESINK sink, ULONG_PTR* connection) noexcept {
    return abi::guard("IAddrBook::Advise", [&]() -> HRESULT {
        require_parameter(sink != nullptr && connection != nullptr);
        *connection = 0;
        const BytesView id = format::view_entry_id(entry_bytes, entry);
        core();
        if (id.empty() || format::is_one_off(id)) return MAPI_E_NO_SUPPORT;  // these never change
        const auto logon = provider_of(id);
        ULONG_PTR at_provider = 0;
        check(spi::call_provider(logon->module(), "IABLogon::Advise",
                                 [&] {
                                     return logon->logon()->Advise(entry_bytes, entry, events, sink,
                                                                   &at_provider);
                                 }),
              "IABLogon::Advise");
        const port::Lock lock(m_mutex);
        m_connections.push_back({++m_last_connection, logon, at_provider});
        *connection = m_last_connection;
        return S_OK;
    });
}

/// Page: mapi/iaddrbook-unadvise.md
STDMETHODIMP AddressBook::Unadvise(ULONG_PTR connection) noexcept {
    return abi::guard("IAddrBook::Unadvise", [&]() -> HRESULT {
        Connection found = {};
        {
            const port::Lock lock(m_mutex);
            const auto it =
                std::find_if(m_connections.begin(), m_connections.end(),
                             [&](const Connection& c) { return c.number == connection; });
            if (it == m_connections.end()) return MAPI_E_INVALID_PARAMETER;
            found = *it;
            m_connections.erase(it);
        }
        return spi::call_provider(found.logon->module(), "IABLogon::Unadvise", [&] {
            return found.logon->logon()->Unadvise(found.at_provider);
        });
    });
}

/// Page: mapi/iaddrbook-createoneoff.md
STDMETHODIMP AddressBook::CreateOneOff(LPTSTR name, LPTSTR type, LPTSTR address, ULONG flags,
                                       ULONG* entry_bytes, LPENTRYID* entry) noexcept {
    return abi::guard("IAddrBook::CreateOneOff", [&]() -> HRESULT {
        require_parameter(type != nullptr && address != nullptr);
        require_parameter(entry_bytes != nullptr && entry != nullptr);
        *entry_bytes = 0;
        *entry = nullptr;
        require_flags(flags, MAPI_UNICODE | MAPI_SEND_NO_RICH_INFO);
        const Bytes id = format::encode_one_off(one_off_of(name, type, address, flags));
        *entry = object::pack_entry_id(id);
        *entry_bytes = narrow_size(id.size());
        return S_OK;
    });
}

/// Asks a person, which is not built yet. Page: mapi/iaddrbook-newentry.md
STDMETHODIMP AddressBook::NewEntry(ULONG_PTR, ULONG, ULONG, LPENTRYID, ULONG, LPENTRYID, ULONG*,
                                   LPENTRYID*) noexcept {
    return MAPI_E_NO_SUPPORT;
}

/// Resolves what needs no look-up: the container search of address book providers is not built yet,
/// so that no name is ambiguous. Page: mapi/iaddrbook-resolvename.md
STDMETHODIMP AddressBook::ResolveName(ULONG_PTR, ULONG flags, LPTSTR, LPADRLIST list) noexcept {
    return abi::guard("IAddrBook::ResolveName", [&]() -> HRESULT {
        constexpr ULONG kCacheOnly = 0x00004000;  // MAPI_CACHE_ONLY
        require_parameter(list != nullptr);
        require_flags(flags, MAPI_UNICODE | MAPI_DIALOG | kUnicodeUi | kCacheOnly);
        core();
        return resolve_one_offs(*list, flags);
    });
}

/// Asks a person, which is not built yet. Page: mapi/iaddrbook-address.md
STDMETHODIMP AddressBook::Address(ULONG_PTR*, LPADRPARM, LPADRLIST*) noexcept {
    return MAPI_E_NO_SUPPORT;
}

/// Shows a window, which is not built yet. Page: mapi/iaddrbook-details.md
STDMETHODIMP AddressBook::Details(ULONG_PTR*, LPFNDISMISS, LPVOID, ULONG, LPENTRYID, LPFNBUTTON,
                                  LPVOID, LPTSTR, ULONG) noexcept {
    return MAPI_E_NO_SUPPORT;
}

/// Always MAPI_W_ERRORS_RETURNED: there are no recipient options.
/// Page: mapi/api-elements-deprecated-in-this-edition.md
STDMETHODIMP AddressBook::RecipOptions(ULONG_PTR, ULONG, LPADRENTRY) noexcept {
    return MAPI_W_ERRORS_RETURNED;
}

/// There are no recipient options: no values.
/// Page: mapi/api-elements-deprecated-in-this-edition.md
STDMETHODIMP AddressBook::QueryDefaultRecipOpt(LPTSTR, ULONG, ULONG* count,
                                               LPSPropValue* options) noexcept {
    if (!count || !options) return MAPI_E_INVALID_PARAMETER;
    *count = 0;
    *options = nullptr;
    return MAPI_E_NOT_FOUND;
}

HRESULT AddressBook::get_entry_id(ULONG tag, ULONG* entry_bytes, ENTRYID** entry) {
    require_parameter(entry_bytes != nullptr && entry != nullptr);
    *entry_bytes = 0;
    *entry = nullptr;
    const PropertyBag values = core().profile().read_if_any(kServicesSection);
    const BytesView id = values.bytes(tag);
    *entry = object::pack_entry_id(id);
    *entry_bytes = narrow_size(id.size());
    return S_OK;
}

HRESULT AddressBook::set_entry_id(ULONG tag, ULONG entry_bytes, const ENTRYID* entry) {
    const BytesView id = format::view_entry_id(entry_bytes, entry);
    require_parameter(!id.empty());
    core().profile().write(kServicesSection, PropValue(tag, id));
    return S_OK;
}

/// Nothing, successfully, where no container was set: containers are not built yet.
/// Page: mapi/iaddrbook-getpab.md
STDMETHODIMP AddressBook::GetPAB(ULONG* entry_bytes, LPENTRYID* entry) noexcept {
    return abi::guard("IAddrBook::GetPAB",
                      [&] { return get_entry_id(PR_AB_DEFAULT_PAB, entry_bytes, entry); });
}

/// Page: mapi/iaddrbook-setpab.md
STDMETHODIMP AddressBook::SetPAB(ULONG entry_bytes, LPENTRYID entry) noexcept {
    return abi::guard("IAddrBook::SetPAB",
                      [&] { return set_entry_id(PR_AB_DEFAULT_PAB, entry_bytes, entry); });
}

/// Page: mapi/iaddrbook-getdefaultdir.md
STDMETHODIMP AddressBook::GetDefaultDir(ULONG* entry_bytes, LPENTRYID* entry) noexcept {
    return abi::guard("IAddrBook::GetDefaultDir",
                      [&] { return get_entry_id(PR_AB_DEFAULT_DIR, entry_bytes, entry); });
}

/// Page: mapi/iaddrbook-setdefaultdir.md
STDMETHODIMP AddressBook::SetDefaultDir(ULONG entry_bytes, LPENTRYID entry) noexcept {
    return abi::guard("IAddrBook::SetDefaultDir",
                      [&] { return set_entry_id(PR_AB_DEFAULT_DIR, entry_bytes, entry); });
}

/// One row with PR_ENTRYID for each container that was set. Page: mapi/iaddrbook-getsearchpath.md
STDMETHODIMP AddressBook::GetSearchPath(ULONG flags, LPSRowSet* path) noexcept {
    return abi::guard("IAddrBook::GetSearchPath", [&]() -> HRESULT {
        require_parameter(path != nullptr);
        *path = nullptr;
        require_flags(flags, MAPI_UNICODE);
        const PropertyBag values = core().profile().read_if_any(kServicesSection);
        std::vector<std::vector<PropValue>> rows;
        const PropValue* stored = values.find_typed(PR_AB_SEARCH_PATH);
        if (const auto* ids = stored ? stored->get_if<std::vector<Bytes>>() : nullptr) {
            for (const Bytes& id : *ids) rows.push_back({PropValue(PR_ENTRYID, id)});
        }
        *path = object::pack_rows(rows).release();
        return S_OK;
    });
}

/// Page: mapi/iaddrbook-setsearchpath.md
STDMETHODIMP AddressBook::SetSearchPath(ULONG flags, LPSRowSet path) noexcept {
    return abi::guard("IAddrBook::SetSearchPath", [&]() -> HRESULT {
        require_parameter(path != nullptr);
        require_flags(flags, 0);
        std::vector<Bytes> ids;
        for (ULONG i = 0; i < path->cRows; ++i) {
            const SRow& row = path->aRow[i];
            if (row.cValues == 0 || !row.lpProps || row.lpProps[0].ulPropTag != PR_ENTRYID) {
                throw Error(MAPI_E_MISSING_REQUIRED_COLUMN,
                            "a container without its PR_ENTRYID first");
            }
            ids.push_back(to_bytes(view_bytes(row.lpProps[0].Value.bin)));
        }
        core().profile().write(kServicesSection,
                               PropValue(PR_AB_SEARCH_PATH, PropValue::Data(std::move(ids))));
        return S_OK;
    });
}

/// Page: mapi/iaddrbook-preparerecips.md
STDMETHODIMP AddressBook::PrepareRecips(ULONG, LPSPropTagArray tags, LPADRLIST list) noexcept {
    return abi::guard("IAddrBook::PrepareRecips", [&]() -> HRESULT {
        require_parameter(list != nullptr);
        core();
        prepare_recipients(*this, *list, object::view_tags(tags));
        return S_OK;
    });
}

OpenedAddressBook open_address_book(const std::shared_ptr<SessionCore>& core, ULONG_PTR window,
                                    ULONG flags) {
    const HRESULT result = core->address_books().start(window, flags);
    return {com::make<AddressBook>(core), result};
}

}  // namespace remapi::session
