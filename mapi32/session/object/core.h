// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A session: everything that the session objects of its clients share.
#pragma once

#include "object/notify/subscriptions.h"
#include "session/object/address_books.h"
#include "session/object/status_rows.h"
#include "session/object/stores.h"
#include "session/object/transports.h"
#include "session/profile/profile_use.h"
#include "spi/routing.h"

namespace remapi::session {

/// Held by shared_ptr: by the session objects, and by what they opened for as long as it needs the
/// session. Providers reach it through a host that refers to it weakly. Ends when the last client
/// has logged off. Any thread.
class SessionCore : public std::enable_shared_from_this<SessionCore> {
public:
    /// `flags`: those of MAPILogonEx.
    SessionCore(Profile profile, FLAGS flags);
    ~SessionCore();
    SessionCore(const SessionCore&) = delete;
    SessionCore& operator=(const SessionCore&) = delete;

    const Profile& profile() const noexcept { return m_profile; }
    FLAGS flags() const noexcept { return m_flags; }
    /// Nothing is sent or received by the spooler for this session.
    bool without_mail() const noexcept { return (m_flags & (MAPI_NO_MAIL | MAPI_NT_SERVICE)) != 0; }

    Stores& stores() noexcept { return m_stores; }
    Transports& transports() noexcept { return m_transports; }
    AddressBooks& address_books() noexcept { return m_address_books; }
    StatusRows& status() noexcept { return m_status; }
    spi::Routing& routing() noexcept { return m_routing; }
    /// Who wants to hear about the session itself.
    object::Subscriptions& subscriptions() noexcept { return m_subscriptions; }
    /// What providers see of this session.
    std::shared_ptr<spi::SupportHost> host();

    void add_preprocessor(const spi::Preprocessor& preprocessor);
    std::vector<spi::Preprocessor> preprocessors() const;

    /// A client's session object was made, and went or logged off. The last one ends the session.
    /// `shared`: the clients that are left are told to go.
    /// False when the session has ended already: nobody can join any more.
    bool join() noexcept;
    void leave(bool shared) noexcept;
    bool has_ended() const noexcept;
    /// A session object for a new client or for a provider; `client` says that it joined.
    com::Ptr<IMAPISession> make_session_object(bool client);

private:
    void tell_clients(SCODE code, ULONG events) noexcept;
    void end() noexcept;

    const Profile m_profile;
    const ProfileUse m_use;
    const FLAGS m_flags;
    spi::Routing m_routing;
    object::Subscriptions m_subscriptions{object::Subscriptions::Delivery::Later};
    Stores m_stores;
    Transports m_transports;
    AddressBooks m_address_books;
    StatusRows m_status;
    mutable port::Mutex m_mutex;
    std::shared_ptr<spi::SupportHost> m_host;        ///< guarded by m_mutex
    std::vector<spi::Preprocessor> m_preprocessors;  ///< guarded by m_mutex
    ULONG m_clients = 0;                             ///< guarded by m_mutex
    bool m_ended = false;                            ///< guarded by m_mutex
};

}  // namespace remapi::session
