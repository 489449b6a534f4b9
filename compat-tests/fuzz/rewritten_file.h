// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <cstddef>
#include <string>

namespace remapi::fuzz {

/// A file whose contents are replaced many times. It stays open: some file systems write a file to
/// the disk when it is closed after its contents were replaced, which costs more than any target.
/// A failure ends the program.
class RewrittenFile {
public:
    explicit RewrittenFile(const std::string& path);
    ~RewrittenFile();
    RewrittenFile(const RewrittenFile&) = delete;
    RewrittenFile& operator=(const RewrittenFile&) = delete;

    void write(const void* bytes, std::size_t size) const;

private:
    int m_file;
};

}  // namespace remapi::fuzz
