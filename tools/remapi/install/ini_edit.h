// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Changes single values of an .ini file's text and leaves every other byte alone.
#pragma once

#include <optional>
#include <string>

namespace remapi::tool {

/// The value of `key` in `section`; both are compared without regard to ASCII case. nullopt when
/// absent.
std::optional<std::string> ini_value(std::string_view text, std::string_view section,
                                     std::string_view key);

/// Whether `text` has that section.
bool ini_has_section(std::string_view text, std::string_view section);

/// `text` with the value set: in its line where there is one, else behind the section's last line,
/// else in a new section at the end. Lines end as the first line of `text` does, CR LF when there
/// is none.
std::string ini_with(std::string_view text, std::string_view section, std::string_view key,
                     std::string_view value);

/// `text` without the line of `key`, and without the section when nothing is left in it.
std::string ini_without(std::string_view text, std::string_view section, std::string_view key);

}  // namespace remapi::tool
