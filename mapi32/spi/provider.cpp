// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/provider.h"

namespace remapi::spi {

ProviderKind kind_of_resource(ULONG resource_type) noexcept {
    switch (resource_type) {
        case MAPI_STORE_PROVIDER:
            return ProviderKind::Store;
        case MAPI_AB:
        case MAPI_AB_PROVIDER:
            return ProviderKind::AddressBook;
        case MAPI_TRANSPORT_PROVIDER:
            return ProviderKind::Transport;
        default:
            return ProviderKind::Service;
    }
}

}  // namespace remapi::spi
