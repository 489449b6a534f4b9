// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/internet/face/logon.h"

#include "abi/guard.h"
#include "format/one_off.h"
#include "format/search_key.h"
#include "log/log.h"
#include "object/props/abi_value.h"
#include "port/utf.h"
#include "providers/internet/face/settings_section.h"
#include "providers/internet/face/status.h"
#include "providers/internet/face/submission.h"
#include "providers/internet/face/tags.h"

namespace remapi::internet {
namespace {

constexpr ULONG kRemoteRequests =
    REFRESH_XP_HEADER_CACHE | PROCESS_XP_HEADER_CACHE | ABORT_XP_HEADER_OPERATION;
constexpr WideChar kDisplayName[] = REMAPI_W("Remapi Internet Mail");

}  // namespace

Logon::Logon(com::Ptr<IMAPISupport> support, const SmtpSettings& settings)
    : m_support(std::move(support)),
      m_mailer(std::make_shared<Mailer>(settings)),
      m_type(reinterpret_cast<LPTSTR>(const_cast<WideChar*>(kSmtp))) {}

/// One address type, "SMTP", in Unicode; no MAPIUIDs. The array lives as long as the logon.
/// Page: mapi/ixplogon-addresstypes.md
STDMETHODIMP Logon::AddressTypes(ULONG* flags, ULONG* type_count, LPTSTR** types, ULONG* uid_count,
                                 LPMAPIUID** uids) noexcept {
    return abi::guard("IXPLogon::AddressTypes", [&]() -> HRESULT {
        if (!flags || !type_count || !types || !uid_count || !uids) return MAPI_E_INVALID_PARAMETER;
        *flags = MAPI_UNICODE;
        *type_count = 1;
        *types = &m_type;
        *uid_count = 0;
        *uids = nullptr;
        return S_OK;
    });
}

/// There are no options of messages or recipients.
/// Page: mapi/api-elements-deprecated-in-this-edition.md
STDMETHODIMP Logon::RegisterOptions(ULONG* flags, ULONG* count, LPOPTIONDATA* options) noexcept {
    return abi::guard("IXPLogon::RegisterOptions", [&]() -> HRESULT {
        if (!flags || !count || !options) return MAPI_E_INVALID_PARAMETER;
        *count = 0;
        *options = nullptr;
        return S_OK;
    });
}

/// Outbound operations begin and end, a message in process is cancelled; what concerns inbound is
/// S_OK and nothing else. Any thread. Page: mapi/ixplogon-transportnotify.md
STDMETHODIMP Logon::TransportNotify(ULONG* flags, void**) noexcept {
    return abi::guard("IXPLogon::TransportNotify", [&]() -> HRESULT {
        if (!flags) return MAPI_E_INVALID_PARAMETER;
        if ((*flags & NOTIFY_CANCEL_MESSAGE) != 0) {
            const port::Lock lock(m_mutex);
            if (m_mailer) m_mailer->cancel();
        }
        if ((*flags & NOTIFY_BEGIN_OUTBOUND) != 0) change_status(STATUS_OUTBOUND_ENABLED, 0);
        if ((*flags & NOTIFY_BEGIN_OUTBOUND_FLUSH) != 0) change_status(STATUS_OUTBOUND_FLUSH, 0);
        if ((*flags & NOTIFY_END_OUTBOUND_FLUSH) != 0) change_status(0, STATUS_OUTBOUND_FLUSH);
        if ((*flags & NOTIFY_END_OUTBOUND) != 0) {
            end_outbound();
            change_status(0, STATUS_OUTBOUND_ENABLED | STATUS_OUTBOUND_FLUSH);
        }
        return S_OK;
    });
}

// The connection goes with the run, unless a message is on its way: that one is not to be stopped.
void Logon::end_outbound() {
    std::shared_ptr<Mailer> mailer;
    {
        const port::Lock lock(m_mutex);
        mailer = m_mailer;
    }
    if (!mailer || !m_sending.try_lock()) return;
    mailer->close();
    m_sending.unlock();
}

/// Nothing waits for idle time, and LOGON_SP_IDLE is not asked for.
/// Page: mapi/ixplogon-idle.md
STDMETHODIMP Logon::Idle(ULONG) noexcept {
    return S_OK;
}

/// Stops what is being sent, closes the connection and lets the support object go.
/// Page: mapi/ixplogon-transportlogoff.md
STDMETHODIMP Logon::TransportLogoff(ULONG) noexcept {
    return abi::guard("IXPLogon::TransportLogoff", [&]() -> HRESULT {
        com::Ptr<IMAPISupport> support;
        std::shared_ptr<Mailer> mailer;
        {
            const port::Lock lock(m_mutex);
            support = std::move(m_support);
            mailer = std::move(m_mailer);
        }
        if (mailer) mailer->cancel();
        return S_OK;
    });
}

/// Sends the message before it returns.
/// @param parameter  [out] seconds to wait, with MAPI_E_WAIT and MAPI_E_NETWORK_ERROR
/// Errors: MAPI_E_NOT_ME without a recipient of type SMTP that nobody sees to; MAPI_E_BUSY while
/// another message is sent; MAPI_E_WAIT, MAPI_E_NETWORK_ERROR when somebody has to wait:
/// kTagQueueLastError of the message says why. Page: mapi/ixplogon-submitmessage.md
STDMETHODIMP Logon::SubmitMessage(ULONG, IMessage* message, ULONG_PTR* reference,
                                  ULONG_PTR* parameter) noexcept {
    return abi::guard("IXPLogon::SubmitMessage", [&]() -> HRESULT {
        if (!message || !reference || !parameter) return MAPI_E_INVALID_PARAMETER;
        if (!m_sending.try_lock()) return MAPI_E_BUSY;
        const std::unique_ptr<port::Mutex, void (*)(port::Mutex*)> unlock(
            &m_sending, [](port::Mutex* mutex) { mutex->unlock(); });
        *reference = ++m_last_reference;
        *parameter = 0;
        com::Ptr<IMAPISupport> support;
        std::shared_ptr<Mailer> mailer;
        {
            const port::Lock lock(m_mutex);
            support = m_support;
            mailer = m_mailer;
        }
        if (!support || !mailer) return MAPI_E_NOT_INITIALIZED;
        return submit(support.get(), *mailer, message, parameter);
    });
}

/// Everything was done in SubmitMessage: no flags, the message has been sent.
/// Page: mapi/ixplogon-endmessage.md
STDMETHODIMP Logon::EndMessage(ULONG_PTR, ULONG* flags) noexcept {
    if (!flags) return MAPI_E_INVALID_PARAMETER;
    *flags = 0;
    return S_OK;
}

/// Page: mapi/ixplogon-poll.md. A send-only transport has no messages.
STDMETHODIMP Logon::Poll(ULONG* incoming) noexcept {
    if (!incoming) return MAPI_E_INVALID_PARAMETER;
    *incoming = 0;
    return S_OK;
}

/// Leaves the message unsaved, which says that there is none.
/// Page: mapi/ixplogon-startmessage.md
STDMETHODIMP Logon::StartMessage(ULONG, IMessage* message, ULONG_PTR* reference) noexcept {
    return message && reference ? S_OK : MAPI_E_INVALID_PARAMETER;
}

/// @param iid  null, IID_IMAPIStatus, IID_IMAPIProp or IID_IUnknown
/// Errors: MAPI_E_INTERFACE_NOT_SUPPORTED for another one. The object is read-only, also with
/// MAPI_MODIFY. Page: mapi/ixplogon-openstatusentry.md
STDMETHODIMP Logon::OpenStatusEntry(LPCIID iid, ULONG, ULONG* type, IMAPIStatus** status) noexcept {
    return abi::guard("IXPLogon::OpenStatusEntry", [&]() -> HRESULT {
        if (!type || !status) return MAPI_E_INVALID_PARAMETER;
        *status = nullptr;
        const com::Ptr<Status> object =
            com::make<Status>(com::Ptr<Logon>::share(this), status_row());
        void* answer = nullptr;
        const HRESULT hr = object->QueryInterface(iid ? *iid : IID_IMAPIStatus, &answer);
        if (FAILED(hr)) return hr;
        *type = MAPI_STATUS;
        *status = static_cast<IMAPIStatus*>(answer);
        return S_OK;
    });
}

/// CONFIG_CHANGED reads the settings again; FORCE_XP_CONNECT connects, authenticates and says
/// whether mail would go through. Errors: MAPI_E_BUSY while a message is sent; MAPI_E_NO_SUPPORT
/// for what remote transports do; MAPI_E_UNCONFIGURED; MAPI_E_NETWORK_ERROR, the log says why.
/// Page: mapi/ixplogon-validatestate.md
STDMETHODIMP Logon::ValidateState(ULONG_PTR, ULONG flags) noexcept {
    return abi::guard("IXPLogon::ValidateState", [&] { return validate(flags); });
}

HRESULT Logon::validate(ULONG flags) {
    if ((flags & kRemoteRequests) != 0) return MAPI_E_NO_SUPPORT;
    if (!m_sending.try_lock()) return MAPI_E_BUSY;
    const std::unique_ptr<port::Mutex, void (*)(port::Mutex*)> unlock(
        &m_sending, [](port::Mutex* mutex) { mutex->unlock(); });
    if ((flags & CONFIG_CHANGED) != 0) reload();
    std::shared_ptr<Mailer> mailer;
    {
        const port::Lock lock(m_mutex);
        mailer = m_mailer;
    }
    if (!mailer) return MAPI_E_NOT_INITIALIZED;
    if ((flags & FORCE_XP_DISCONNECT) != 0) mailer->close();
    if ((flags & FORCE_XP_CONNECT) == 0) return S_OK;
    const Outcome outcome = mailer->probe();
    if (outcome.fate == Fate::Accepted) return S_OK;
    REMAPI_WARN(Transport, "the server was tried: %s", outcome.reason.c_str());
    return MAPI_E_NETWORK_ERROR;
}

void Logon::reload() {
    com::Ptr<IMAPISupport> support;
    {
        const port::Lock lock(m_mutex);
        support = m_support;
    }
    if (!support) throw Error(MAPI_E_NOT_INITIALIZED, "reading settings after the logoff");
    com::Ptr<IProfSect> section;
    check(support->OpenProfileSection(nullptr, 0, section.put()),
          "IMAPISupport::OpenProfileSection");
    std::string problem;
    const SmtpSettings settings = check_settings(read_settings(section.get()), problem);
    if (!problem.empty()) throw Error(MAPI_E_UNCONFIGURED, problem);
    auto mailer = std::make_shared<Mailer>(settings);
    const port::Lock lock(m_mutex);
    m_mailer = std::move(mailer);
}

/// The spooler is about to send: the status row says so.
/// Page: mapi/ixplogon-flushqueues.md
STDMETHODIMP Logon::FlushQueues(ULONG_PTR, ULONG, LPENTRYID, ULONG flags) noexcept {
    return abi::guard("IXPLogon::FlushQueues", [&]() -> HRESULT {
        if ((flags & FLUSH_UPLOAD) != 0) change_status(STATUS_OUTBOUND_FLUSH, 0);
        return S_OK;
    });
}

PropertyBag Logon::status_row() const {
    const port::Lock lock(m_mutex);
    PropertyBag row = {PropValue(PR_DISPLAY_NAME_W, kDisplayName),
                       PropValue(PR_PROVIDER_DISPLAY_W, kDisplayName),
                       PropValue(PR_RESOURCE_TYPE, MAPI_TRANSPORT_PROVIDER),
                       PropValue(PR_STATUS_CODE, m_status),
                       PropValue(PR_RESOURCE_METHODS, STATUS_VALIDATE_STATE | STATUS_FLUSH_QUEUES),
                       PropValue(PR_OBJECT_TYPE, MAPI_STATUS)};
    if (m_mailer) {
        const mime::Mailbox& sender = m_mailer->settings().sender;
        row.set(
            PropValue(PR_IDENTITY_DISPLAY_W, sender.name.empty() ? sender.address : sender.name));
        row.set(PropValue(PR_IDENTITY_ENTRYID,
                          format::encode_one_off({sender.name, kSmtp, sender.address})));
        row.set(
            PropValue(PR_IDENTITY_SEARCH_KEY, format::recipient_search_key(kSmtp, sender.address)));
    }
    return row;
}

void Logon::publish_status(bool first) {
    com::Ptr<IMAPISupport> support;
    {
        const port::Lock lock(m_mutex);
        support = m_support;
    }
    if (!support) return;
    const PropertyBag row = status_row();
    const Buffer<SPropValue> values = object::pack(row.values());
    const HRESULT hr = support->ModifyStatusRow(narrow_size(row.size()), values.get(),
                                                first ? 0 : STATUSROW_UPDATE);
    if (FAILED(hr)) {
        REMAPI_WARN(Transport, "IMAPISupport::ModifyStatusRow answered 0x%08x",
                    static_cast<unsigned>(hr));
    }
}

void Logon::change_status(ULONG set, ULONG clear) {
    {
        const port::Lock lock(m_mutex);
        m_status = (m_status | set) & ~clear;
    }
    publish_status(false);
}

}  // namespace remapi::internet
