// SPDX-License-Identifier: LGPL-2.1-or-later
#include "scratch_file.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace remapi::fuzz {
namespace {

const ScratchFolder* g_folder = nullptr;
const char* g_file_name = nullptr;

void remove_folder() {
    std::remove((g_folder->path() + "/" + g_file_name).c_str());
    rmdir(g_folder->path().c_str());
}

std::string temporary_folder() {
    const char* const chosen = std::getenv("TMPDIR");
    return chosen && *chosen ? chosen : "/tmp";
}

std::string new_folder() {
    std::string pattern = temporary_folder() + "/remapi-fuzz-XXXXXX";
    if (!mkdtemp(pattern.data())) std::abort();
    return pattern;
}

}  // namespace

ScratchFolder::ScratchFolder(const char* file_name)
    : m_path(new_folder()), m_file_path(m_path + "/" + file_name), m_file(m_file_path) {
    g_folder = this;
    g_file_name = file_name;
    std::atexit(remove_folder);
}

void ScratchFolder::announce_as(const char* name) const {
    setenv(name, m_file_path.c_str(), 1);
}

}  // namespace remapi::fuzz
