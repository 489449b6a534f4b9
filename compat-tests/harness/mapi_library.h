// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The library under test, reached only through its export table.
#pragma once

#include <string>

#include "abi/mapi.h"
#include "compat-tests/harness/vendor.h"
#include "port/file.h"
#include "port/module.h"
#include "port/process.h"

namespace remapi::test {

/// A mapi32 loaded by path. Unloaded with the object, as far as it lets itself be.
class MapiLibrary {
public:
    /// Loads the library that the environment variable `variable` names. `error` says why not.
    bool load(std::string& error, const char* variable = "REMAPI_UNDER_TEST") {
        const String path = port::environment(variable).value_or(String());
        if (path.empty()) {
            error = std::string(variable) + " names no library";
            return false;
        }
        m_module = port::load_module(port::absolute_path(path), error);
        return m_module != nullptr;
    }
    void unload() {
        if (m_module) port::unload_module(m_module);
        m_module = nullptr;
    }

    MapiLibrary() = default;
    ~MapiLibrary() { unload(); }
    MapiLibrary(const MapiLibrary&) = delete;
    MapiLibrary& operator=(const MapiLibrary&) = delete;

    /// The function exported as `name`, null if there is none.
    template <class Function>
    Function* find(const char* name) const {
        return reinterpret_cast<Function*>(port::find_symbol(m_module, name));
    }
    port::ModuleHandle module() const { return m_module; }

private:
    port::ModuleHandle m_module = nullptr;
};

/// The library that a whole test program judges: loaded at first use, never unloaded. Ends the
/// program when there is none, because no test could say anything then.
class Subject {
public:
    struct Options {
        /// The environment variable that names the library.
        const char* variable = "REMAPI_UNDER_TEST";
        /// A function that is taken from the library of stubs, which REMAPI_STUB_LIBRARY names.
        std::string stubbed;
        /// Print a line for each function that is looked up; see harness/isolated_test.h.
        bool tell_lookups = false;
    };

    static const Subject& the();
    /// Before the first use.
    static void set_options(const Options& options);
    /// The environment variable that names the library.
    static const char* variable();

    /// The function exported as `name`, null if ours has none. In place of a function that another
    /// vendor's library does not have or does not implement there is one that skips the test when
    /// it is called.
    template <class Function>
    Function* find(const char* name) const {
        return reinterpret_cast<Function*>(symbol(name));
    }
    Vendor vendor() const { return m_vendor; }

private:
    Subject();
    void* symbol(const char* name) const;

    MapiLibrary m_library;
    MapiLibrary m_stubs;
    Vendor m_vendor = Vendor::Ours;
};

}  // namespace remapi::test
