// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <functional>

#include "abi/rule_actions.h"
#include "memory/buffer.h"
#include "object/props/property_bag.h"

namespace remapi::object {

using abi::kResAnnotation;
using abi::kResCount;

/// A restriction that owns everything it refers to. A value.
/// Page: mapi/srestriction.md
struct Restriction {
    ULONG kind = RES_AND;  ///< RES_AND ... RES_COMMENT, kResCount, kResAnnotation
    /// RES_AND, RES_OR: any number; RES_NOT, RES_SUBRESTRICTION, kResCount: one; RES_COMMENT,
    /// kResAnnotation: one or none.
    std::vector<Restriction> children;
    /// RELOP_ for RES_PROPERTY, RES_COMPAREPROPS, RES_SIZE; BMR_ for RES_BITMASK; FL_ for
    /// RES_CONTENT.
    ULONG operation = 0;
    ULONG tag = 0;         ///< of the property it is about; RES_SUBRESTRICTION: the sub-object
    ULONG second_tag = 0;  ///< RES_COMPAREPROPS
    ULONG number = 0;      ///< RES_BITMASK: the mask; RES_SIZE: bytes; kResCount: how often
    PropValue value;       ///< RES_CONTENT, RES_PROPERTY
    std::vector<PropValue>
        comment;  ///< RES_COMMENT, kResAnnotation: carried along, never looked at
};

/// The copy of a client's restriction.
/// Throws Error(MAPI_E_INVALID_PARAMETER) for null pointers, unknown kinds or operations;
/// Error(MAPI_E_TOO_COMPLEX) for over 64 levels or 65,536 nodes, a value that does not fit its tag,
/// a fuzzy level of an unknown kind, and RELOP_RE on anything but text. Pages:
/// mapi/spropertyrestriction.md, mapi/scontentrestriction.md
Restriction from_abi(const SRestriction& restriction);

/// A restriction for a caller across the ABI, in one block and linked ones.
Buffer<SRestriction> pack(const Restriction& restriction);

/// Answers RES_SUBRESTRICTION: whether a row of the sub-object (PR_MESSAGE_RECIPIENTS,
/// PR_MESSAGE_ATTACHMENTS) matches.
using MatchSubobject = std::function<bool(ULONG object_tag, const Restriction& restriction)>;

/// Whether `row` satisfies `restriction`. A property that is absent matches no comparison but
/// RELOP_NE's and RES_NOT's. Throws Error(MAPI_E_TOO_COMPLEX) for a sub-restriction without
/// `subobject`.
bool matches(const Restriction& restriction, const PropertyBag& row,
             const MatchSubobject& subobject = nullptr);

/// The tags that `restriction` looks at, each once.
std::vector<ULONG> tags_of(const Restriction& restriction);

/// Whether `left` `relop` `right` holds; values of different types never do, but for RELOP_NE.
/// Page: mapi/lpropcompareprop.md
bool compare_holds(ULONG relop, const PropValue& left, const PropValue& right);

/// Whether `text` contains, starts with or equals `pattern` as `fuzzy_level` (FL_) asks. Works on
/// text and binary values, and on any element of a multi-valued one. Page:
/// mapi/fpropcontainsprop.md
bool contains_value(ULONG fuzzy_level, const PropValue& text, const PropValue& pattern);

}  // namespace remapi::object

namespace remapi {
using object::Restriction;
}  // namespace remapi
