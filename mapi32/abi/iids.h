// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Which IID an interface answers to, for com::Answers.
#pragma once

#include "abi/mapi.h"

namespace remapi::abi {

/// The IID of `Interface`.
template <class Interface>
const IID& iid_of() noexcept = delete;

#define REMAPI_IID(Interface, name)                  \
    template <>                                      \
    inline const IID& iid_of<Interface>() noexcept { \
        return name;                                 \
    }

REMAPI_IID(IUnknown, IID_IUnknown)
REMAPI_IID(IClassFactory, IID_IClassFactory)
REMAPI_IID(IMalloc, IID_IMalloc)
REMAPI_IID(ISequentialStream, IID_ISequentialStream)
REMAPI_IID(IStream, IID_IStream)
REMAPI_IID(IStorage, IID_IStorage)
REMAPI_IID(IEnumSTATSTG, IID_IEnumSTATSTG)
REMAPI_IID(ILockBytes, IID_ILockBytes)
REMAPI_IID(IABContainer, IID_IABContainer)
REMAPI_IID(IABLogon, IID_IABLogon)
REMAPI_IID(IABProvider, IID_IABProvider)
REMAPI_IID(IAddrBook, IID_IAddrBook)
REMAPI_IID(IAttach, IID_IAttachment)
REMAPI_IID(IDistList, IID_IDistList)
REMAPI_IID(IMAPIAdviseSink, IID_IMAPIAdviseSink)
REMAPI_IID(IMAPIContainer, IID_IMAPIContainer)
REMAPI_IID(IMAPIControl, IID_IMAPIControl)
REMAPI_IID(IMAPIFolder, IID_IMAPIFolder)
REMAPI_IID(IMAPIForm, IID_IMAPIForm)
REMAPI_IID(IMAPIFormAdviseSink, IID_IMAPIFormAdviseSink)
REMAPI_IID(IMAPIFormContainer, IID_IMAPIFormContainer)
REMAPI_IID(IMAPIFormFactory, IID_IMAPIFormFactory)
REMAPI_IID(IMAPIFormInfo, IID_IMAPIFormInfo)
REMAPI_IID(IMAPIFormMgr, IID_IMAPIFormMgr)
REMAPI_IID(IMAPIMessageSite, IID_IMAPIMessageSite)
REMAPI_IID(IMAPIProgress, IID_IMAPIProgress)
REMAPI_IID(IMAPIProp, IID_IMAPIProp)
REMAPI_IID(IMAPISession, IID_IMAPISession)
REMAPI_IID(IMAPISupport, IID_IMAPISup)
REMAPI_IID(IMAPIStatus, IID_IMAPIStatus)
REMAPI_IID(IMAPITable, IID_IMAPITable)
REMAPI_IID(IMAPIViewAdviseSink, IID_IMAPIViewAdviseSink)
REMAPI_IID(IMAPIViewContext, IID_IMAPIViewContext)
REMAPI_IID(IMSLogon, IID_IMSLogon)
REMAPI_IID(IMSProvider, IID_IMSProvider)
REMAPI_IID(IMailUser, IID_IMailUser)
REMAPI_IID(IMessage, IID_IMessage)
REMAPI_IID(IMsgServiceAdmin, IID_IMsgServiceAdmin)
REMAPI_IID(IMsgStore, IID_IMsgStore)
REMAPI_IID(IPersistMessage, IID_IPersistMessage)
REMAPI_IID(IProfAdmin, IID_IProfAdmin)
REMAPI_IID(IProfSect, IID_IProfSect)
REMAPI_IID(IPropData, IID_IMAPIPropData)
REMAPI_IID(IProviderAdmin, IID_IProviderAdmin)
REMAPI_IID(ISpoolerHook, IID_ISpoolerHook)
REMAPI_IID(ITableData, IID_IMAPITableData)
REMAPI_IID(ITnef, IID_ITNEF)
REMAPI_IID(IXPLogon, IID_IXPLogon)
REMAPI_IID(IXPProvider, IID_IXPProvider)

#undef REMAPI_IID

}  // namespace remapi::abi
