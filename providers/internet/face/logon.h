// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "com/object.h"
#include "object/props/property_bag.h"
#include "port/mutex.h"
#include "providers/internet/model/mailer.h"

namespace remapi::internet {

/// The transport logged on: takes recipients of type SMTP, sends each message while SubmitMessage
/// runs, and keeps its connection for the next one until outbound operations end. Send-only. The
/// spooler calls it from one thread at a time, TransportNotify from any. Page:
/// mapi/ixplogoniunknown.md
class Logon final : public com::Object<Logon, IXPLogon> {
public:
    using Interfaces = com::Answers<IXPLogon>;

    Logon(com::Ptr<IMAPISupport> support, const SmtpSettings& settings);

    STDMETHODIMP AddressTypes(ULONG* flags, ULONG* type_count, LPTSTR** types, ULONG* uid_count,
                              LPMAPIUID** uids) noexcept override;
    STDMETHODIMP RegisterOptions(ULONG* flags, ULONG* count,
                                 LPOPTIONDATA* options) noexcept override;
    STDMETHODIMP TransportNotify(ULONG* flags, void** data) noexcept override;
    STDMETHODIMP Idle(ULONG flags) noexcept override;
    STDMETHODIMP TransportLogoff(ULONG flags) noexcept override;
    STDMETHODIMP SubmitMessage(ULONG flags, IMessage* message, ULONG_PTR* reference,
                               ULONG_PTR* parameter) noexcept override;
    STDMETHODIMP EndMessage(ULONG_PTR reference, ULONG* flags) noexcept override;
    STDMETHODIMP Poll(ULONG* incoming) noexcept override;
    STDMETHODIMP StartMessage(ULONG flags, IMessage* message,
                              ULONG_PTR* reference) noexcept override;
    STDMETHODIMP OpenStatusEntry(LPCIID iid, ULONG flags, ULONG* type,
                                 IMAPIStatus** status) noexcept override;
    STDMETHODIMP ValidateState(ULONG_PTR ui_param, ULONG flags) noexcept override;
    STDMETHODIMP FlushQueues(ULONG_PTR ui_param, ULONG target_bytes, LPENTRYID target,
                             ULONG flags) noexcept override;

    /// The row of the status table, as it is now.
    PropertyBag status_row() const;
    /// Tells the host the row; `first` adds it.
    void publish_status(bool first);

private:
    friend class com::Object<Logon, IXPLogon>;
    ~Logon() = default;

    void change_status(ULONG set, ULONG clear);
    void end_outbound();
    void reload();
    HRESULT validate(ULONG flags);

    mutable port::Mutex m_mutex;       ///< guards the three below
    com::Ptr<IMAPISupport> m_support;  ///< null after TransportLogoff
    ULONG m_status = STATUS_AVAILABLE;
    std::shared_ptr<Mailer> m_mailer;

    port::Mutex m_sending;  ///< held while the connection is used
    ULONG_PTR m_last_reference = 0;
    LPTSTR m_type;
};

}  // namespace remapi::internet
