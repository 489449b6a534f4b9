// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMsgServiceAdmin2, which the API headers lack: one method more.
// Page: mapi/imsgserviceadmin2imsgserviceadmin.md
#pragma once

#include "abi/iids.h"

namespace remapi::session {

struct IMsgServiceAdmin2 : IMsgServiceAdmin {
    virtual HRESULT STDMETHODCALLTYPE CreateMsgServiceEx(LPTSTR service, LPTSTR display_name,
                                                         ULONG_PTR window, ULONG flags,
                                                         LPMAPIUID created) = 0;
};

constexpr GUID kIidMsgServiceAdmin2 = {
    0x00020387, 0x0000, 0x0000, {0xC0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46}};

}  // namespace remapi::session

namespace remapi::abi {

template <>
inline const IID& iid_of<session::IMsgServiceAdmin2>() noexcept {
    return session::kIidMsgServiceAdmin2;
}

}  // namespace remapi::abi
