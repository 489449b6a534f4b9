// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What a caller must find unchanged when one of our entries returns (quirks Q1, Q34): its current
// directory and drive, the x87 control word, MXCSR. Inside, floating-point exceptions are masked.
#pragma once

#include <cstdint>

#include "port/wide.h"

namespace remapi::port {

/// Saves on construction, restores on destruction. Lives on the stack of an exported function.
class CallState {
public:
    CallState() noexcept;
    ~CallState();
    CallState(const CallState&) = delete;
    CallState& operator=(const CallState&) = delete;

private:
    struct FloatingPoint {
        std::uint16_t control_word = 0;
        std::uint16_t status_word = 0;  ///< its exception flags belong to the caller, too
        std::uint32_t mxcsr = 0;
    };
    void save_folder() noexcept;
    void restore_folder() noexcept;

    FloatingPoint m_floating_point;
    String m_folder;  ///< PE: the current directory with its drive
    String m_drives;  ///< PE: the current directory of each drive, as the environment keeps them
    int m_descriptor = -1;  ///< natively: the current directory itself
};

}  // namespace remapi::port
