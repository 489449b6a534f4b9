// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What every benchmark program needs of its platform: a library loaded by name, a clock, its own
// memory.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace remapi::bench {

/// A library that stays loaded.
class Library {
public:
    /// Loads `name`: a path of the system that the tree lies on, or a bare name for the system's
    /// own search. Throws std::runtime_error with what the system says.
    explicit Library(const std::string& name);

    /// The export `name` as a function; throws std::runtime_error when there is none.
    template <class Function>
    Function* find(const char* name) const {
        void* const address = symbol(name);
        if (!address) throw std::runtime_error(std::string("no export ") + name);
        return reinterpret_cast<Function*>(address);
    }

private:
    void* symbol(const char* name) const;
    void* m_module = nullptr;
};

/// Seconds since some moment, by the clock with the finest steps.
double now();

/// Bytes of this process that lie in memory.
std::size_t resident_bytes();

}  // namespace remapi::bench
