// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/face/steps.h"

#include <algorithm>

#include "abi/error.h"
#include "log/log.h"

namespace remapi::localstore {

Steps::Steps(const Audience& audience) {
    if (!audience.dialog) return;
    m_progress = com::Ptr<IMAPIProgress>::share(audience.progress);
    if (!m_progress) {
        const HRESULT hr =
            audience.host->DoProgressDialog(audience.ui_param, MAPI_TOP_LEVEL, m_progress.put());
        if (FAILED(hr)) {
            REMAPI_INFO(Store, "no progress is shown: 0x%08x", static_cast<unsigned>(hr));
            return;
        }
    }
    ULONG flags = 0;
    if (FAILED(m_progress->GetMin(&m_low)) || FAILED(m_progress->GetMax(&m_high)) ||
        FAILED(m_progress->GetFlags(&flags)) || m_high < m_low) {
        REMAPI_WARN(Store, "a progress object answers no limits: nothing is shown");
        m_progress.reset();
    }
    m_top_level = (flags & MAPI_TOP_LEVEL) != 0;
}

void Steps::expect(std::size_t total) {
    m_total = std::max<std::size_t>(total, 1);
    tell();
}

void Steps::done(std::size_t count) {
    m_done = std::min(m_done + count, m_total);
    tell();
}

void Steps::tell() {
    if (!m_progress) return;
    const std::uint64_t range = m_high - m_low;
    const auto value = m_low + static_cast<ULONG>(range * m_done / m_total);
    // Without MAPI_TOP_LEVEL this is part of something else, which has counts of its own.
    const auto count = m_top_level ? static_cast<ULONG>(m_done) : 0;
    const auto total = m_top_level ? static_cast<ULONG>(m_total) : 0;
    if (m_progress->Progress(value, count, total) == MAPI_E_USER_CANCEL)
        throw Error(MAPI_E_USER_CANCEL, "an operation that was cancelled");
}

}  // namespace remapi::localstore
