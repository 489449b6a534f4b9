// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The spooler of one session.
#pragma once

#include <memory>
#include <vector>

#include "abi/remapi_tags.h"
#include "com/ptr.h"
#include "spi/support_host.h"

namespace remapi::spi {

/// What the session gives its spooler.
struct SpoolerRequest {
    com::Ptr<IMAPISession> session;     ///< kept alive by the spooler
    std::shared_ptr<SupportHost> host;  ///< what its stores and transports see of the session
    String profile_name;
    std::vector<ProviderIdentity> stores;
    std::vector<ProviderIdentity> transports;  ///< in the order in which they are asked
};

/// An object with IRemapiSpooler and IRemapiSpoolerControl. It logs on to stores and transports
/// only while RunQueue works.
com::Ptr<IRemapiSpooler> make_spooler(SpoolerRequest request);

}  // namespace remapi::spi
