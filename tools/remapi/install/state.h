// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Where an installation keeps what it must know to be undone.
#pragma once

#include "port/wide.h"
#include "tools/remapi/install/registry.h"

namespace remapi::tool {

/// The folder's name, below the Windows folder of a prefix or beside the program in question.
inline constexpr StringView kStateFolder = REMAPI_W("remapi-install");
/// The registry's records in it.
inline constexpr StringView kRegistryRecords = REMAPI_W("registry.tsv");

/// Writes `values` after noting in `state` what was there.
void install_registry(Registry& registry, const String& state,
                      const std::vector<RegistryValue>& values);
/// Undoes what the state folder tells, if anything, and says which values it left.
void uninstall_registry(Registry& registry, const String& state);

/// Copies every module of `source` to the folder `target` below the root of `changes`, mapi32.dll
/// under its further names too.
class FileChanges;
void copy_modules(FileChanges& changes, const String& source, const String& target,
                  bool with_aliases);

/// Removes the folder with all files in it. Folders in it stay, and it with them.
void remove_state_folder(const String& state);

}  // namespace remapi::tool
