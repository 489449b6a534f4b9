// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What the host knows about one provider or message service of a profile.
#pragma once

#include "format/entry_id.h"

namespace remapi::spi {

using format::same_uid;

/// What a support object serves. Each kind has its own subset of IMAPISupport.
/// Page: mapi/support-object-overview.md
enum class ProviderKind {
    Store,
    AddressBook,
    Transport,
    Service,  ///< a service entry point or a spooler hook: the configuration subset
};

/// Identity of a provider within a session. Plain data, copied freely.
struct ProviderIdentity {
    ProviderKind kind = ProviderKind::Service;
    MAPIUID uid = {};          ///< PR_PROVIDER_UID: names its profile section and its status row
    MAPIUID service_uid = {};  ///< PR_SERVICE_UID of the message service it belongs to
    String dll_name;           ///< PR_PROVIDER_DLL_NAME as registered, without the "32"
    String display_name;       ///< PR_DISPLAY_NAME, for messages to a person and the log
};

/// The kind that PR_RESOURCE_TYPE names (MAPI_STORE_PROVIDER ...); Service for any other type.
ProviderKind kind_of_resource(ULONG resource_type) noexcept;

}  // namespace remapi::spi
