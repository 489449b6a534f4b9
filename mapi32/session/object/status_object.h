// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The status objects of the subsystem, the spooler and the address book, and of providers that have
// a row but no status object of their own. Page: mapi/mapi-status-objects.md
#pragma once

#include "object/props/bag_object.h"

namespace remapi::session {

/// Shows a row of the status table as it was. PR_RESOURCE_METHODS says that none of its methods
/// does anything: each answers MAPI_E_NO_SUPPORT, as imapistatus pages ask. Any thread.
class StatusObject final : public object::BagObject<StatusObject, IMAPIStatus> {
public:
    using Interfaces = com::Answers<IMAPIStatus, IMAPIProp>;

    explicit StatusObject(PropertyBag row) : BagObject(std::move(row), false) {}

    /// Page: mapi/imapistatus-validatestate.md
    STDMETHODIMP ValidateState(ULONG_PTR, ULONG) noexcept override { return MAPI_E_NO_SUPPORT; }
    /// Page: mapi/imapistatus-settingsdialog.md
    STDMETHODIMP SettingsDialog(ULONG_PTR, ULONG) noexcept override { return MAPI_E_NO_SUPPORT; }
    /// Page: mapi/imapistatus-changepassword.md
    STDMETHODIMP ChangePassword(LPTSTR, LPTSTR, ULONG) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }
    /// Page: mapi/imapistatus-flushqueues.md
    STDMETHODIMP FlushQueues(ULONG_PTR, ULONG, LPENTRYID, ULONG) noexcept override {
        return MAPI_E_NO_SUPPORT;
    }

private:
    template <class, class, class...>
    friend class com::Object;
    ~StatusObject() = default;
};

}  // namespace remapi::session
