// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <limits>
#include <memory>

#include "port/posix/native_path.h"
#include "port/utf.h"

namespace remapi::port {
namespace {

int descriptor_of(std::intptr_t handle) noexcept {
    return static_cast<int>(handle);
}

int flags_of(File::Mode mode) noexcept {
    switch (mode) {
        case File::Mode::Read:
            return O_RDONLY;
        case File::Mode::Create:
            return O_RDWR | O_CREAT | O_EXCL;
        case File::Mode::Overwrite:
            return O_RDWR | O_CREAT | O_TRUNC;
        case File::Mode::ReadWrite:
            return O_RDWR | O_CREAT;
        case File::Mode::Append:
            return O_WRONLY | O_CREAT | O_APPEND;
    }
    return O_RDONLY;
}

bool status_of(StringView path, struct stat& status) {
    std::string native;
    return native_path(path, native) && ::stat(native.c_str(), &status) == 0;
}

SystemError make_folder(const std::string& path, mode_t mode) {
    if (::mkdir(path.c_str(), mode) == 0) return 0;
    const int error = errno;
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0) return error;
    return S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
}

/// Makes the entries of a folder durable, where the file system can.
SystemError sync_folder(StringView path) {
    std::string native;
    if (!native_path(path, native)) return EINVAL;
    const int descriptor =
        open_native(native.empty() ? "." : native.c_str(), O_RDONLY | O_DIRECTORY);
    if (descriptor < 0) return 0;  // not readable, though writable: nothing to do about it
    const int error = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    return error == EINVAL || error == EROFS || error == EBADF ? 0 : error;
}

struct CloseFolder {
    void operator()(DIR* folder) const noexcept { ::closedir(folder); }
};

}  // namespace

std::string describe(SystemError error) {
    // Unlike strerror, this one does not speak the language of the caller's locale.
    const char* const text = ::strerrordesc_np(error);
    return text ? text : "error " + std::to_string(error);
}

bool is_not_found(SystemError error) noexcept {
    return error == ENOENT || error == ENOTDIR;
}

bool is_disk_full(SystemError error) noexcept {
    return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

bool is_access_denied(SystemError error) noexcept {
    return error == EACCES || error == EPERM || error == EROFS;
}

SystemError File::open(StringView path, Mode mode, bool private_to_user) {
    close();
    std::string native;
    if (!native_path(path, native)) return EINVAL;
    const int descriptor =
        open_native(native.c_str(), flags_of(mode), private_to_user ? 0600 : 0666);
    if (descriptor < 0) return errno;
    struct stat status = {};
    if (::fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
        ::close(descriptor);
        return EISDIR;
    }
    m_handle = descriptor;
    return 0;
}

void File::close() noexcept {
    if (m_handle == kClosed) return;
    ::close(descriptor_of(m_handle));
    m_handle = kClosed;
}

SystemError File::read(void* buffer, std::size_t size, std::size_t& read) noexcept {
    read = 0;
    for (;;) {
        const ssize_t count = ::read(descriptor_of(m_handle), buffer, size);
        if (count >= 0) {
            read = static_cast<std::size_t>(count);
            return 0;
        }
        if (errno != EINTR) return errno;
    }
}

SystemError File::write(const void* buffer, std::size_t size) noexcept {
    const char* from = static_cast<const char*>(buffer);
    while (size > 0) {
        const ssize_t count = ::write(descriptor_of(m_handle), from, size);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return errno;
        if (count == 0) return EIO;
        from += count;
        size -= static_cast<std::size_t>(count);
    }
    return 0;
}

SystemError File::seek(std::uint64_t offset) noexcept {
    return ::lseek(descriptor_of(m_handle), static_cast<off_t>(offset), SEEK_SET) < 0 ? errno : 0;
}

SystemError File::size(std::uint64_t& bytes) noexcept {
    struct stat status = {};
    if (::fstat(descriptor_of(m_handle), &status) != 0) return errno;
    bytes = static_cast<std::uint64_t>(status.st_size);
    return 0;
}

SystemError File::set_size(std::uint64_t bytes) noexcept {
    if (bytes > static_cast<std::uint64_t>(std::numeric_limits<off_t>::max())) return EFBIG;
    for (;;) {
        if (::ftruncate(descriptor_of(m_handle), static_cast<off_t>(bytes)) == 0) return 0;
        if (errno != EINTR) return errno;
    }
}

SystemError File::sync() noexcept {
    return ::fsync(descriptor_of(m_handle)) == 0 ? 0 : errno;
}

bool File::try_lock() noexcept {
    // Owned by the open file, not by the process: two opens in one process exclude each other, and
    // closing some other descriptor of the file drops nothing. The byte is the one of
    // win32/file.cpp, because Wine passes LockFileEx on to the kernel.
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = off_t{1} << 62;
    lock.l_len = 1;
    return ::fcntl(descriptor_of(m_handle), F_OFD_SETLK, &lock) == 0;
}

bool exists(StringView path) {
    struct stat status = {};
    return status_of(path, status);
}

bool is_folder(StringView path) {
    struct stat status = {};
    return status_of(path, status) && S_ISDIR(status.st_mode);
}

SystemError create_folders(StringView path, bool private_to_user) {
    while (path.size() > 1 && path.back() == u'/') path.remove_suffix(1);
    std::string native;
    if (!native_path(path, native)) return EINVAL;
    const mode_t mode = private_to_user ? 0700 : 0777;
    const SystemError error = make_folder(native, mode);
    const StringView parent = parent_folder(path);
    if (error != ENOENT || parent.empty() || parent == path) return error;
    if (const SystemError failure = create_folders(parent, private_to_user)) return failure;
    return make_folder(native, mode);
}

SystemError remove_file(StringView path) {
    std::string native;
    if (!native_path(path, native)) return EINVAL;
    return ::unlink(native.c_str()) == 0 ? 0 : errno;
}

SystemError remove_folder(StringView path) {
    std::string native;
    if (!native_path(path, native)) return EINVAL;
    return ::rmdir(native.c_str()) == 0 ? 0 : errno;
}

SystemError replace_file(StringView from, StringView to) {
    std::string native_from;
    std::string native_to;
    if (!native_path(from, native_from) || !native_path(to, native_to)) return EINVAL;
    if (::rename(native_from.c_str(), native_to.c_str()) != 0) return errno;
    return sync_folder(parent_folder(to));
}

std::vector<String> list_folder(StringView path) {
    std::vector<String> names;
    std::string native;
    if (!native_path(path, native)) return names;
    const std::unique_ptr<DIR, CloseFolder> folder(::opendir(native.c_str()));
    if (!folder) return names;
    while (const dirent* entry = ::readdir(folder.get())) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..") names.push_back(from_utf8(name));
    }
    return names;
}

}  // namespace remapi::port
