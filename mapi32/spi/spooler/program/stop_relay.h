// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "port/mutex.h"
#include "spi/spooler/spooler_control.h"

namespace remapi::spooler_program {

/// Passes a request to stop, which may come at any time, on to the spooler for as long as there is
/// one. Any thread.
class StopRelay {
public:
    void stop() noexcept {
        const port::Lock lock(m_mutex);
        m_stopped = true;
        if (m_spooler) m_spooler->Stop();
    }
    /// `spooler` is borrowed until the next call; null: there is none any more.
    void attach(spi::IRemapiSpoolerControl* spooler) noexcept {
        const port::Lock lock(m_mutex);
        m_spooler = spooler;
        if (m_spooler && m_stopped) m_spooler->Stop();
    }

private:
    port::Mutex m_mutex;
    spi::IRemapiSpoolerControl* m_spooler = nullptr;  ///< guarded by m_mutex
    bool m_stopped = false;                           ///< guarded by m_mutex
};

}  // namespace remapi::spooler_program
