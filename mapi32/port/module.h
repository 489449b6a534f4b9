// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Shared libraries: loading a provider's module by full path, and facts about our own.
#pragma once

#include <atomic>

#include "port/wide.h"

namespace remapi::port {

/// A loaded module. Copying the handle does not count references; `load` and `unload` balance.
using ModuleHandle = void*;

/// Loads the module at the absolute path `path`, its own folder first for what it depends on, never
/// the current directory. Null when it cannot be loaded; `error` then says why.
ModuleHandle load_module(StringView path, std::string& error);
/// Loads again what is already loaded under this name, or a system module by bare name. Null if
/// absent.
ModuleHandle load_system_module(const char* name) noexcept;
void unload_module(ModuleHandle module) noexcept;

/// The function exported as `name`, null if there is none.
void* find_symbol(ModuleHandle module, const char* name) noexcept;

/// The absolute path of the module that this code is linked into, empty if the system does not
/// tell.
String own_module_path();
/// Its folder, without a trailing separator.
String own_module_folder();

/// Whether this code's own module is pinned, and what pins it.
extern std::atomic<bool> g_own_module_is_pinned;
void pin_own_module_now() noexcept;

/// Keeps the module that this code is linked into loaded until the process ends. One load when
/// repeated.
inline void pin_own_module() noexcept {
    if (!g_own_module_is_pinned.load(std::memory_order_relaxed)) pin_own_module_now();
}

/// The file-name ending of a module on this platform, with its dot.
StringView module_extension() noexcept;

}  // namespace remapi::port
