// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/object/spooler_seam.h"

#include "session/object/core.h"
#include "spi/spooler/make_spooler.h"

namespace remapi::session {
namespace {

std::vector<spi::ProviderIdentity> identities(const Profile& profile, spi::ProviderKind kind) {
    std::vector<spi::ProviderIdentity> all;
    for (const MAPIUID& uid : provider_uids(profile, kind)) {
        all.push_back(identity_of_provider(profile, uid));
    }
    return all;
}

}  // namespace

com::Ptr<IRemapiSpooler> open_spooler(const std::shared_ptr<SessionCore>& core,
                                      IMAPISession* session) {
    spi::SpoolerRequest request;
    request.session = com::Ptr<IMAPISession>::share(session);
    request.host = core->host();
    request.profile_name = core->profile().name();
    request.stores = identities(core->profile(), spi::ProviderKind::Store);
    request.transports = identities(core->profile(), spi::ProviderKind::Transport);
    return spi::make_spooler(std::move(request));
}

}  // namespace remapi::session
