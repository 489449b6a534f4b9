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

    /// The export `name`, or `name@N`, as a function; throws std::runtime_error when there is none.
    template <class Function>
    Function* find(const char* name) const {
        void* address = symbol(name);
        for (int bytes = 0; !address && bytes <= kMostArgumentBytes; bytes += 4) {
            address = symbol((std::string(name) + "@" + std::to_string(bytes)).c_str());
        }
        if (!address) throw std::runtime_error(std::string("no export ") + name);
        return reinterpret_cast<Function*>(address);
    }

private:
    static constexpr int kMostArgumentBytes = 64;
    void* symbol(const char* name) const;
    void* m_module = nullptr;
};

/// Seconds since some moment, by the clock with the finest steps.
double now();

/// Bytes of this process that lie in memory.
std::size_t resident_bytes();

}  // namespace remapi::bench
