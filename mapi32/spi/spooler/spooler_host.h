// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What stores and transports see of the session while the spooler works.
#pragma once

#include "port/mutex.h"
#include "spi/support_host.h"

namespace remapi::spi {

/// Passes on to the session's own host, and notes what transports say to the spooler. Any thread.
class SpoolerHost final : public SupportHost {
public:
    explicit SpoolerHost(std::shared_ptr<SupportHost> session) : m_session(std::move(session)) {}

    /// What a transport said since the last call: the text it put into PR_STATUS_STRING.
    String take_status_text(const MAPIUID& transport);
    /// Recipients that reports of non-delivery were made for.
    ULONG returned_recipients();
    /// Whether a transport reported NOTIFY_CRITICAL_ERROR: it is not to be called any more.
    bool has_given_up(const MAPIUID& transport);
    /// Whether a transport asked, by NOTIFY_CONFIG_CHANGE, for its address types to be read again.
    bool take_changed(const MAPIUID& transport);

    com::Ptr<IMAPISession> session() override { return m_session->session(); }
    com::Ptr<IAddrBook> address_book() override { return m_session->address_book(); }
    com::Ptr<IMsgStore> default_store() override { return m_session->default_store(); }
    com::Ptr<IProfSect> open_profile_section(const ProviderIdentity& provider, const MAPIUID& uid,
                                             ULONG flags) override {
        return m_session->open_profile_section(provider, uid, flags);
    }
    void register_provider_uid(const ProviderIdentity& provider, const MAPIUID& uid) override {
        m_session->register_provider_uid(provider, uid);
    }
    void modify_status_row(const ProviderIdentity& provider, std::span<const SPropValue> values,
                           bool update) override;
    void keep_store_in_profile(const ProviderIdentity& provider) override {
        m_session->keep_store_in_profile(provider);
    }
    /// Does nothing: the spooler runs already and looks at the queue again before it ends.
    void start_spooler() override {}
    void register_preprocessor(const Preprocessor& preprocessor) override {
        m_session->register_preprocessor(preprocessor);
    }
    std::vector<Preprocessor> preprocessors() override { return m_session->preprocessors(); }
    HRESULT spooler_notify(const ProviderIdentity& provider, ULONG flags, void* data) override;
    HRESULT status_recipients(const ProviderIdentity& provider, IMessage* message,
                              const ADRLIST& recipients) override;

private:
    struct Said {
        MAPIUID transport;
        String status_text;
        bool given_up = false;
        bool changed = false;
    };
    Said& said_by(const MAPIUID& transport);

    const std::shared_ptr<SupportHost> m_session;
    port::Mutex m_mutex;
    std::vector<Said> m_said;  ///< guarded by m_mutex
    ULONG m_returned = 0;      ///< guarded by m_mutex
};

}  // namespace remapi::spi
