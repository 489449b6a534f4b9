// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Dialog resources of Windows: DLGTEMPLATE and the extended DLGTEMPLATEEX, as they lie in a module.
#pragma once

#include <optional>
#include <vector>

#include "format/bytes.h"

namespace remapi::format {

/// Place and size in dialog units.
struct DialogBox {
    std::int16_t x = 0;
    std::int16_t y = 0;
    std::int16_t width = 0;
    std::int16_t height = 0;
};

struct DialogControl {
    std::uint32_t id = 0;  ///< 0xFFFF or 0xFFFFFFFF, by the kind of template, for "no number"
    DialogBox box;
    String text;  ///< empty when the template has the number of a resource instead
};

struct DialogTemplate {
    DialogBox box;
    String title;
    std::vector<DialogControl> controls;

    /// The first control with this number, null when there is none.
    const DialogControl* find(std::uint32_t id) const noexcept;
};

/// nullopt when `bytes` end too early.
std::optional<DialogTemplate> parse_dialog_template(BytesView bytes);

}  // namespace remapi::format
