// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/dialog_template.h"

#include "target.h"

using remapi::fuzz::require;
namespace format = remapi::format;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto dialog = format::parse_dialog_template(remapi::view_bytes(data, size));
    if (!dialog) return 0;
    for (const auto& control : dialog->controls) {
        const format::DialogControl* const found = dialog->find(control.id);
        require(found && found <= &control, "a number finds the first control that has it");
    }
    return 0;
}
