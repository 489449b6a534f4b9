// SPDX-License-Identifier: LGPL-2.1-or-later
#include "rewritten_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace remapi::fuzz {
namespace {

void require(bool works, const char* what) {
    if (works) return;
    std::perror(what);
    std::abort();
}

}  // namespace

RewrittenFile::RewrittenFile(const std::string& path)
    : m_file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    require(m_file >= 0, path.c_str());
}

RewrittenFile::~RewrittenFile() {
    close(m_file);
}

void RewrittenFile::write(const void* bytes, std::size_t size) const {
    const bool written = pwrite(m_file, bytes, size, 0) == static_cast<ssize_t>(size);
    require(written && ftruncate(m_file, static_cast<off_t>(size)) == 0, "writing an input");
}

}  // namespace remapi::fuzz
