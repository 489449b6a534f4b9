// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <span>

#include "com/ptr.h"

namespace remapi::localstore {

/// Configures the message service without any dialog: writes the settings among `properties` that
/// are the store provider's (kTagStorePath, PR_DISPLAY_NAME) into its profile section.
/// @param context    MSG_SERVICE_CREATE ... MSG_SERVICE_PROVIDER_DELETE
/// @param providers  may be null where the context needs none
/// Errors: MAPI_E_INVALID_PARAMETER, MAPI_E_NO_SUPPORT for a context or dialog there is not; what
/// the profile answers. Page: mapi/msgserviceentry.md
HRESULT configure_service(ULONG context, ULONG flags, std::span<const SPropValue> properties,
                          IProviderAdmin* providers);

}  // namespace remapi::localstore
