// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/module_resource.h"

namespace remapi::port {

std::optional<std::string> dialog_resource(ModuleHandle, const ResourceName&) {
    return std::nullopt;
}

String string_resource(ModuleHandle, std::uint16_t) {
    return {};
}

}  // namespace remapi::port
