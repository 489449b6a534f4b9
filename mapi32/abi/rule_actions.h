// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What PT_SRESTRICTION and PT_ACTIONS values point to and mingw-w64's headers lack: the restriction
// kinds of later MAPI versions and the actions of a rule. Layout: [MS-OXORULE] 2.2.5 names the
// members; order and widths are those that rule-aware programs are compiled with.
// Pages: mapi/pidtagruleactions-canonical-property.md, mapi/property-types.md
#pragma once

#include "abi/mapi.h"

namespace remapi::abi {

/// Kinds of SRestriction that the headers do not name. RES_COUNT is laid out as SSubRestriction
/// (a number, a restriction), RES_ANNOTATION as SCommentRestriction.
/// Page: mapi/scountrestriction.md
inline constexpr ULONG kResCount = 0x0000000B;
inline constexpr ULONG kResAnnotation = 0x0000000C;

enum class RuleOperation : ULONG {
    Move = 1,
    Copy,
    Reply,
    OutOfOfficeReply,
    DeferAction,
    Bounce,
    Forward,
    Delegate,
    Tag,
    Delete,
    MarkAsRead
};

/// Move and Copy: where to.
struct RuleTarget {
    ULONG store_id_bytes;
    ENTRYID* store_id;
    ULONG folder_id_bytes;
    ENTRYID* folder_id;
};
/// Reply and OutOfOfficeReply: the template message.
struct RuleReply {
    ULONG message_id_bytes;
    ENTRYID* message_id;
    GUID template_id;
};
/// DeferAction: bytes that only the client understands.
struct RuleDeferred {
    ULONG size_bytes;
    BYTE* data;
};

/// One action; `operation` says which member of `data` counts.
struct RuleAction {
    RuleOperation operation;
    ULONG flavor;
    SRestriction* restriction;  ///< reserved, null as a rule
    SPropTagArray* tags;        ///< reserved, null as a rule
    ULONG flags;
    ULONG padding;
    union {
        RuleTarget target;
        RuleReply reply;
        RuleDeferred deferred;
        SCODE bounce_code;
        ADRLIST* recipients;  ///< Forward, Delegate
        SPropValue tag;       ///< Tag: the property to set
    } data;
};

/// What a PT_ACTIONS value points to.
struct RuleActions {
    ULONG version;
    UINT count;
    RuleAction* actions;
};

}  // namespace remapi::abi
