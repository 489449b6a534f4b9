// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The class behind make_support. Its methods are spread over support_*.cpp by topic.
#pragma once

#include "spi/support.h"

namespace remapi::abi {
template <>
inline const IID& iid_of<spi::IMAPIGetSession>() noexcept {
    return spi::kIidMapiGetSession;
}
}  // namespace remapi::abi

namespace remapi::spi {

/// One support object. Methods that its kind lacks return MAPI_E_NO_SUPPORT and are logged once.
/// Any thread may call it; no lock is held while host, session or sinks are called. Page:
/// mapi/imapisupportiunknown.md
class Support final : public com::Object<Support, IMAPISupport, IMAPIGetSession> {
public:
    using Interfaces = com::Answers<IMAPISupport, IMAPIGetSession>;

    Support(std::shared_ptr<SupportHost> host, const ProviderIdentity& provider);

    // support_basics.cpp: memory, identifiers, profile, status.
    STDMETHODIMP GetLastError(HRESULT result, ULONG flags, LPMAPIERROR* error) noexcept override;
    STDMETHODIMP GetMemAllocRoutines(LPALLOCATEBUFFER* allocate, LPALLOCATEMORE* more,
                                     LPFREEBUFFER* free) noexcept override;
    STDMETHODIMP ModifyStatusRow(ULONG count, LPSPropValue values, ULONG flags) noexcept override;
    STDMETHODIMP OpenProfileSection(LPMAPIUID uid, ULONG flags,
                                    LPPROFSECT* section) noexcept override;
    STDMETHODIMP NewUID(LPMAPIUID uid) noexcept override;
    STDMETHODIMP MakeInvalid(ULONG flags, LPVOID object, ULONG references,
                             ULONG methods) noexcept override;
    STDMETHODIMP SetProviderUID(LPMAPIUID uid, ULONG flags) noexcept override;
    STDMETHODIMP ModifyProfile(ULONG flags) noexcept override;
    STDMETHODIMP WrapStoreEntryID(ULONG bytes, LPENTRYID entry, ULONG* wrapped_bytes,
                                  LPENTRYID* wrapped) noexcept override;
    STDMETHODIMP GetSvcConfigSupportObj(ULONG flags, LPMAPISUP* support) noexcept override;
    STDMETHODIMP DoConfigPropsheet(ULONG_PTR ui_param, ULONG flags, LPTSTR title, LPMAPITABLE table,
                                   LPMAPIPROP data, ULONG top_page) noexcept override;
    STDMETHODIMP IStorageFromStream(LPUNKNOWN stream, LPCIID iid, ULONG flags,
                                    LPSTORAGE* storage) noexcept override;
    STDMETHODIMP GetMAPISession(IUnknown** session) noexcept override;

    // support_notify.cpp
    STDMETHODIMP Subscribe(LPNOTIFKEY key, ULONG event_mask, ULONG flags, LPMAPIADVISESINK sink,
                           ULONG_PTR* connection) noexcept override;
    STDMETHODIMP Unsubscribe(ULONG_PTR connection) noexcept override;
    STDMETHODIMP Notify(LPNOTIFKEY key, ULONG count, LPNOTIFICATION events,
                        ULONG* flags) noexcept override;

    // support_address.cpp: the session's objects and its address book.
    STDMETHODIMP CreateOneOff(LPTSTR name, LPTSTR type, LPTSTR address, ULONG flags, ULONG* bytes,
                              LPENTRYID* entry) noexcept override;
    STDMETHODIMP CompareEntryIDs(ULONG left_bytes, LPENTRYID left, ULONG right_bytes,
                                 LPENTRYID right, ULONG flags, ULONG* same) noexcept override;
    STDMETHODIMP OpenTemplateID(ULONG bytes, LPENTRYID entry, ULONG template_flags, LPMAPIPROP data,
                                LPCIID iid, LPMAPIPROP* bound,
                                LPMAPIPROP sibling) noexcept override;
    STDMETHODIMP OpenEntry(ULONG bytes, LPENTRYID entry, LPCIID iid, ULONG flags, ULONG* type,
                           LPUNKNOWN* object) noexcept override;
    STDMETHODIMP GetOneOffTable(ULONG flags, LPMAPITABLE* table) noexcept override;
    STDMETHODIMP Address(ULONG_PTR* ui_param, LPADRPARM parameters,
                         LPADRLIST* list) noexcept override;
    STDMETHODIMP Details(ULONG_PTR* ui_param, LPFNDISMISS dismiss, LPVOID dismiss_context,
                         ULONG bytes, LPENTRYID entry, LPFNBUTTON button, LPVOID button_context,
                         LPTSTR button_text, ULONG flags) noexcept override;
    STDMETHODIMP NewEntry(ULONG_PTR ui_param, ULONG flags, ULONG container_bytes,
                          LPENTRYID container, ULONG template_bytes, LPENTRYID entry_template,
                          ULONG* entry_bytes, LPENTRYID* entry) noexcept override;
    STDMETHODIMP OpenAddressBook(LPCIID iid, ULONG flags, LPADRBOOK* book) noexcept override;

