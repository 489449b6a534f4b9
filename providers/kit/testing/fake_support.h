// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A host for provider tests: just enough of IMAPISupport for a store to be logged on to, in one
// process and without a session.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "object/props/bag_object.h"

namespace remapi::kit {

/// A profile section in memory.
class FakeSection final : public object::BagObject<FakeSection, IProfSect> {
public:
    using Interfaces = com::Answers<IProfSect, IMAPIProp>;
    FakeSection() = default;

private:
    friend class com::Object<FakeSection, IProfSect>;
    ~FakeSection() = default;
};

/// Which methods do something: GetMemAllocRoutines, Subscribe, Unsubscribe, Notify,
/// ModifyStatusRow, OpenProfileSection, NewUID, SetProviderUID, PrepareSubmit, ExpandRecips,
/// DoSentMail, ReadReceipt, WrapStoreEntryID, ModifyProfile, StoreLogoffTransports. The others
/// answer MAPI_E_NO_SUPPORT. One thread at a time.
class FakeSupport final : public com::Object<FakeSupport, IMAPISupport> {
public:
    using Interfaces = com::Answers<IMAPISupport>;

    FakeSupport() : section(com::make<FakeSection>()) {}

    com::Ptr<FakeSection> section;
    /// Notifications by their key, in the order in which they came.
    std::vector<std::pair<Bytes, ULONG>> notified;
    std::vector<MAPIUID> uids;
    ULONG expand_answer = 0;  ///< NEEDS_ flags of ExpandRecips
    HRESULT expand_result = S_OK;
    HRESULT sent_result = S_OK;
    int sent_count = 0;  ///< calls of DoSentMail
    std::function<void(IMessage*)>
        on_sent;  ///< what DoSentMail does before it releases the message
    /// What ReadReceipt does: `flags`, the message, the report to be filled.
    std::function<HRESULT(ULONG, IMessage*, IMessage*)> on_report;

