// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/display/display_rows.h"

#include <optional>

#include "format/dialog_template.h"
#include "object/display/control_structure.h"
#include "port/module_resource.h"
#include "text/text.h"

namespace remapi::object {
namespace {

constexpr std::uintptr_t kMostResourceId = 0xFFFF;  // what is larger is a pointer to a name

/// What a page's strings and its dialog are read with.
struct Source {
    HINSTANCE module;
    ULONG flags;

    port::ResourceName name(const void* id_or_text) const {
        const auto value = reinterpret_cast<std::uintptr_t>(id_or_text);
        if (value <= kMostResourceId) return {static_cast<std::uint16_t>(value), {}};
        return {0, text::from_tstr(id_or_text, flags)};
    }
    String string(ULONG id) const {
        if (id == 0 || id > kMostResourceId) return {};
        return port::string_resource(module, static_cast<std::uint16_t>(id));
    }
};

/// The page's dialog; nullopt when the page names none.
std::optional<format::DialogTemplate> dialog_of(const Source& source, const DTPAGE& page) {
    if (!page.lpszResourceName) return std::nullopt;
    const auto bytes = port::dialog_resource(source.module, source.name(page.lpszResourceName));
    if (!bytes) throw Error(MAPI_E_NOT_FOUND, "the module has no such dialog");
    auto dialog = format::parse_dialog_template(view_bytes(bytes->data(), bytes->size()));
    if (!dialog) throw Error(MAPI_E_CORRUPT_DATA, "a resource that is no dialog");
    return dialog;
}

/// The page's help file: its name, the number of its name, or the number in the control itself.
String component_of(const Source& source, const DTPAGE& page, const DTCTL& control) {
    if (reinterpret_cast<std::uintptr_t>(page.lpszComponent) > kMostResourceId) {
        return text::from_tstr(page.lpszComponent, source.flags);
    }
    String component = source.string(page.ulItemID);
    return component.empty() ? source.string(control.ulItemID) : component;
}

/// Where a control is and what stands on it.
struct Appearance {
    format::DialogBox box;
    String label;
};

Appearance appearance_of(const DTCTL& control, const format::DialogTemplate* dialog) {
    if (!dialog) return {{}, has_label(control.ulCtlType) ? own_text(control) : String()};
    if (control.ulCtlType == DTCT_PAGE) {
        format::DialogBox box = dialog->box;
        box.x = box.y = 0;  // coordinates of controls are relative to their page
        return {box, dialog->title};
    }
    const format::DialogControl* const found = dialog->find(control.ulItemID);
    if (!found) throw Error(MAPI_E_NOT_FOUND, "the dialog has no such control");
    return {found->box, found->text};
}

PropertyBag row_of(const Source& source, const DTPAGE& page, const DTCTL& control,
                   const format::DialogTemplate* dialog, ULONG number) {
    check_control(control);
    if (control.cbNotif > 0 && !control.lpbNotif) {
        throw Error(MAPI_E_INVALID_PARAMETER, "a control id of a size but without bytes");
    }
    Appearance appearance = appearance_of(control, dialog);
    ControlTexts texts;
    texts.label = std::move(appearance.label);
    if (control.lpszFilter) {
        texts.filter = text::from_tstr(control.lpszFilter, source.flags);
    } else if (!has_label(control.ulCtlType)) {
        texts.filter = own_text(control);
    }
    if (control.ulCtlType == DTCT_PAGE) texts.component = component_of(source, page, control);

    return PropertyBag{
        {PR_ROWID, number},
        {PR_XPOS, appearance.box.x},
        {PR_YPOS, appearance.box.y},
        {PR_DELTAX, appearance.box.width},
        {PR_DELTAY, appearance.box.height},
        {PR_CONTROL_TYPE, control.ulCtlType},
        {PR_CONTROL_FLAGS, control.ulCtlFlags},
        {PR_CONTROL_STRUCTURE, control_structure(control, texts, source.flags)},
        {PR_CONTROL_ID, view_bytes(control.lpbNotif, control.cbNotif)},
    };
}

}  // namespace

std::vector<ULONG> display_columns() {
    return {PR_XPOS,
            PR_YPOS,
            PR_DELTAX,
            PR_DELTAY,
            PR_CONTROL_TYPE,
            PR_CONTROL_FLAGS,
            PR_CONTROL_STRUCTURE,
            PR_CONTROL_ID,
            PR_ROWID};
}

std::vector<PropertyBag> display_rows(HINSTANCE module, UINT page_count, const DTPAGE* pages,
                                      ULONG flags) {
    const Source source = {module, flags};
    std::vector<PropertyBag> rows;
    if (page_count > 0 && !pages) throw Error(MAPI_E_INVALID_PARAMETER, "no pages");
    for (UINT i = 0; i < page_count; ++i) {
        const DTPAGE& page = pages[i];
        if (page.cctl > 0 && !page.lpctl) throw Error(MAPI_E_INVALID_PARAMETER, "no controls");
        const auto dialog = dialog_of(source, page);
        for (ULONG j = 0; j < page.cctl; ++j) {
            rows.push_back(row_of(source, page, page.lpctl[j], dialog ? &*dialog : nullptr,
                                  narrow_size(rows.size())));
        }
    }
    return rows;
}

}  // namespace remapi::object
