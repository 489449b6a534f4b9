// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/spooler/make_spooler.h"

#include <atomic>

#include "abi/guard.h"
#include "com/object.h"
#include "config/config.h"
#include "log/log.h"
#include "port/clock.h"
#include "spi/props.h"
#include "spi/spooler/queue_runner.h"
#include "spi/spooler/spooler_control.h"
#include "spi/spooler/store_queue.h"
#include "spi/spooler/transport_queue.h"

namespace remapi::abi {
template <>
inline const IID& iid_of<IRemapiSpooler>() noexcept {
    return kIidRemapiSpooler;
}
template <>
inline const IID& iid_of<spi::IRemapiSpoolerControl>() noexcept {
    return spi::kIidRemapiSpoolerControl;
}
}  // namespace remapi::abi

namespace remapi::spi {
namespace {

/// Told by Stop; waited on between messages. Any thread.
class StopSignal {
public:
    void set() {
        const port::Lock lock(m_mutex);
        m_set.store(true, std::memory_order_relaxed);
        m_changed.notify_all();
    }
    bool is_set() const noexcept { return m_set.load(std::memory_order_relaxed); }
    /// False when it is set before the time is up.
    bool wait(std::uint32_t milliseconds) {
        const std::uint64_t end = port::steady_milliseconds() + milliseconds;
        const port::Lock lock(m_mutex);
        while (!is_set()) {
            const std::uint64_t now = port::steady_milliseconds();
            if (now >= end) return true;
            m_changed.wait_for(m_mutex, static_cast<std::uint32_t>(end - now));
        }
        return false;
    }

private:
    port::Mutex m_mutex;
    port::Condition m_changed;
    std::atomic<bool> m_set = false;
};

/// The world of one RunQueue.
class SessionSurroundings final : public Surroundings {
public:
    SessionSurroundings(const SpoolerRequest& request, std::shared_ptr<SpoolerHost> host,
                        StopSignal& stop, bool flush)
        : m_host(std::move(host)),
          m_stop(stop),
          m_transports(m_host, request.transports, request.profile_name, flush) {}

    std::vector<OutgoingTransport*> transports() override { return m_transports.usable(); }
    String missing_transport() override { return m_transports.missing(); }
    void report(OutgoingMessage& message, const std::vector<PropertyBag>& recipients) override {
        ProviderIdentity spooler;
        spooler.kind = ProviderKind::Transport;
        const AddressList list(recipients);
        check(m_host->status_recipients(spooler, message.object(), *list.get()), "making a report");
    }
    ULONG returned_recipients() override { return m_host->returned_recipients(); }
    std::uint64_t now() override { return port::file_time_now(); }
    bool pause(std::uint32_t milliseconds) override { return m_stop.wait(milliseconds); }
    bool stopping() override { return m_stop.is_set(); }

private:
    const std::shared_ptr<SpoolerHost> m_host;
    StopSignal& m_stop;
    TransportSet m_transports;
};

/// Page: mapi/mapi-spooler-overview.md
class Spooler final : public com::Object<Spooler, IRemapiSpooler, IRemapiSpoolerControl> {
public:
    using Interfaces = com::Answers<IRemapiSpooler, IRemapiSpoolerControl>;
    explicit Spooler(SpoolerRequest request) : m_request(std::move(request)) {}

    STDMETHODIMP RunQueue(ULONG flags, ULONG timeout_ms, ULONG* sent, ULONG* waiting,
                          ULONG* failed) noexcept override {
        return abi::guard("IRemapiSpooler::RunQueue", [&]() -> HRESULT {
            for (ULONG* count : {sent, waiting, failed}) {
                if (count) *count = 0;
            }
            if ((flags & ~(kSpoolOnce | kSpoolNow)) != 0) return MAPI_E_UNKNOWN_FLAGS;
            if (m_running.exchange(true)) return MAPI_E_BUSY;
            const Running running{m_running};
            const RunResult result = run(flags, timeout_ms);
            if (sent) *sent = result.sent;
            if (waiting) *waiting = result.waiting;
            if (failed) *failed = result.failed;
            return result.busy ? MAPI_E_BUSY : S_OK;
        });
    }

    STDMETHODIMP Stop() noexcept override {
        return abi::guard("IRemapiSpoolerControl::Stop", [&]() -> HRESULT {
            m_stop.set();
            return S_OK;
        });
    }

private:
    friend class com::Object<Spooler, IRemapiSpooler, IRemapiSpoolerControl>;
    ~Spooler() = default;

    struct Running {
        std::atomic<bool>& flag;
        ~Running() { flag.store(false); }
    };

    RunResult run(ULONG flags, ULONG timeout_ms);
    std::vector<std::unique_ptr<StoreQueue>> open_stores(const std::shared_ptr<SpoolerHost>& host);

    const SpoolerRequest m_request;
    StopSignal m_stop;
    std::atomic<bool> m_running = false;
};

// A store that cannot be opened does not keep the others from being worked off.
std::vector<std::unique_ptr<StoreQueue>> Spooler::open_stores(
    const std::shared_ptr<SpoolerHost>& host) {
    std::vector<std::unique_ptr<StoreQueue>> stores;
    HRESULT failed = S_OK;
    for (const ProviderIdentity& provider : m_request.stores) {
        try {
            StoreLogonRequest logon;
            logon.host = host;
            logon.provider = provider;
            logon.profile_name = m_request.profile_name;
            stores.push_back(StoreQueue::open_store(m_request.session.get(), logon));
        } catch (const Error& error) {
            if (error.code() != MAPI_E_NO_SUPPORT) failed = error.code();
            REMAPI_WARN(Spooler, "a store is left out: %s", error.what());
        }
    }
    if (stores.empty() && FAILED(failed)) throw Error(failed, "opening the stores of the profile");
    return stores;
}

RunResult Spooler::run(ULONG flags, ULONG timeout_ms) {
    RunOptions options;
    options.once = (flags & kSpoolOnce) != 0;
    options.now = (flags & kSpoolNow) != 0;
    options.timeout_ms = timeout_ms;
    options.linger_seconds = config::get_number("spooler.linger");
    options.retry = RetryPolicy::configured();
    options.lease_folder = Lease::folder();

    const auto host = std::make_shared<SpoolerHost>(m_request.host);
    const std::vector<std::unique_ptr<StoreQueue>> stores = open_stores(host);
    std::vector<OutgoingStore*> queues;
    for (const auto& store : stores) queues.push_back(store.get());
    SessionSurroundings surroundings(m_request, host, m_stop, options.now);
    const RunResult result = QueueRunner(queues, surroundings, options).run();
    REMAPI_INFO(Spooler, "sent %u, waiting %u, returned %u%s", static_cast<unsigned>(result.sent),
                static_cast<unsigned>(result.waiting), static_cast<unsigned>(result.failed),
                result.busy ? "; another spooler owns a queue" : "");
    return result;
}

}  // namespace

com::Ptr<IRemapiSpooler> make_spooler(SpoolerRequest request) {
    return com::make<Spooler>(std::move(request));
}

}  // namespace remapi::spi
