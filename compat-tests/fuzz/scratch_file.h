// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <string>

#include "rewritten_file.h"

namespace remapi::fuzz {

/// A folder of its own for code that reads files, with one file in it. Both are removed at exit;
/// there can be one in a process.
class ScratchFolder {
public:
    explicit ScratchFolder(const char* file_name);

    /// The folder's absolute path.
    const std::string& path() const { return m_path; }
    /// Makes the environment variable `name` hold the path of the file.
    void announce_as(const char* name) const;
    /// Gives the file these bytes.
    void write(const void* bytes, std::size_t size) const { m_file.write(bytes, size); }

private:
    std::string m_path;
    std::string m_file_path;
    RewrittenFile m_file;
};

}  // namespace remapi::fuzz