    STDMETHODIMP GetLastError(HRESULT, ULONG, LPMAPIERROR*) noexcept override;
    STDMETHODIMP GetMemAllocRoutines(LPALLOCATEBUFFER*, LPALLOCATEMORE*,
                                     LPFREEBUFFER*) noexcept override;
    STDMETHODIMP Subscribe(LPNOTIFKEY, ULONG, ULONG, LPMAPIADVISESINK,
                           ULONG_PTR*) noexcept override;
    STDMETHODIMP Unsubscribe(ULONG_PTR) noexcept override;
    STDMETHODIMP Notify(LPNOTIFKEY, ULONG, LPNOTIFICATION, ULONG*) noexcept override;
    STDMETHODIMP ModifyStatusRow(ULONG, LPSPropValue, ULONG) noexcept override;
    STDMETHODIMP OpenProfileSection(LPMAPIUID, ULONG, LPPROFSECT*) noexcept override;
    STDMETHODIMP RegisterPreprocessor(LPMAPIUID, LPTSTR, LPTSTR, LPSTR, LPSTR,
                                      ULONG) noexcept override;
    STDMETHODIMP NewUID(LPMAPIUID) noexcept override;
    STDMETHODIMP MakeInvalid(ULONG, LPVOID, ULONG, ULONG) noexcept override;
    STDMETHODIMP SpoolerYield(ULONG) noexcept override;
    STDMETHODIMP SpoolerNotify(ULONG, LPVOID) noexcept override;
    STDMETHODIMP CreateOneOff(LPTSTR, LPTSTR, LPTSTR, ULONG, ULONG*, LPENTRYID*) noexcept override;
    STDMETHODIMP SetProviderUID(LPMAPIUID, ULONG) noexcept override;
    STDMETHODIMP CompareEntryIDs(ULONG, LPENTRYID, ULONG, LPENTRYID, ULONG,
                                 ULONG*) noexcept override;
    STDMETHODIMP OpenTemplateID(ULONG, LPENTRYID, ULONG, LPMAPIPROP, LPCIID, LPMAPIPROP*,
                                LPMAPIPROP) noexcept override;
    STDMETHODIMP OpenEntry(ULONG, LPENTRYID, LPCIID, ULONG, ULONG*, LPUNKNOWN*) noexcept override;
    STDMETHODIMP GetOneOffTable(ULONG, LPMAPITABLE*) noexcept override;
    STDMETHODIMP Address(ULONG_PTR*, LPADRPARM, LPADRLIST*) noexcept override;
    STDMETHODIMP Details(ULONG_PTR*, LPFNDISMISS, LPVOID, ULONG, LPENTRYID, LPFNBUTTON, LPVOID,
                         LPTSTR, ULONG) noexcept override;
    STDMETHODIMP NewEntry(ULONG_PTR, ULONG, ULONG, LPENTRYID, ULONG, LPENTRYID, ULONG*,
                          LPENTRYID*) noexcept override;
    STDMETHODIMP DoConfigPropsheet(ULONG_PTR, ULONG, LPTSTR, LPMAPITABLE, LPMAPIPROP,
                                   ULONG) noexcept override;
    STDMETHODIMP CopyMessages(LPCIID, LPVOID, LPENTRYLIST, LPCIID, LPVOID, ULONG_PTR,
                              LPMAPIPROGRESS, ULONG) noexcept override;
    STDMETHODIMP CopyFolder(LPCIID, LPVOID, ULONG, LPENTRYID, LPCIID, LPVOID, LPTSTR, ULONG_PTR,
                            LPMAPIPROGRESS, ULONG) noexcept override;
    STDMETHODIMP DoCopyTo(LPCIID, LPVOID, ULONG, LPCIID, LPSPropTagArray, ULONG_PTR, LPMAPIPROGRESS,
                          LPCIID, LPVOID, ULONG, LPSPropProblemArray*) noexcept override;
    STDMETHODIMP DoCopyProps(LPCIID, LPVOID, LPSPropTagArray, ULONG_PTR, LPMAPIPROGRESS, LPCIID,
                             LPVOID, ULONG, LPSPropProblemArray*) noexcept override;
    STDMETHODIMP DoProgressDialog(ULONG_PTR, ULONG, LPMAPIPROGRESS*) noexcept override;
    STDMETHODIMP ReadReceipt(ULONG, LPMESSAGE, LPMESSAGE*) noexcept override;
    STDMETHODIMP PrepareSubmit(LPMESSAGE, ULONG*) noexcept override;
    STDMETHODIMP ExpandRecips(LPMESSAGE, ULONG*) noexcept override;
    STDMETHODIMP UpdatePAB(ULONG, LPMESSAGE) noexcept override;
    STDMETHODIMP DoSentMail(ULONG, LPMESSAGE) noexcept override;
    STDMETHODIMP OpenAddressBook(LPCIID, ULONG, LPADRBOOK*) noexcept override;
    STDMETHODIMP Preprocess(ULONG, ULONG, LPENTRYID) noexcept override;
    STDMETHODIMP CompleteMsg(ULONG, ULONG, LPENTRYID) noexcept override;
    STDMETHODIMP StoreLogoffTransports(ULONG*) noexcept override;
    STDMETHODIMP StatusRecips(LPMESSAGE, LPADRLIST) noexcept override;
    STDMETHODIMP WrapStoreEntryID(ULONG, LPENTRYID, ULONG*, LPENTRYID*) noexcept override;
    STDMETHODIMP ModifyProfile(ULONG) noexcept override;
    STDMETHODIMP IStorageFromStream(LPUNKNOWN, LPCIID, ULONG, LPSTORAGE*) noexcept override;
    STDMETHODIMP GetSvcConfigSupportObj(ULONG, LPMAPISUP*) noexcept override;

private:
    friend class com::Object<FakeSupport, IMAPISupport>;
    ~FakeSupport() = default;

    struct Subscription {
        Bytes key;
        ULONG mask;
        com::Ptr<IMAPIAdviseSink> sink;
    };
    std::map<ULONG_PTR, Subscription> m_subscriptions;
    ULONG_PTR m_last = 0;
};

}  // namespace remapi::kit
