// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What the native files of this folder share: paths as the kernel takes them, small files of /proc.
#pragma once

#include <cstddef>

#include "port/wide.h"

namespace remapi::port {

/// UTF-8 of `path`. False when it holds a NUL, which would cut it short.
bool native_path(StringView path, std::string& native);
/// Opens, close-on-exec, and retries when a signal interrupts. A descriptor or -1.
int open_native(const char* path, int flags, unsigned mode = 0) noexcept;
/// Reads a small file into `buffer` and ends it with a NUL. The number of bytes, 0 on failure.
std::size_t read_small_file(const char* path, char* buffer, std::size_t size) noexcept;
/// The path of the running program; empty when /proc does not tell.
std::string program_path();

}  // namespace remapi::port
