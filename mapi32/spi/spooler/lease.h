// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Who owns a store's outgoing queue: exactly one spooler at a time.
#pragma once

#include <optional>

#include "format/bytes.h"
#include "port/file.h"
#include "port/process.h"

namespace remapi::spi {

/// A lock on a file named after the store. The system drops it when its holder dies, so a lease
/// never outlives its owner. The file says who holds or held it last, for a person and `remapi
/// doctor`: lines "process=", "start=", "boot=". One thread at a time.
class Lease {
public:
    /// The folder of all leases of this user.
    static String folder();
    /// @param folder  where the file lies; made when it is taken
    Lease(StringView folder, BytesView record_key);

    /// Takes the lease unless somebody has it. Returns whether it is ours now.
    /// Throws Error(MAPI_E_DISK_ERROR) when its file cannot be made or opened.
    bool take();
    void release() noexcept { m_file.close(); }
    bool held() const noexcept { return m_file.is_open(); }

    /// Asks whoever holds the lease to let it go as soon as it has nothing to do but wait.
    void want();
    /// Takes the request back. Also what the new owner does.
    void no_longer_want() noexcept;
    /// Whether somebody asks for it.
    bool wanted() const;

    /// Who holds or held it last; nullopt when nobody ever did.
    std::optional<port::ProcessIdentity> last_holder() const;

private:
    void write_holder();

    String m_path;
    port::File m_file;
};

}  // namespace remapi::spi
