// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Access rights for what only the user of this process may read.
#pragma once

#include <windows.h>

#include <cstddef>

namespace remapi::port {

/// Security attributes with one entry: full control for the user of this process, inherited by what
/// is made inside a folder that has them. Nothing is inherited from the parent folder.
class PrivateSecurity {
public:
    PrivateSecurity() noexcept;
    PrivateSecurity(const PrivateSecurity&) = delete;
    PrivateSecurity& operator=(const PrivateSecurity&) = delete;
    /// For CreateFile and CreateDirectory; null when the system did not tell the user.
    SECURITY_ATTRIBUTES* get() noexcept { return m_valid ? &m_attributes : nullptr; }

private:
    bool read_user() noexcept;

    static constexpr std::size_t kRoom =
        256;  ///< for a SID (at most 68 bytes) and what surrounds it
    alignas(8) unsigned char m_user[kRoom] = {};
    alignas(8) unsigned char m_list[kRoom] = {};
    SECURITY_DESCRIPTOR m_descriptor = {};
    SECURITY_ATTRIBUTES m_attributes = {};
    bool m_valid = false;
};

}  // namespace remapi::port
