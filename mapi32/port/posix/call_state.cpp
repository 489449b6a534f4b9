// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/call_state.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "port/posix/native_path.h"

namespace remapi::port {

void CallState::save_folder() noexcept {
    // The directory itself, not its name: it may be renamed, or be gone already.
    m_descriptor = open_native(".", O_PATH | O_DIRECTORY);
}

void CallState::restore_folder() noexcept {
    if (m_descriptor < 0) return;
    struct stat saved = {};
    struct stat current = {};
    const bool same = ::fstat(m_descriptor, &saved) == 0 && ::stat(".", &current) == 0 &&
                      saved.st_dev == current.st_dev && saved.st_ino == current.st_ino;
    if (!same && ::fchdir(m_descriptor) != 0) {
        // The caller lost the right to enter it: there is no other place that would be more right.
    }
    ::close(m_descriptor);
    m_descriptor = -1;
}

}  // namespace remapi::port
