// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Files and folders. Paths are UTF-16 with the platform's separators; natively they are UTF-8 on
// disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "port/wide.h"

namespace remapi::port {

/// The system's number for why a file call failed (errno, GetLastError); 0 is success.
using SystemError = int;
/// One line of English for `error`.
std::string describe(SystemError error);
bool is_not_found(SystemError error) noexcept;
bool is_disk_full(SystemError error) noexcept;
bool is_access_denied(SystemError error) noexcept;

/// An open file; closes itself. Not for use from two threads at once.
class File {
public:
    enum class Mode {
        Read,       ///< must exist; others may read, write, rename and delete it meanwhile
        Create,     ///< must not exist
        Overwrite,  ///< created or emptied
        ReadWrite,  ///< created if absent, kept if present
        Append,     ///< created if absent; every write goes to the end
    };

    File() = default;
    ~File() { close(); }
    File(File&& other) noexcept : m_handle(other.m_handle) { other.m_handle = kClosed; }
    File& operator=(File&& other) noexcept;

    /// `private_to_user` makes a new file readable by its owner only.
    SystemError open(StringView path, Mode mode, bool private_to_user = false);
    bool is_open() const noexcept { return m_handle != kClosed; }
    void close() noexcept;

    /// Reads up to `size` bytes at the file position; `read` tells how many, 0 at the end.
    SystemError read(void* buffer, std::size_t size, std::size_t& read) noexcept;
    /// Writes all of `size` bytes or fails.
    SystemError write(const void* buffer, std::size_t size) noexcept;
    SystemError seek(std::uint64_t offset) noexcept;
    SystemError size(std::uint64_t& bytes) noexcept;
    /// Cuts the file or adds zeros; the file position stays where it is.
    SystemError set_size(std::uint64_t bytes) noexcept;
    /// Returns once the bytes are on the disk.
    SystemError sync() noexcept;
    /// Takes an exclusive lock on the whole file without waiting, kept until close. Every other
    /// File that asks for the lock is refused, in this and in other processes, native ones and
    /// those on Wine alike; the system drops it when the holder dies. Reading and writing go on
    /// unhindered. The file must have been opened as Create, Overwrite or ReadWrite.
    bool try_lock() noexcept;

private:
    static constexpr std::intptr_t kClosed = -1;
    std::intptr_t m_handle = kClosed;
};

bool exists(StringView path);
bool is_folder(StringView path);
SystemError create_folders(StringView path, bool private_to_user = false);
SystemError remove_file(StringView path);
/// Removes an empty folder.
SystemError remove_folder(StringView path);
/// Puts `from` in the place of `to` in one step, whether `to` exists or not.
SystemError replace_file(StringView from, StringView to);
/// Names of the entries of a folder, without "." and "..", in no order. Empty when it cannot be
/// read. A name that is not UTF-8 on disk comes with U+FFFD and cannot be opened by it.
std::vector<String> list_folder(StringView path);

/// Reads a whole file of at most `limit` bytes; a longer one fails and leaves `bytes` empty.
SystemError read_file(StringView path, std::string& bytes, std::size_t limit = 64u << 20);
/// Writes a whole file in one step: a reader sees the old bytes or the new ones, also after a
/// crash.
SystemError write_file(StringView path, std::string_view bytes, bool private_to_user = false);

/// The absolute form of `path`, relative to the current directory (and drive) of the caller. Empty
/// when there is none, because the current directory is gone.
String absolute_path(StringView path);
bool is_absolute_path(StringView path) noexcept;
/// What follows the last separator. On PE both \ and / separate, and a drive's colon.
StringView leaf_name(StringView path) noexcept;
/// What precedes the last separator, empty if there is none. A root keeps its separator: the parent
/// of
/// "/a" is "/", of "C:\\a" it is "C:\\", of "C:a" it is "C:".
StringView parent_folder(StringView path) noexcept;
/// `folder` + separator + `name`; no separator where `folder` is empty, ends with one, or (PE) is a
/// bare drive, so that parent_folder and leaf_name are undone.
String join_path(StringView folder, StringView name);
/// The separator that this platform prefers.
WideChar path_separator() noexcept;

/// A folder for temporary files of this user; exists.
String temporary_folder();
/// Where this user's local (never roaming) application data lie; may not exist yet. %LOCALAPPDATA%
/// or its XP equivalent, natively $XDG_DATA_HOME or ~/.local/share.
String local_data_folder();
/// Where this user's configuration lies: the same on Windows, natively $XDG_CONFIG_HOME or
/// ~/.config.
String configuration_folder();
/// Where modules of the system lie: System32 (as this process sees it); natively empty.
String system_folder();
/// Whether `path` lies on a network drive.
bool is_remote(StringView path);

}  // namespace remapi::port
