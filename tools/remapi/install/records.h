// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The text form of what an installation changed: one record a line, its fields separated by tabs.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace remapi::tool {

using Record = std::vector<std::string>;

/// Control characters and '%' become "%XX", so that any field comes back as it was.
std::string format_records(const std::vector<Record>& records);
/// Empty lines are left out. nullopt when an escape is none.
std::optional<std::vector<Record>> parse_records(std::string_view text);

}  // namespace remapi::tool
