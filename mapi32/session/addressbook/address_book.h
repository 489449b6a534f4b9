// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The integrated address book: one-off recipients, and whatever the profile's address book
// providers answer for. Page: mapi/iaddrbookimapiprop.md
#pragma once

#include <memory>

#include "object/props/prop_object.h"
#include "port/mutex.h"
#include "spi/address_book_logon.h"

namespace remapi::session {

class SessionCore;

/// Any thread. Keeps its session alive.
class AddressBook final : public object::PropObject<AddressBook, IAddrBook> {
public:
    using Interfaces = com::Answers<IAddrBook, IMAPIProp>;

    explicit AddressBook(std::shared_ptr<SessionCore> core) : m_core(std::move(core)) {}

    // What it says about itself lies in the profile; clients change it by the Set... methods.
    std::optional<PropValue> load(ULONG tag) override;
    std::vector<ULONG> list() override;
    SCODE store(const PropValue&) override { return MAPI_E_COMPUTED; }
    SCODE erase(ULONG) override { return MAPI_E_COMPUTED; }

    STDMETHODIMP OpenEntry(ULONG entry_bytes, LPENTRYID entry, LPCIID iid, ULONG flags, ULONG* type,
                           LPUNKNOWN* object) noexcept override;
    STDMETHODIMP CompareEntryIDs(ULONG left_bytes, LPENTRYID left, ULONG right_bytes,
                                 LPENTRYID right, ULONG flags, ULONG* same) noexcept override;
    STDMETHODIMP Advise(ULONG entry_bytes, LPENTRYID entry, ULONG events, LPMAPIADVISESINK sink,
                        ULONG_PTR* connection) noexcept override;
    STDMETHODIMP Unadvise(ULONG_PTR connection) noexcept override;
    STDMETHODIMP CreateOneOff(LPTSTR name, LPTSTR type, LPTSTR address, ULONG flags,
                              ULONG* entry_bytes, LPENTRYID* entry) noexcept override;
    STDMETHODIMP NewEntry(ULONG_PTR window, ULONG flags, ULONG container_bytes, LPENTRYID container,
                          ULONG template_bytes, LPENTRYID template_id, ULONG* entry_bytes,
                          LPENTRYID* entry) noexcept override;
    STDMETHODIMP ResolveName(ULONG_PTR window, ULONG flags, LPTSTR title,
                             LPADRLIST list) noexcept override;
    STDMETHODIMP Address(ULONG_PTR* window, LPADRPARM parameters,
                         LPADRLIST* list) noexcept override;
    STDMETHODIMP Details(ULONG_PTR* window, LPFNDISMISS dismiss, LPVOID context, ULONG entry_bytes,
                         LPENTRYID entry, LPFNBUTTON button, LPVOID button_context,
                         LPTSTR button_text, ULONG flags) noexcept override;
    STDMETHODIMP RecipOptions(ULONG_PTR window, ULONG flags,
                              LPADRENTRY recipient) noexcept override;
    STDMETHODIMP QueryDefaultRecipOpt(LPTSTR type, ULONG flags, ULONG* count,
                                      LPSPropValue* options) noexcept override;
    STDMETHODIMP GetPAB(ULONG* entry_bytes, LPENTRYID* entry) noexcept override;
    STDMETHODIMP SetPAB(ULONG entry_bytes, LPENTRYID entry) noexcept override;
    STDMETHODIMP GetDefaultDir(ULONG* entry_bytes, LPENTRYID* entry) noexcept override;
    STDMETHODIMP SetDefaultDir(ULONG entry_bytes, LPENTRYID entry) noexcept override;
    STDMETHODIMP GetSearchPath(ULONG flags, LPSRowSet* path) noexcept override;
    STDMETHODIMP SetSearchPath(ULONG flags, LPSRowSet path) noexcept override;
    STDMETHODIMP PrepareRecips(ULONG flags, LPSPropTagArray tags, LPADRLIST list) noexcept override;

private:
    template <class, class, class...>
    friend class com::Object;
    ~AddressBook() = default;

    SessionCore& core() const;
    /// A registration at an address book provider, which numbers its own.
    struct Connection {
        ULONG number;
        std::shared_ptr<spi::AddressBookLogon> logon;
        ULONG_PTR at_provider;
    };

    std::shared_ptr<spi::AddressBookLogon> provider_of(BytesView entry_id) const;
    HRESULT get_entry_id(ULONG tag, ULONG* entry_bytes, ENTRYID** entry);
    HRESULT set_entry_id(ULONG tag, ULONG entry_bytes, const ENTRYID* entry);

    const std::shared_ptr<SessionCore> m_core;
    port::Mutex m_mutex;
    std::vector<Connection> m_connections;  ///< guarded by m_mutex
    ULONG m_last_connection = 0;            ///< guarded by m_mutex
};

/// An opened address book with S_OK, or MAPI_W_ERRORS_RETURNED when a provider could not be logged
/// on.
struct OpenedAddressBook {
    com::Ptr<IAddrBook> book;
    HRESULT result;
};
/// @param flags  AB_NO_DIALOG
OpenedAddressBook open_address_book(const std::shared_ptr<SessionCore>& core, ULONG_PTR window,
                                    ULONG flags);

}  // namespace remapi::session
