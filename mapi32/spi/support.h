// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMAPISupport, which every provider and service entry point gets from its host.
#pragma once

#include <memory>
#include <set>

#include "com/object.h"
#include "port/mutex.h"
#include "spi/support_host.h"

namespace remapi::spi {

/// Gives a provider the session it runs in. The headers of mingw-w64 lack it.
/// Page: mapi/imapigetsessioniunknown.md
struct IMAPIGetSession : IUnknown {
    virtual HRESULT STDMETHODCALLTYPE GetMAPISession(IUnknown** session) = 0;
};
constexpr GUID kIidMapiGetSession = {
    0x614AB435, 0x491D, 0x4F5B, {0xA8, 0xB4, 0x60, 0xEB, 0x03, 0x10, 0x30, 0xC6}};

/// A support object for `provider`, whose kind decides which methods it has: the others return
/// MAPI_E_NO_SUPPORT. It keeps `host` alive. Any thread may call it.
/// Page: mapi/support-object-overview.md
com::Ptr<IMAPISupport> make_support(std::shared_ptr<SupportHost> host,
                                    const ProviderIdentity& provider);

/// Ends every subscription that was made through `support` and not taken back, and detaches it from
/// its host: later calls that need the session return MAPI_E_END_OF_SESSION. For logoff. `support`
/// must come from make_support.
void close_support(IMAPISupport* support) noexcept;

}  // namespace remapi::spi
