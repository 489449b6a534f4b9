// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Message services and their providers within a profile: which there are, in what order, how they
// come in from mapisvc.inf and go again. Pages: mapi/message-services-and-profiles.md,
// mapi/mapi-profiles.md
#pragma once

#include "session/profile/profile.h"
#include "spi/provider.h"
#include "spi/service_file.h"

namespace remapi::session {

/// The services of `profile` in their order.
std::vector<MAPIUID> service_uids(const Profile& profile);
/// The providers of one kind in their order; of transports that is the order in which they are
/// asked.
std::vector<MAPIUID> provider_uids(const Profile& profile, spi::ProviderKind kind);
/// The providers of every kind: stores, address books, transports.
std::vector<MAPIUID> provider_uids(const Profile& profile);
/// The providers of one service.
std::vector<MAPIUID> providers_of_service(const Profile& profile, const MAPIUID& service);
bool is_service(const Profile& profile, const MAPIUID& uid);
/// Whether `uid` names a provider's section: clients do not open those unasked.
bool is_provider(const Profile& profile, const MAPIUID& uid);

/// What the section of a provider or service says about it. Throws Error(MAPI_E_NOT_FOUND).
spi::ProviderIdentity identity_of_provider(const Profile& profile, const MAPIUID& uid);
spi::ProviderIdentity identity_of_service(const Profile& profile, const MAPIUID& uid);

/// Copies the sections of a service from mapisvc.inf into the profile.
/// @param display_name  used where mapisvc.inf has none; may be empty
/// Throws Error(MAPI_E_NOT_FOUND) when mapisvc.inf does not list it, Error(MAPI_E_NO_ACCESS) when
/// it allows one copy only and that is there.
MAPIUID add_service(const Profile& profile, const spi::ServiceFile& file, StringView service,
                    StringView display_name);
/// Removes a service's section with those of its providers and its extra ones.
void remove_service(const Profile& profile, const MAPIUID& service);
/// A copy of all sections of `service` in `target`, which may be the same profile.
MAPIUID copy_service(const Profile& profile, const MAPIUID& service, const Profile& target);

/// Copies one provider section of mapisvc.inf into the profile, as part of `service`.
MAPIUID add_provider(const Profile& profile, const MAPIUID& service,
                     const spi::ServiceSection& section);
void remove_provider(const Profile& profile, const MAPIUID& provider);

/// The default store: the first with STATUS_DEFAULT_STORE; nullopt when no store may be it.
std::optional<MAPIUID> default_store(const Profile& profile);
/// Makes one store the default, the others not. nullopt: none is.
void set_default_store(const Profile& profile, const std::optional<MAPIUID>& store);

}  // namespace remapi::session
