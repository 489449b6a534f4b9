// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMAPISession: one client's view of a session.
// Page: mapi/imapisessioniunknown.md
#pragma once

#include "abi/guard.h"
#include "abi/remapi_tags.h"
#include "com/object.h"
#include "session/object/core.h"

namespace remapi::session {

/// Each logon makes one; those of one shared session have the same core. After Logoff every method
/// but Release answers MAPI_E_END_OF_SESSION. Any thread.
class SessionObject final : public com::Object<SessionObject, IMAPISession> {
public:
    using Interfaces = com::Answers<IMAPISession>;

    /// @param client  counts as one who keeps the session alive; false for what providers get
    SessionObject(std::shared_ptr<SessionCore> core, bool client);

    /// Answers kIidRemapiSpooler with the spooler's private face besides what every object answers.
    STDMETHODIMP QueryInterface(REFIID iid, void** object) noexcept override;

    STDMETHODIMP GetLastError(HRESULT hr, ULONG flags, LPMAPIERROR* error) noexcept override;
    STDMETHODIMP GetMsgStoresTable(ULONG flags, LPMAPITABLE* table) noexcept override;
    STDMETHODIMP OpenMsgStore(ULONG_PTR window, ULONG entry_bytes, LPENTRYID entry, LPCIID iid,
                              ULONG flags, LPMDB* store) noexcept override;
    STDMETHODIMP OpenAddressBook(ULONG_PTR window, LPCIID iid, ULONG flags,
                                 LPADRBOOK* book) noexcept override;
    STDMETHODIMP OpenProfileSection(LPMAPIUID section, LPCIID iid, ULONG flags,
                                    LPPROFSECT* object) noexcept override;
    STDMETHODIMP GetStatusTable(ULONG flags, LPMAPITABLE* table) noexcept override;
    STDMETHODIMP OpenEntry(ULONG entry_bytes, LPENTRYID entry, LPCIID iid, ULONG flags, ULONG* type,
                           LPUNKNOWN* object) noexcept override;
    STDMETHODIMP CompareEntryIDs(ULONG left_bytes, LPENTRYID left, ULONG right_bytes,
                                 LPENTRYID right, ULONG flags, ULONG* same) noexcept override;
    STDMETHODIMP Advise(ULONG entry_bytes, LPENTRYID entry, ULONG events, LPMAPIADVISESINK sink,
                        ULONG_PTR* connection) noexcept override;
    STDMETHODIMP Unadvise(ULONG_PTR connection) noexcept override;
    STDMETHODIMP MessageOptions(ULONG_PTR window, ULONG flags, LPTSTR type,
                                LPMESSAGE message) noexcept override;
    STDMETHODIMP QueryDefaultMessageOpt(LPTSTR type, ULONG flags, ULONG* count,
                                        LPSPropValue* options) noexcept override;
    STDMETHODIMP EnumAdrTypes(ULONG flags, ULONG* count, LPTSTR** types) noexcept override;
    STDMETHODIMP QueryIdentity(ULONG* entry_bytes, LPENTRYID* entry) noexcept override;
    STDMETHODIMP Logoff(ULONG_PTR window, ULONG flags, ULONG reserved) noexcept override;
    STDMETHODIMP SetDefaultStore(ULONG flags, ULONG entry_bytes, LPENTRYID entry) noexcept override;
    STDMETHODIMP AdminServices(ULONG flags, LPSERVICEADMIN* admin) noexcept override;
    STDMETHODIMP ShowForm(ULONG_PTR window, LPMDB store, LPMAPIFOLDER folder, LPCIID iid,
                          ULONG_PTR token, LPMESSAGE sent, ULONG flags, ULONG status,
                          ULONG message_flags, ULONG access, LPSTR message_class) noexcept override;
    STDMETHODIMP PrepareForm(LPCIID iid, LPMESSAGE message, ULONG_PTR* token) noexcept override;

private:
    friend class com::Object<SessionObject, IMAPISession>;
    ~SessionObject();

    /// A registration at a store, which numbers its own.
    struct StoreConnection {
        ULONG connection;
        std::shared_ptr<spi::StoreLogon> logon;
        ULONG_PTR at_store;
    };

    /// Throws Error(MAPI_E_END_OF_SESSION) after Logoff.
    std::shared_ptr<SessionCore> core() const;
    HRESULT open_store_entry(SessionCore& session, BytesView entry, const IID* iid, ULONG flags,
                             ULONG* type, IUnknown** object);
    ULONG advise_store(SessionCore& session, BytesView entry, ULONG events, IMAPIAdviseSink* sink);
    void end(bool shared) noexcept;

    mutable port::Mutex m_mutex;
    std::shared_ptr<SessionCore> m_core;       ///< guarded by m_mutex; null after Logoff
    std::vector<ULONG> m_connections;          ///< guarded by m_mutex: to the session itself
    std::vector<StoreConnection> m_at_stores;  ///< guarded by m_mutex
    const bool m_client;
};

}  // namespace remapi::session
