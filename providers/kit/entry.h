// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What every provider module does when its host first calls it.
#pragma once

#include "memory/allocator.h"

namespace remapi::kit {

/// MSProviderInit, ABProviderInit and XPProviderInit begin alike: checks the host's interface
/// version, tells ours, takes the host's memory routines and keeps this module loaded.
/// @param provider_version  [out] CURRENT_SPI_VERSION
/// Errors: MAPI_E_INVALID_PARAMETER; MAPI_E_VERSION for a host that is older than the interface.
/// Page: mapi/msproviderinit.md
HRESULT begin_provider(const memory::Routines& host, ULONG host_version,
                       ULONG* provider_version) noexcept;

/// The same for a service entry point, which gets the routines from its support object.
/// Page: mapi/msgserviceentry.md
HRESULT begin_service(IMAPISupport* support) noexcept;

}  // namespace remapi::kit
