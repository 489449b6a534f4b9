// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The transports of a profile, logged on when the first message needs them.
// Pages: mapi/transport-provider-and-mapi-spooler-operational-model.md,
// mapi/ixplogon-transportnotify.md, mapi/ixplogon-flushqueues.md
#pragma once

#include "spi/spooler/outgoing.h"
#include "spi/spooler/spooler_host.h"
#include "spi/transport_logon.h"

namespace remapi::spi {

class TransportQueue;

/// One thread.
class TransportSet {
public:
    /// @param flush  a person waits for the queue to be emptied: transports are told so
    TransportSet(std::shared_ptr<SpoolerHost> host, std::vector<ProviderIdentity> providers,
                 String profile_name, bool flush);
    /// Tells them that nothing more is sent, and logs off.
    ~TransportSet();
    TransportSet(const TransportSet&) = delete;
    TransportSet& operator=(const TransportSet&) = delete;

    /// Those that can be used now, in the order of the profile. One whose logon fails is tried
    /// again at the next call a while later.
    std::vector<OutgoingTransport*> usable();
    /// Why one is not among them; empty when all are.
    String missing() const { return m_missing; }

private:
    struct Slot {
        ProviderIdentity provider;
        std::unique_ptr<TransportQueue> transport;
        std::uint64_t next_logon = 0;  ///< steady milliseconds
        String failure;
    };
    void log_on(Slot& slot);

    const std::shared_ptr<SpoolerHost> m_host;
    const String m_profile_name;
    const bool m_flush;
    std::vector<Slot> m_slots;
    String m_missing;
};

}  // namespace remapi::spi
