// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The library under test, reached only through its export table.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

#include "abi/mapi.h"
#include "port/file.h"
#include "port/module.h"
#include "port/process.h"

namespace remapi::test {

/// A mapi32 loaded by path. Unloaded with the object, as far as it lets itself be.
class MapiLibrary {
public:
    /// Loads the library that the environment variable REMAPI_UNDER_TEST names. `error` says why
    /// not.
    bool load(std::string& error) {
        const String path = port::environment("REMAPI_UNDER_TEST").value_or(String());
        if (path.empty()) {
            error = "REMAPI_UNDER_TEST names no library";
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

private:
    port::ModuleHandle m_module = nullptr;
};

/// The library that a whole test program judges: loaded at first use, never unloaded. Ends the
/// program when there is none, because no test could say anything then.
class Subject {
public:
    static const Subject& the() {
        static const Subject* const subject = new Subject();
        return *subject;
    }
    template <class Function>
    Function* find(const char* name) const {
        return m_library.find<Function>(name);
    }

private:
    Subject() {
        std::string error;
        if (m_library.load(error)) return;
        std::fprintf(stderr, "the library under test cannot be loaded: %s\n", error.c_str());
        std::exit(2);
    }

    MapiLibrary m_library;
};

}  // namespace remapi::test
