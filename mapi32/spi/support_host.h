// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What a support object asks of the session that made it. Plain C++, implemented by session/.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "com/ptr.h"
#include "spi/provider.h"

namespace remapi::spi {

/// One function that a transport registered to run over its messages before they are handed to it.
/// Page: mapi/imapisupport-registerpreprocessor.md
struct Preprocessor {
    MAPIUID transport_uid = {};  ///< PR_PROVIDER_UID of the transport that registered it
    bool has_uid = false;
    MAPIUID uid = {};     ///< matches recipients whose entry id carries it
    String address_type;  ///< matches recipients of this type; empty: none given
    String dll_name;
    std::string preprocess_name;
    std::string remove_name;
};

/// The session behind a support object. Held by shared_ptr: a provider may keep its support object
/// longer than the client keeps its session, so an implementation refers to its session weakly and
/// throws Error(MAPI_E_END_OF_SESSION) once that is gone. Any thread may call any method; no method
/// is called with a lock of spi/ held, and errors are thrown as Error.
class SupportHost {
public:
    virtual ~SupportHost() = default;

    /// The session itself. Providers reach it through the support object (IMAPIGetSession) as well.
    virtual com::Ptr<IMAPISession> session() = 0;

    /// The session's address book, opened once. Throws what IMAPISession::OpenAddressBook answers.
    virtual com::Ptr<IAddrBook> address_book() = 0;

    /// The default message store with write access. Throws Error(MAPI_E_NOT_FOUND) when the profile
    /// has none.
    virtual com::Ptr<IMsgStore> default_store() = 0;

    /// Opens the profile section `uid`, which may be any section of this profile (the callers have
    /// resolved NULL to the provider's own). `flags`: MAPI_MODIFY creates a missing one,
    /// MAPI_DEFERRED_ERRORS.
    /// Errors: MAPI_E_NOT_FOUND, MAPI_E_NO_ACCESS.
    virtual com::Ptr<IProfSect> open_profile_section(const ProviderIdentity& provider,
                                                     const MAPIUID& uid, ULONG flags) = 0;

    /// Entry ids that start with `uid` belong to `provider` from now on. The session keeps them in
    /// a spi::Routing.
    virtual void register_provider_uid(const ProviderIdentity& provider, const MAPIUID& uid) = 0;

    /// Adds the row of `provider` to the status table, or merges `values` into it when `update`.
    virtual void modify_status_row(const ProviderIdentity& provider,
                                   std::span<const SPropValue> values, bool update) = 0;

    /// Lists the store of `provider` among the profile's stores (IMAPISupport::ModifyProfile).
    virtual void keep_store_in_profile(const ProviderIdentity& provider) = 0;

    /// A committed message waits in an outgoing queue: the spooler program must run, unless this
    /// session or the option spooler.start says no. Returns after the start; never throws for a
    /// spooler that cannot be started, but logs it: the message is safe and a later start sends it.
    virtual void start_spooler() = 0;

    /// Keeps a preprocessor for the spooler. Registration order is the order of running.
    virtual void register_preprocessor(const Preprocessor& preprocessor) = 0;
    /// What was registered so far, in order.
    virtual std::vector<Preprocessor> preprocessors() = 0;

    /// A provider tells the spooler something (IMAPISupport::SpoolerNotify); NOTIFY_READYTOSEND
    /// from a store needs no answer. Outside a spooler there is nobody to tell.
    virtual HRESULT spooler_notify(const ProviderIdentity& provider, ULONG flags, void* data);
    /// Whether the spooler wants the transport to stop delivering the current message.
    virtual bool delivery_cancelled(const ProviderIdentity& provider);
    /// A tightly coupled store wants the message finished by the spooler
    /// (IMAPISupport::CompleteMsg).
    virtual HRESULT complete_message(const ProviderIdentity& provider, BytesView entry_id);
    /// What spooler activity stands in the way of logging a store off; in and out: LOGOFF_...
    /// flags.
    virtual HRESULT store_logoff_transports(const ProviderIdentity& provider, ULONG& flags);
    /// A transport reports the outcome for some recipients. The default puts one report message
    /// into the default store's inbox (spi/report.h) for those that it returns as undeliverable or
    /// as delivered with a report requested.
    virtual HRESULT status_recipients(const ProviderIdentity& provider, IMessage* message,
                                      const ADRLIST& recipients);
};

}  // namespace remapi::spi
