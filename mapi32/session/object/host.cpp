// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/object/host.h"

#include "session/addressbook/address_book.h"
#include "session/object/core.h"
#include "session/object/spooler_start.h"
#include "session/profile/section_object.h"

namespace remapi::session {
namespace {

class SessionHost final : public spi::SupportHost {
public:
    explicit SessionHost(std::weak_ptr<SessionCore> core) : m_core(std::move(core)) {}

    com::Ptr<IMAPISession> session() override { return core()->make_session_object(false); }

    com::Ptr<IAddrBook> address_book() override {
        return open_address_book(core(), 0, AB_NO_DIALOG).book;
    }

    com::Ptr<IMsgStore> default_store() override {
        const std::shared_ptr<SessionCore> session = core();
        const std::optional<MAPIUID> provider = session::default_store(session->profile());
        if (!provider) throw Error(MAPI_E_NOT_FOUND, "the profile has no default store");
        const auto logon = session->stores().open_provider(*provider, 0, MDB_WRITE | MDB_NO_DIALOG);
        return com::Ptr<IMsgStore>::share(logon->store());
    }

    com::Ptr<IProfSect> open_profile_section(const spi::ProviderIdentity&, const MAPIUID& uid,
                                             ULONG flags) override {
        const std::shared_ptr<SessionCore> session = core();
        if (com::Ptr<IProfSect> temporary = session->stores().temporary_section(uid))
            return temporary;
        return open_section(session->profile(), uid, flags);
    }

    void register_provider_uid(const spi::ProviderIdentity& provider, const MAPIUID& uid) override {
        core()->routing().add(uid, provider.kind, provider.uid);
    }

    void modify_status_row(const spi::ProviderIdentity& provider,
                           std::span<const SPropValue> values, bool update) override {
        core()->status().modify(provider, values, update);
    }

    void keep_store_in_profile(const spi::ProviderIdentity& provider) override {
        core()->stores().list_store(provider.uid);
    }

    void start_spooler() override {
        const std::shared_ptr<SessionCore> session = core();
        if (!session->without_mail()) start_spooler_program(session->profile().name());
    }

    void register_preprocessor(const spi::Preprocessor& preprocessor) override {
        core()->add_preprocessor(preprocessor);
    }

    std::vector<spi::Preprocessor> preprocessors() override { return core()->preprocessors(); }

private:
    std::shared_ptr<SessionCore> core() const {
        std::shared_ptr<SessionCore> session = m_core.lock();
        if (!session) throw Error(MAPI_E_END_OF_SESSION, "a provider's call after its session");
        return session;
    }

    const std::weak_ptr<SessionCore> m_core;
};

[[noreturn]] void no_session() {
    throw Error(MAPI_E_NO_SUPPORT,
                "a service entry point has no session while a profile is set up");
}

class ProfileHost final : public spi::SupportHost {
public:
    explicit ProfileHost(const Profile& profile) : m_profile(profile) {}

    com::Ptr<IMAPISession> session() override { no_session(); }
    com::Ptr<IAddrBook> address_book() override { no_session(); }
    com::Ptr<IMsgStore> default_store() override { no_session(); }
    com::Ptr<IProfSect> open_profile_section(const spi::ProviderIdentity&, const MAPIUID& uid,
                                             ULONG flags) override {
        return open_section(m_profile, uid, flags);
    }
    void register_provider_uid(const spi::ProviderIdentity&, const MAPIUID&) override {
        no_session();
    }
    void modify_status_row(const spi::ProviderIdentity&, std::span<const SPropValue>,
                           bool) override {
        no_session();
    }
    void keep_store_in_profile(const spi::ProviderIdentity&) override { no_session(); }
    void start_spooler() override { start_spooler_program(m_profile.name()); }
    void register_preprocessor(const spi::Preprocessor&) override { no_session(); }
    std::vector<spi::Preprocessor> preprocessors() override { return {}; }

private:
    const Profile m_profile;
};

}  // namespace

std::shared_ptr<spi::SupportHost> make_session_host(std::weak_ptr<SessionCore> core) {
    return std::make_shared<SessionHost>(std::move(core));
}

std::shared_ptr<spi::SupportHost> make_profile_host(const Profile& profile) {
    return std::make_shared<ProfileHost>(profile);
}

}  // namespace remapi::session
