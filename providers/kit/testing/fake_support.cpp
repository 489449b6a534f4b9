// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/kit/testing/fake_support.h"

#include "format/entry_id.h"
#include "format/guid.h"
#include "format/wrapped_entry_id.h"
#include "object/props/abi_value.h"

namespace remapi::kit {

STDMETHODIMP FakeSupport::GetLastError(HRESULT, ULONG, LPMAPIERROR* error) noexcept {
    if (error) *error = nullptr;
    return S_OK;
}

STDMETHODIMP FakeSupport::GetMemAllocRoutines(LPALLOCATEBUFFER* allocate, LPALLOCATEMORE* more,
                                              LPFREEBUFFER* free) noexcept {
    const memory::Routines& own = memory::routines();
    *allocate = own.allocate;
    *more = own.more;
    *free = own.free;
    return S_OK;
}

STDMETHODIMP FakeSupport::Subscribe(LPNOTIFKEY key, ULONG mask, ULONG, LPMAPIADVISESINK sink,
                                    ULONG_PTR* connection) noexcept {
    return abi::guard("FakeSupport::Subscribe", [&]() -> HRESULT {
        m_subscriptions[++m_last] = {to_bytes(view_bytes(key->ab, key->cb)), mask,
                                     com::Ptr<IMAPIAdviseSink>::share(sink)};
        *connection = m_last;
        return S_OK;
    });
}

STDMETHODIMP FakeSupport::Unsubscribe(ULONG_PTR connection) noexcept {
    return m_subscriptions.erase(connection) != 0 ? S_OK : MAPI_E_NOT_FOUND;
}

STDMETHODIMP FakeSupport::Notify(LPNOTIFKEY key, ULONG count, LPNOTIFICATION events,
                                 ULONG* flags) noexcept {
    return abi::guard("FakeSupport::Notify", [&]() -> HRESULT {
        const Bytes bytes = to_bytes(view_bytes(key->ab, key->cb));
        for (ULONG i = 0; i < count; ++i) notified.emplace_back(bytes, events[i].ulEventType);
        const auto subscriptions = m_subscriptions;
        for (const auto& [connection, subscription] : subscriptions) {
            if (subscription.key != bytes) continue;
            for (ULONG i = 0; i < count; ++i) {
                if ((events[i].ulEventType & subscription.mask) != 0)
                    subscription.sink->OnNotify(1, events + i);
            }
        }
        if (flags) *flags = 0;
        return S_OK;
    });
}

STDMETHODIMP FakeSupport::ModifyStatusRow(ULONG, LPSPropValue, ULONG) noexcept {
    return S_OK;
}

STDMETHODIMP FakeSupport::OpenProfileSection(LPMAPIUID, ULONG, LPPROFSECT* opened) noexcept {
    *opened = com::Ptr<FakeSection>(section).detach();
    return S_OK;
}

STDMETHODIMP FakeSupport::NewUID(LPMAPIUID uid) noexcept {
    return abi::guard("FakeSupport::NewUID", [&]() -> HRESULT {
        *uid = format::new_uid();
        return S_OK;
    });
}

STDMETHODIMP FakeSupport::SetProviderUID(LPMAPIUID uid, ULONG) noexcept {
    return abi::guard("FakeSupport::SetProviderUID", [&]() -> HRESULT {
        uids.push_back(*uid);
        return S_OK;
    });
}

STDMETHODIMP FakeSupport::PrepareSubmit(LPMESSAGE, ULONG*) noexcept {
    return S_OK;
}

STDMETHODIMP FakeSupport::ExpandRecips(LPMESSAGE, ULONG* flags) noexcept {
    *flags = expand_answer;
    return expand_result;
}

STDMETHODIMP FakeSupport::DoSentMail(ULONG, LPMESSAGE message) noexcept {
    return abi::guard("FakeSupport::DoSentMail", [&]() -> HRESULT {
        ++sent_count;
        if (FAILED(sent_result)) return sent_result;
        if (on_sent) on_sent(message);
        message->Release();  // the page makes the message the host's
        return S_OK;
    });
}

STDMETHODIMP FakeSupport::WrapStoreEntryID(ULONG size, LPENTRYID entry, ULONG* wrapped_size,
                                           LPENTRYID* wrapped) noexcept {
    return abi::guard("FakeSupport::WrapStoreEntryID", [&]() -> HRESULT {
        const Bytes bytes =
            format::wrap_store_entry_id("remapils.dll", format::view_entry_id(size, entry));
        *wrapped = object::pack_entry_id(bytes);
        *wrapped_size = narrow_size(bytes.size());
        return S_OK;
    });
}

STDMETHODIMP FakeSupport::ModifyProfile(ULONG) noexcept {
    return S_OK;
}

STDMETHODIMP FakeSupport::StoreLogoffTransports(ULONG*) noexcept {
    return S_OK;
}

STDMETHODIMP FakeSupport::RegisterPreprocessor(LPMAPIUID, LPTSTR, LPTSTR, LPSTR, LPSTR,
                                               ULONG) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::MakeInvalid(ULONG, LPVOID, ULONG, ULONG) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::SpoolerYield(ULONG) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::SpoolerNotify(ULONG, LPVOID) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::CreateOneOff(LPTSTR, LPTSTR, LPTSTR, ULONG, ULONG*, LPENTRYID*) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::CompareEntryIDs(ULONG, LPENTRYID, ULONG, LPENTRYID, ULONG,
                                          ULONG*) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::OpenTemplateID(ULONG, LPENTRYID, ULONG, LPMAPIPROP, LPCIID, LPMAPIPROP*,
                                         LPMAPIPROP) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::OpenEntry(ULONG, LPENTRYID, LPCIID, ULONG, ULONG*, LPUNKNOWN*) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::GetOneOffTable(ULONG, LPMAPITABLE*) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::Address(ULONG_PTR*, LPADRPARM, LPADRLIST*) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::Details(ULONG_PTR*, LPFNDISMISS, LPVOID, ULONG, LPENTRYID, LPFNBUTTON,
                                  LPVOID, LPTSTR, ULONG) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::NewEntry(ULONG_PTR, ULONG, ULONG, LPENTRYID, ULONG, LPENTRYID, ULONG*,
                                   LPENTRYID*) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::DoConfigPropsheet(ULONG_PTR, ULONG, LPTSTR, LPMAPITABLE, LPMAPIPROP,
                                            ULONG) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::CopyMessages(LPCIID, LPVOID, LPENTRYLIST, LPCIID, LPVOID, ULONG_PTR,
                                       LPMAPIPROGRESS, ULONG) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::CopyFolder(LPCIID, LPVOID, ULONG, LPENTRYID, LPCIID, LPVOID, LPTSTR,
                                     ULONG_PTR, LPMAPIPROGRESS, ULONG) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::DoCopyTo(LPCIID, LPVOID, ULONG, LPCIID, LPSPropTagArray, ULONG_PTR,
                                   LPMAPIPROGRESS, LPCIID, LPVOID, ULONG,
                                   LPSPropProblemArray*) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::DoCopyProps(LPCIID, LPVOID, LPSPropTagArray, ULONG_PTR, LPMAPIPROGRESS,
                                      LPCIID, LPVOID, ULONG, LPSPropProblemArray*) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::DoProgressDialog(ULONG_PTR, ULONG, LPMAPIPROGRESS*) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::ReadReceipt(ULONG flags, LPMESSAGE message, LPMESSAGE* report) noexcept {
    return abi::guard("FakeSupport::ReadReceipt", [&]() -> HRESULT {
        return on_report ? on_report(flags, message, *report) : MAPI_E_NO_SUPPORT;
    });
}

STDMETHODIMP FakeSupport::UpdatePAB(ULONG, LPMESSAGE) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::OpenAddressBook(LPCIID, ULONG, LPADRBOOK*) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::Preprocess(ULONG, ULONG, LPENTRYID) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::CompleteMsg(ULONG, ULONG, LPENTRYID) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::StatusRecips(LPMESSAGE, LPADRLIST) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::IStorageFromStream(LPUNKNOWN, LPCIID, ULONG, LPSTORAGE*) noexcept {
    return MAPI_E_NO_SUPPORT;
}

STDMETHODIMP FakeSupport::GetSvcConfigSupportObj(ULONG, LPMAPISUP*) noexcept {
    return MAPI_E_NO_SUPPORT;
}

}  // namespace remapi::kit
