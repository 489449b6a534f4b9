// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/display/control_structure.h"

#include <cstddef>

#include "text/text.h"

namespace remapi::object {
namespace {

enum class FirstText { None, Label, Filter };

/// What is known of a type of control. Structures with a text start with its offset and its flags.
struct ControlKind {
    ULONG type;
    std::size_t size_bytes;
    FirstText first;
};

constexpr ControlKind kKinds[] = {
    {DTCT_LABEL, sizeof(DTBLLABEL), FirstText::Label},
    {DTCT_EDIT, sizeof(DTBLEDIT), FirstText::Filter},
    {DTCT_LBX, sizeof(DTBLLBX), FirstText::None},
    {DTCT_COMBOBOX, sizeof(DTBLCOMBOBOX), FirstText::Filter},
    {DTCT_DDLBX, sizeof(DTBLDDLBX), FirstText::None},
    {DTCT_CHECKBOX, sizeof(DTBLCHECKBOX), FirstText::Label},
    {DTCT_GROUPBOX, sizeof(DTBLGROUPBOX), FirstText::Label},
    {DTCT_BUTTON, sizeof(DTBLBUTTON), FirstText::Label},
    {DTCT_PAGE, sizeof(DTBLPAGE), FirstText::Label},
    {DTCT_RADIOBUTTON, sizeof(DTBLRADIOBUTTON), FirstText::Label},
    {DTCT_MVLISTBOX, sizeof(DTBLMVLISTBOX), FirstText::None},
    {DTCT_MVDDLBX, sizeof(DTBLMVDDLBX), FirstText::None},
};

constexpr std::size_t kOffsetAt = 0;
constexpr std::size_t kFlagsAt = sizeof(ULONG);
static_assert(offsetof(DTBLLABEL, ulFlags) == kFlagsAt);
static_assert(offsetof(DTBLEDIT, ulFlags) == kFlagsAt);
static_assert(offsetof(DTBLCOMBOBOX, ulFlags) == kFlagsAt);
static_assert(offsetof(DTBLCHECKBOX, ulFlags) == kFlagsAt);
static_assert(offsetof(DTBLGROUPBOX, ulFlags) == kFlagsAt);
static_assert(offsetof(DTBLBUTTON, ulFlags) == kFlagsAt);
static_assert(offsetof(DTBLPAGE, ulFlags) == kFlagsAt);
static_assert(offsetof(DTBLRADIOBUTTON, ulFlags) == kFlagsAt);

const ControlKind* control_kind(ULONG type) noexcept {
    for (const ControlKind& kind : kKinds) {
        if (kind.type == type) return &kind;
    }
    return nullptr;
}

ULONG read_at(const void* structure, std::size_t offset) noexcept {
    ULONG value = 0;
    std::memcpy(&value, static_cast<const std::uint8_t*>(structure) + offset, sizeof value);
    return value;
}

void write_at(Bytes& structure, std::size_t offset, ULONG value) noexcept {
    std::memcpy(structure.data() + offset, &value, sizeof value);
}

/// Appends a text and writes where it starts to `offset_at`; 0 for an empty one.
void append_text(Bytes& structure, std::size_t offset_at, const String& text, ULONG flags) {
    write_at(structure, offset_at, text.empty() ? 0 : narrow_size(structure.size()));
    if (text.empty()) return;
    format::Writer writer;
    if ((flags & MAPI_UNICODE) != 0) {
        writer.text16(text);
    } else {
        writer.text8(text::to_ansi(text));
    }
    const Bytes bytes = writer.take();
    structure.insert(structure.end(), bytes.begin(), bytes.end());
}

}  // namespace

void check_control(const DTCTL& control) {
    if (!control_kind(control.ulCtlType)) {
        throw Error(MAPI_E_INVALID_PARAMETER, "a control of an unknown type");
    }
    if (!control.ctl.lpv) throw Error(MAPI_E_INVALID_PARAMETER, "a control without its structure");
}

bool has_label(ULONG control_type) noexcept {
    const ControlKind* const kind = control_kind(control_type);
    return kind && kind->first == FirstText::Label;
}

String own_text(const DTCTL& control) {
    const ControlKind* const kind = control_kind(control.ulCtlType);
    if (!kind || kind->first == FirstText::None) return {};
    const ULONG offset = read_at(control.ctl.lpv, kOffsetAt);
    if (offset < kind->size_bytes) return {};
    const auto* const at = static_cast<const std::uint8_t*>(control.ctl.lpv) + offset;
    return text::from_tstr(at, read_at(control.ctl.lpv, kFlagsAt));
}

Bytes control_structure(const DTCTL& control, const ControlTexts& texts, ULONG flags) {
    check_control(control);
    const ControlKind& kind = *control_kind(control.ulCtlType);
    Bytes structure = to_bytes(view_bytes(control.ctl.lpv, kind.size_bytes));
    if (kind.first == FirstText::None) return structure;

    const ULONG own_flags = read_at(structure.data(), kFlagsAt) & ~MAPI_UNICODE;
    write_at(structure, kFlagsAt, own_flags | (flags & MAPI_UNICODE));
    const bool is_filter = kind.first == FirstText::Filter;
    append_text(structure, kOffsetAt, is_filter ? texts.filter : texts.label, flags);
    if (kind.type == DTCT_PAGE) {
        append_text(structure, offsetof(DTBLPAGE, ulbLpszComponent), texts.component, flags);
    }
    return structure;
}

}  // namespace remapi::object
