// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Property tags of the Internet that the API headers lack. Pages:
// mapi/pidtag*-canonical-property.md
#pragma once

#include "abi/remapi_tags.h"

namespace remapi::internet {

constexpr ULONG kTagInternetReferences = PROP_TAG(PT_UNICODE, 0x1039);
constexpr ULONG kTagInReplyToId = PROP_TAG(PT_UNICODE, 0x1042);
constexpr ULONG kTagHtml = PROP_TAG(PT_BINARY, 0x1013);
constexpr ULONG kTagInternetCodePage = PROP_TAG(PT_LONG, 0x3FDE);
constexpr ULONG kTagAttachContentId = PROP_TAG(PT_UNICODE, 0x3712);
constexpr ULONG kTagAttachFlags = PROP_TAG(PT_LONG, 0x3714);
constexpr ULONG kAttachShownInHtml = 0x4;  ///< in PR_ATTACH_FLAGS: attMhtmlRef

constexpr const WideChar* kSmtp = REMAPI_W("SMTP");

}  // namespace remapi::internet
