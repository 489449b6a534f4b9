// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/wrapped_entry_id.h"

#include "target.h"

using remapi::fuzz::require;
namespace format = remapi::format;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto first = format::unwrap_store_entry_id(remapi::view_bytes(data, size));
    if (!first) return 0;
    require(format::is_wrapped_store_id(remapi::view_bytes(data, size)),
            "what was unwrapped is wrapped");
    const auto second = format::unwrap_store_entry_id(
        format::wrap_store_entry_id(first->dll_name, first->private_id));
    require(second.has_value(), "what was wrapped can be unwrapped");
    require(second->dll_name == first->dll_name, "the module's name survives");
    require(second->private_id == first->private_id, "the private identifier survives");
    return 0;
}
