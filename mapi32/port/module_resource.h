// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Dialogs and strings that a module carries beside its code. Natively modules carry none.
#pragma once

#include <cstdint>
#include <optional>

#include "port/module.h"

namespace remapi::port {

/// What a resource is found by: its number, or its name when that is not empty.
struct ResourceName {
    std::uint16_t id = 0;
    String name;
};

/// The bytes of a dialog template; nullopt when the module has none of that name. A null module is
/// the program.
std::optional<std::string> dialog_resource(ModuleHandle module, const ResourceName& name);

/// A string of the module's string table, empty when there is none.
String string_resource(ModuleHandle module, std::uint16_t id);

}  // namespace remapi::port
