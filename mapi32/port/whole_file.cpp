// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The part of file.h that reads and writes files as a whole, over File.
#include <algorithm>
#include <array>
#include <utility>

#ifdef _WIN32
#include <windows.h>
#else
#include <cerrno>
#endif

#include "port/fault_point.h"
#include "port/file.h"
#include "port/random.h"

namespace remapi::port {
namespace {

#ifdef _WIN32
constexpr SystemError kTooLarge = ERROR_FILE_TOO_LARGE;
constexpr SystemError kNoRandomness = ERROR_GEN_FAILURE;
#else
constexpr SystemError kTooLarge = EFBIG;
constexpr SystemError kNoRandomness = EIO;
#endif

SystemError read_to_end(File& file, std::string& bytes, std::size_t limit) {
    // The size is a hint only: files of the kernel tell none, others grow meanwhile.
    std::uint64_t hint = 0;
    if (file.size(hint) == 0 && hint > limit) return kTooLarge;
    bytes.reserve(static_cast<std::size_t>(hint));
    std::array<char, 16384> chunk;
    for (;;) {
        std::size_t count = 0;
        const SystemError error = file.read(chunk.data(), chunk.size(), count);
        if (error != 0 || count == 0) return error;
        if (count > limit - bytes.size()) return kTooLarge;
        bytes.append(chunk.data(), count);
    }
}

/// A name that no other writer of the same folder chooses.
SystemError temporary_name(String& name) {
    std::array<unsigned char, 12> random;
    if (!random_bytes(random.data(), random.size())) return kNoRandomness;
    constexpr StringView kDigits = REMAPI_W("0123456789abcdef");
    name = REMAPI_W(".remapi-");
    for (const unsigned char byte : random) {
        name.push_back(kDigits[byte >> 4]);
        name.push_back(kDigits[byte & 15]);
    }
    name.append(REMAPI_W(".tmp"));
    return 0;
}

SystemError write_new(StringView path, std::string_view bytes, bool private_to_user) {
    File file;
    SystemError error = file.open(path, File::Mode::Create, private_to_user);
    if (error == 0) error = file.write(bytes.data(), bytes.size());
    fault_point("port.write_file.written");
    if (error == 0) error = file.sync();
    return error;
}

}  // namespace

File& File::operator=(File&& other) noexcept {
    if (this == &other) return *this;
    close();
    m_handle = std::exchange(other.m_handle, kClosed);
    return *this;
}

SystemError read_file(StringView path, std::string& bytes, std::size_t limit) {
    bytes.clear();
    File file;
    SystemError error = file.open(path, File::Mode::Read);
    if (error == 0) error = read_to_end(file, bytes, limit);
    if (error != 0) bytes.clear();
    return error;
}

SystemError write_file(StringView path, std::string_view bytes, bool private_to_user) {
    String name;
    if (const SystemError error = temporary_name(name)) return error;
    const String temporary = join_path(parent_folder(path), name);
    SystemError error = write_new(temporary, bytes, private_to_user);
    if (error == 0) {
        fault_point("port.write_file.synced");
        error = replace_file(temporary, path);
    }
    if (error != 0) remove_file(temporary);
    return error;
}

}  // namespace remapi::port
