// SPDX-License-Identifier: LGPL-2.1-or-later
//
// PR_CONTROL_STRUCTURE: the DTBL... structure of a control and behind it the texts that it names by
// their offset. Page: mapi/pidtagcontrolstructure-canonical-property.md and those of the structures
#pragma once

#include "format/bytes.h"

namespace remapi::object {

/// The texts that go into a control's structure. A structure takes what its type has room for.
struct ControlTexts {
    String label;      ///< of label, check box, group box, button, radio button and page
    String filter;     ///< of edit and combo box: which characters may be typed
    String component;  ///< of page: its help file's name in MAPISVC.INF
};

/// What the caller's own structure has for a label or a filter; empty when it has none or the type
/// has no room for one. `control` has a known type and a structure.
String own_text(const DTCTL& control);

/// Whether the label of such a control is its text in the dialog.
bool has_label(ULONG control_type) noexcept;

/// The structure of `control` with `texts` behind it, UTF-16 or ANSI as `flags` (MAPI_UNICODE)
/// says. Throws Error(MAPI_E_INVALID_PARAMETER) for an unknown type or without a structure.
Bytes control_structure(const DTCTL& control, const ControlTexts& texts, ULONG flags);

/// Throws as control_structure.
void check_control(const DTCTL& control);

}  // namespace remapi::object
