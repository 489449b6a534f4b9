// SPDX-License-Identifier: LGPL-2.1-or-later
//
// remapi.conf: one option, one default, one environment variable each; overrides by program name.
// Values are looked up in this order: environment, [program:NAME] section, [remapi] section,
// default.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "port/wide.h"

namespace remapi::config {

/// One option: its name in the file ("send.policy"), its environment variable, the default, the
/// allowed values separated by '|' (empty: any) and one line for the annotated file.
struct Option {
    const char* name;
    const char* variable;
    const char* fallback;
    const char* allowed;
    const char* meaning;
};

/// Every option there is, in the order of the annotated file.
std::span<const Option> options() noexcept;

/// The value of the option `name`, for the running program. A value that is not allowed is logged
/// and the default taken. Asserts that the option exists.
std::string get(const char* name);
/// The value that environment or file give it, nullopt when only the default is left.
std::optional<std::string> find(const char* name);
/// The same, as a truth value ("yes", "true", "1", "on").
bool get_flag(const char* name);
/// The same, as a number.
unsigned get_number(const char* name);

/// The file that is read: REMAPI_CONF, else remapi.conf in the configuration folder.
String file_path();
/// The whole annotated file with every option at its default, as `remapi` writes it.
std::string annotated_file();
/// Reads the file again at the next look-up. For tests and long-running programs.
void reload() noexcept;

/// The folder of everything that belongs to Remapi below the local application data folder.
String data_folder();
/// The same for configuration.
String configuration_folder();

}  // namespace remapi::config
