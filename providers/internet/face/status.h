// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/props/bag_object.h"
#include "providers/internet/face/logon.h"

namespace remapi::internet {

/// The transport's status object: its status row, and IXPLogon's validation under IMAPIStatus.
/// Pages: mapi/imapistatusimapiprop.md, mapi/status-object-implementation.md
class Status final : public object::BagObject<Status, IMAPIStatus> {
public:
    using Interfaces = com::Answers<IMAPIStatus, IMAPIProp>;

    Status(com::Ptr<Logon> logon, PropertyBag row)
        : object::BagObject<Status, IMAPIStatus>(std::move(row), false),
          m_logon(std::move(logon)) {}

    /// Page: mapi/imapistatus-validatestate.md
    STDMETHODIMP ValidateState(ULONG_PTR ui_param, ULONG flags) noexcept override {
        return m_logon->ValidateState(ui_param, flags);
    }
    /// There is no settings dialog; PR_RESOURCE_METHODS says so. Page:
    /// mapi/imapistatus-settingsdialog.md
    STDMETHODIMP SettingsDialog(ULONG_PTR, ULONG) noexcept override { return MAPI_E_NO_SUPPORT; }
    /// Page: mapi/imapistatus-changepassword.md
    STDMETHODIMP ChangePassword(LPTSTR, LPTSTR, ULONG) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }
    /// Page: mapi/imapistatus-flushqueues.md
    STDMETHODIMP FlushQueues(ULONG_PTR ui_param, ULONG target_bytes, LPENTRYID target,
                             ULONG flags) noexcept override {
        return m_logon->FlushQueues(ui_param, target_bytes, target, flags);
    }

private:
    friend class com::Object<Status, IMAPIStatus>;
    ~Status() = default;

    com::Ptr<Logon> m_logon;
};

}  // namespace remapi::internet
