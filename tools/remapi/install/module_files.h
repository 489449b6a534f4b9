// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The Windows files of an installation folder, and for which processor a program is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "port/wide.h"

namespace remapi::tool {

enum class Machine { X86, X86_64, Other };

/// What the PE header of the file says; nullopt when it is no PE file.
std::optional<Machine> machine_of(StringView path);

/// The names of the files in `folder` that an installation copies: libraries, programs,
/// mapisvc.inf.
std::vector<String> module_names(StringView folder);

/// Throws Failure(Failed) unless `folder` holds an installation for that machine.
void require_modules(StringView folder, Machine machine);

}  // namespace remapi::tool