    // support_copy.cpp
    STDMETHODIMP CopyMessages(LPCIID source_iid, LPVOID source, LPENTRYLIST messages,
                              LPCIID target_iid, LPVOID target, ULONG_PTR ui_param,
                              LPMAPIPROGRESS progress, ULONG flags) noexcept override;
    STDMETHODIMP CopyFolder(LPCIID source_iid, LPVOID source, ULONG bytes, LPENTRYID entry,
                            LPCIID target_iid, LPVOID target, LPTSTR name, ULONG_PTR ui_param,
                            LPMAPIPROGRESS progress, ULONG flags) noexcept override;
    STDMETHODIMP DoCopyTo(LPCIID source_iid, LPVOID source, ULONG excluded_count, LPCIID excluded,
                          LPSPropTagArray excluded_tags, ULONG_PTR ui_param,
                          LPMAPIPROGRESS progress, LPCIID target_iid, LPVOID target, ULONG flags,
                          LPSPropProblemArray* problems) noexcept override;
    STDMETHODIMP DoCopyProps(LPCIID source_iid, LPVOID source, LPSPropTagArray included,
                             ULONG_PTR ui_param, LPMAPIPROGRESS progress, LPCIID target_iid,
                             LPVOID target, ULONG flags,
                             LPSPropProblemArray* problems) noexcept override;
    STDMETHODIMP DoProgressDialog(ULONG_PTR ui_param, ULONG flags,
                                  LPMAPIPROGRESS* progress) noexcept override;

    // support_submit.cpp: the life of a message between store, transport and spooler.
    STDMETHODIMP RegisterPreprocessor(LPMAPIUID uid, LPTSTR type, LPTSTR dll_name, LPSTR preprocess,
                                      LPSTR remove, ULONG flags) noexcept override;
    STDMETHODIMP SpoolerYield(ULONG flags) noexcept override;
    STDMETHODIMP SpoolerNotify(ULONG flags, LPVOID data) noexcept override;
    STDMETHODIMP ReadReceipt(ULONG flags, LPMESSAGE read, LPMESSAGE* empty) noexcept override;
    STDMETHODIMP PrepareSubmit(LPMESSAGE message, ULONG* flags) noexcept override;
    STDMETHODIMP ExpandRecips(LPMESSAGE message, ULONG* flags) noexcept override;
    STDMETHODIMP UpdatePAB(ULONG flags, LPMESSAGE message) noexcept override;
    STDMETHODIMP DoSentMail(ULONG flags, LPMESSAGE message) noexcept override;
    STDMETHODIMP Preprocess(ULONG flags, ULONG bytes, LPENTRYID entry) noexcept override;
    STDMETHODIMP CompleteMsg(ULONG flags, ULONG bytes, LPENTRYID entry) noexcept override;
    STDMETHODIMP StoreLogoffTransports(ULONG* flags) noexcept override;
    STDMETHODIMP StatusRecips(LPMESSAGE message, LPADRLIST recipients) noexcept override;

    /// Ends its subscriptions and lets go of the host.
    void close() noexcept;

private:
    friend class com::Object<Support, IMAPISupport, IMAPIGetSession>;
    ~Support();

    /// Throws Error(MAPI_E_END_OF_SESSION) once closed.
    std::shared_ptr<SupportHost> host();
    template <class... Kinds>
    bool serves(Kinds... kinds) const noexcept {
        return ((m_provider.kind == kinds) || ...);
    }
    bool serves_provider() const noexcept { return m_provider.kind != ProviderKind::Service; }

    const ProviderIdentity m_provider;
    port::Mutex m_mutex;
    std::shared_ptr<SupportHost> m_host;  ///< guarded by m_mutex
    std::set<ULONG_PTR> m_connections;    ///< guarded by m_mutex
};

/// What a method answers that this kind of support object lacks; logged once for each.
HRESULT lacking(const char* method) noexcept;

}  // namespace remapi::spi
