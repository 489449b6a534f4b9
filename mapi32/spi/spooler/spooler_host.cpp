// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/spooler/spooler_host.h"

#include "log/log.h"
#include "object/props/abi_value.h"
#include "spi/props.h"

namespace remapi::spi {

SpoolerHost::Said& SpoolerHost::said_by(const MAPIUID& transport) {
    for (Said& said : m_said) {
        if (same_uid(said.transport, transport)) return said;
    }
    return m_said.emplace_back(Said{transport, {}});
}

String SpoolerHost::take_status_text(const MAPIUID& transport) {
    const port::Lock lock(m_mutex);
    return std::exchange(said_by(transport).status_text, {});
}

ULONG SpoolerHost::returned_recipients() {
    const port::Lock lock(m_mutex);
    return m_returned;
}

bool SpoolerHost::has_given_up(const MAPIUID& transport) {
    const port::Lock lock(m_mutex);
    return said_by(transport).given_up;
}

bool SpoolerHost::take_changed(const MAPIUID& transport) {
    const port::Lock lock(m_mutex);
    return std::exchange(said_by(transport).changed, false);
}

void SpoolerHost::modify_status_row(const ProviderIdentity& provider,
                                    std::span<const SPropValue> values, bool update) {
    m_session->modify_status_row(provider, values, update);
    const PropertyBag row(object::from_abi(narrow_size(values.size()), values.data()));
    if (!row.find_typed(PR_STATUS_STRING_W)) return;
    const port::Lock lock(m_mutex);
    said_by(provider.uid).status_text = String(row.text(PR_STATUS_STRING_W));
}

HRESULT SpoolerHost::spooler_notify(const ProviderIdentity& provider, ULONG flags, void* data) {
    {
        const port::Lock lock(m_mutex);
        Said& said = said_by(provider.uid);
        if ((flags & NOTIFY_CRITICAL_ERROR) != 0) said.given_up = true;
        if ((flags & NOTIFY_READYTOSEND) != 0) said.given_up = false;
        if ((flags & NOTIFY_CONFIG_CHANGE) != 0) said.changed = true;
    }
    if ((flags & NOTIFY_CRITICAL_ERROR) != 0) {
        REMAPI_ERROR(Spooler, "%s reports an error that it cannot recover from",
                     log::utf8(StringView(provider.display_name)).c_str());
    }
    return m_session->spooler_notify(provider, flags, data);
}

HRESULT SpoolerHost::status_recipients(const ProviderIdentity& provider, IMessage* message,
                                       const ADRLIST& recipients) {
    const HRESULT hr = m_session->status_recipients(provider, message, recipients);
    if (FAILED(hr)) return hr;
    ULONG returned = 0;
    for (const PropertyBag& row : rows_of(recipients)) {
        if (!row.find_typed(PR_DELIVER_TIME)) ++returned;
    }
    const port::Lock lock(m_mutex);
    m_returned += returned;
    return hr;
}

}  // namespace remapi::spi
