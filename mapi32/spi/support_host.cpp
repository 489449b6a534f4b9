// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/support_host.h"

#include "abi/error.h"
#include "spi/report.h"

namespace remapi::spi {

HRESULT SupportHost::spooler_notify(const ProviderIdentity&, ULONG, void*) {
    return S_OK;
}

bool SupportHost::delivery_cancelled(const ProviderIdentity&) {
    return false;
}

HRESULT SupportHost::complete_message(const ProviderIdentity&, BytesView) {
    return MAPI_E_NO_SUPPORT;
}

HRESULT SupportHost::store_logoff_transports(const ProviderIdentity&, ULONG& flags) {
    flags = LOGOFF_COMPLETE;
    return S_OK;
}

HRESULT SupportHost::status_recipients(const ProviderIdentity&, IMessage* message,
                                       const ADRLIST& recipients) {
    const com::Ptr<IMsgStore> store = default_store();
    deliver_reports(store.get(), message, recipients);
    return S_OK;
}

}  // namespace remapi::spi
