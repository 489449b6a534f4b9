// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Provider modules: from the registered name to a loaded module and its entry points.
// Pages: mapi/registering-services-and-service-providers-in-mapisvc-inf.md,
// mapi/starting-a-service-provider.md
#pragma once

#include <string>
#include <vector>

#include "abi/mapi.h"

namespace remapi::spi {

struct Module;  // a loaded module, known by its full path

/// Keeps a module loaded. A module stays loaded until the last MAPIUninitialize (unload_modules)
/// and the last ModuleRef, whichever comes later, so a provider object never outlives its code.
/// Copies count. Any thread.
class ModuleRef {
public:
    ModuleRef() noexcept = default;
    ModuleRef(const ModuleRef& other) noexcept;
    ModuleRef(ModuleRef&& other) noexcept;
    ModuleRef& operator=(ModuleRef other) noexcept;
    ~ModuleRef();
    explicit operator bool() const noexcept { return m_module != nullptr; }

    /// Full path.
    const String& path() const noexcept;
    /// The name under which it was asked for first, in UTF-8, for the log.
    const std::string& name() const noexcept;
    /// What entry points get as their HINSTANCE.
    HINSTANCE instance() const noexcept;
    /// Whether a fault inside it made it useless for the rest of this process (DESIGN decision 16).
    bool disabled() const noexcept;
    void disable(const char* because) noexcept;
    /// Never unloads it: a client still holds an object of it.
    void keep_for_ever() noexcept;

    /// The function exported as `name`; null when there is none. Where `stdcall_bytes` is not 0,
    /// the spellings "_name@N" and "name@N" are tried as well, for i686 modules without a .def
    /// file.
    void* find(const char* name, unsigned stdcall_bytes = 0) const noexcept;

private:
    friend struct Module;
    explicit ModuleRef(Module* module) noexcept : m_module(module) {}
    Module* m_module = nullptr;
};

/// The file name that MAPI's rule makes of a registered name: "32" before the first dot of the file
/// name (never of a folder), appended when there is no dot. Natively an ending .dll becomes .so,
/// and a name without a dot gets the platform's ending on every platform.
String module_file_name(StringView registered_name);

/// Where a registered name is looked for, in this order: itself when it is absolute, else the
/// folders of REMAPI_PROVIDER_PATH, mapi32's own folder and, on PE, the system folder. Relative
/// paths with folders in them are refused (the list is empty): they would mean the current
/// directory.
std::vector<String> module_candidates(StringView registered_name);

/// The module registered as `registered_name` (PR_PROVIDER_DLL_NAME, PR_SERVICE_DLL_NAME), loaded
/// if it is not yet. Holds no lock while the module's own start-up code runs. Each failure is
/// logged with the file and the system's reason. Errors: MAPI_E_NOT_FOUND when no such file exists
/// or the name is empty or relative; MAPI_E_CALL_FAILED when the file exists but is no loadable
/// module of this platform, or when a fault disabled it before.
ModuleRef load_module(StringView registered_name);

/// The last MAPIUninitialize: unloads what nobody uses; the rest goes with its last ModuleRef.
void unload_modules() noexcept;

/// Modules loaded now, for tests.
std::size_t loaded_modules() noexcept;

}  // namespace remapi::spi
