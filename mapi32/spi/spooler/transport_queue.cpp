// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/spooler/transport_queue.h"

#include <algorithm>

#include "format/error_names.h"
#include "log/log.h"
#include "port/clock.h"
#include "text/text.h"

namespace remapi::spi {
namespace {

/// For how long a transport whose logon failed is left alone.
constexpr std::uint64_t kLogonPauseMs = 5000;

}  // namespace

/// One transport logged on. One thread.
class TransportQueue final : public OutgoingTransport {
public:
    TransportQueue(std::shared_ptr<SpoolerHost> host, std::shared_ptr<TransportLogon> logon,
                   bool flush)
        : m_host(std::move(host)),
          m_logon(std::move(logon)),
          m_flush(flush),
          m_name(m_logon->module().name()) {
        say(NOTIFY_BEGIN_OUTBOUND);
        if (!m_flush) return;
        say(NOTIFY_BEGIN_OUTBOUND_FLUSH);
        m_logon->flush_queues(0, FLUSH_UPLOAD | FLUSH_NO_UI);
    }

    ~TransportQueue() override {
        if (m_flush) say(NOTIFY_END_OUTBOUND_FLUSH);
        say(NOTIFY_END_OUTBOUND);
        m_logon->log_off();
    }

    const std::string& name() const override { return m_name; }

    bool claims(BytesView entry_id) const override {
        const auto uid = format::entry_id_uid(entry_id);
        if (!uid) return false;
        const auto same = [&](const MAPIUID& own) { return same_uid(own, *uid); };
        return std::any_of(m_logon->uids().begin(), m_logon->uids().end(), same);
    }

    bool takes_type(StringView address_type) const override {
        if (m_logon->handles_every_type()) return true;
        const auto same = [&](const String& own) {
            return text::equal_ignoring_case(own, address_type);
        };
        return std::any_of(m_logon->address_types().begin(), m_logon->address_types().end(), same);
    }

    HandOver submit(OutgoingMessage& message, bool tried_before) override {
        const MAPIUID& uid = m_logon->provider().uid;
        m_host->take_status_text(uid);
        ULONG_PTR reference = 0;
        ULONG_PTR parameter = 0;
        HandOver answer;
        const ULONG flags = tried_before ? BEGIN_DEFERRED : 0;
        answer.result = m_logon->submit_message(flags, message.object(), &reference, &parameter);
        if (SUCCEEDED(answer.result)) {
            const HRESULT ended = m_logon->end_message(reference, &answer.end_flags);
            // The message is over to it; PR_RESPONSIBILITY tells for whom.
            if (FAILED(ended))
                REMAPI_WARN(Spooler, "%s: EndMessage: %s", m_name.c_str(), name_of(ended).c_str());
            return answer;
        }
        if (answer.result == MAPI_E_WAIT || answer.result == MAPI_E_NETWORK_ERROR) {
            answer.wait_seconds =
                static_cast<ULONG>(std::min<ULONG_PTR>(parameter, kLongestWaitSeconds));
        }
        answer.reason = m_host->take_status_text(uid);
        return answer;
    }

    void refresh() {
        if (m_host->take_changed(m_logon->provider().uid)) m_logon->refresh_address_types();
    }

private:
    /// Whatever a transport asks for: a day is the longest.
    static constexpr ULONG kLongestWaitSeconds = 86400;

    static std::string name_of(HRESULT hr) { return format::describe_hresult(hr); }
    void say(ULONG flags) {
        const HRESULT hr = m_logon->notify(flags);
        if (FAILED(hr))
            REMAPI_TRACE(Spooler, "%s: TransportNotify: %s", m_name.c_str(), name_of(hr).c_str());
    }

    const std::shared_ptr<SpoolerHost> m_host;
    const std::shared_ptr<TransportLogon> m_logon;
    const bool m_flush;
    const std::string m_name;
};

TransportSet::TransportSet(std::shared_ptr<SpoolerHost> host,
                           std::vector<ProviderIdentity> providers, String profile_name, bool flush)
    : m_host(std::move(host)), m_profile_name(std::move(profile_name)), m_flush(flush) {
    for (ProviderIdentity& provider : providers) {
        m_slots.push_back({std::move(provider), nullptr, 0, {}});
    }
}

TransportSet::~TransportSet() = default;

std::vector<OutgoingTransport*> TransportSet::usable() {
    m_missing.clear();
    std::vector<OutgoingTransport*> result;
    for (Slot& slot : m_slots) {
        if (!slot.transport && port::steady_milliseconds() >= slot.next_logon) log_on(slot);
        if (!slot.transport) {
            m_missing = slot.failure;
            continue;
        }
        if (m_host->has_given_up(slot.provider.uid)) {
            m_missing = slot.provider.display_name +
                        REMAPI_W(" reports an error that it cannot recover from.");
            continue;
        }
        slot.transport->refresh();
        result.push_back(slot.transport.get());
    }
    return result;
}

void TransportSet::log_on(Slot& slot) {
    try {
        TransportLogonRequest request;
        request.host = m_host;
        request.provider = slot.provider;
        request.profile_name = m_profile_name;
        request.flags = LOGON_NO_DIALOG | LOGON_NO_INBOUND;
        slot.transport =
            std::make_unique<TransportQueue>(m_host, TransportLogon::log_on(request), m_flush);
    } catch (const Error& error) {
        slot.next_logon = port::steady_milliseconds() + kLogonPauseMs;
        slot.failure = slot.provider.display_name + REMAPI_W(" is not available: ") +
                       text::from_utf8(format::describe_hresult(error.code()));
        REMAPI_ERROR(Spooler, "a transport cannot be used: %s", error.what());
    }
}

}  // namespace remapi::spi
