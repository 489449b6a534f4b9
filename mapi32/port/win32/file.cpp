// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/file.h"

#include <windows.h>

#include <algorithm>

#include "port/thread.h"
#include "port/utf.h"
#include "port/win32/private_security.h"
#include "port/win32/system.h"

namespace remapi::port {
namespace {

HANDLE handle_of(std::intptr_t handle) noexcept {
    return reinterpret_cast<HANDLE>(handle);
}

SystemError last_error() noexcept {
    return static_cast<SystemError>(GetLastError());
}

struct OpenAs {
    DWORD access;
    DWORD disposition;
};

OpenAs open_as(File::Mode mode) noexcept {
    constexpr DWORD kBoth = GENERIC_READ | GENERIC_WRITE;
    switch (mode) {
        case File::Mode::Read:
            return {GENERIC_READ, OPEN_EXISTING};
        case File::Mode::Create:
            return {kBoth, CREATE_NEW};
        case File::Mode::Overwrite:
            return {kBoth, CREATE_ALWAYS};
        case File::Mode::ReadWrite:
            return {kBoth, OPEN_ALWAYS};
        // Without the right to write elsewhere the system itself puts every write at the end.
        case File::Mode::Append:
            return {FILE_APPEND_DATA | FILE_READ_ATTRIBUTES | SYNCHRONIZE, OPEN_ALWAYS};
    }
    return {GENERIC_READ, OPEN_EXISTING};
}

/// Larger single transfers fail on network drives of Windows XP.
constexpr std::size_t kLargestTransfer = 4u << 20;

DWORD attributes_of(StringView path) {
    if (!is_usable_path(path)) return INVALID_FILE_ATTRIBUTES;
    return GetFileAttributesW(String(path).c_str());
}

String message_text(DWORD error, DWORD language) {
    String text(512, L'\0');
    const DWORD flags = FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS;
    text.resize(FormatMessageW(flags, nullptr, error, language, text.data(),
                               static_cast<DWORD>(text.size()), nullptr));
    std::replace_if(
        text.begin(), text.end(), [](WideChar c) { return c == L'\r' || c == L'\n'; }, L' ');
    while (!text.empty() && (text.back() == L' ' || text.back() == L'.')) text.pop_back();
    return text;
}

SystemError make_folder(StringView path, SECURITY_ATTRIBUTES* security) {
    const String name(path);
    if (CreateDirectoryW(name.c_str(), security)) return 0;
    const SystemError error = last_error();
    return is_folder(path) ? 0 : error;  // a root answers "access denied", not "exists"
}

SystemError make_folders(StringView path, SECURITY_ATTRIBUTES* security) {
    while (path.size() > 1 && (path.back() == L'\\' || path.back() == L'/')) path.remove_suffix(1);
    const SystemError error = make_folder(path, security);
    const StringView parent = parent_folder(path);
    if (error != ERROR_PATH_NOT_FOUND || parent.empty() || parent.size() >= path.size())
        return error;
    if (const SystemError failure = make_folders(parent, security)) return failure;
    return make_folder(path, security);
}

}  // namespace

std::string describe(SystemError error) {
    const auto number = static_cast<DWORD>(error);
    String text = message_text(number, MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US));
    if (text.empty()) text = message_text(number, 0);  // an edition without English messages
    return text.empty() ? "error " + std::to_string(number) : to_utf8(text);
}

bool is_not_found(SystemError error) noexcept {
    switch (error) {
        case ERROR_FILE_NOT_FOUND:
        case ERROR_PATH_NOT_FOUND:
        case ERROR_INVALID_DRIVE:
        case ERROR_BAD_NETPATH:
        case ERROR_BAD_NET_NAME:
        case ERROR_INVALID_NAME:
        case ERROR_BAD_PATHNAME:
            return true;
        default:
            return false;
    }
}

bool is_disk_full(SystemError error) noexcept {
    constexpr SystemError kQuotaExceeded = 1295;  // ERROR_DISK_QUOTA_EXCEEDED
    return error == ERROR_DISK_FULL || error == ERROR_HANDLE_DISK_FULL ||
           error == ERROR_FILE_TOO_LARGE || error == kQuotaExceeded;
}

bool is_access_denied(SystemError error) noexcept {
    switch (error) {
        case ERROR_ACCESS_DENIED:
        case ERROR_SHARING_VIOLATION:
        case ERROR_LOCK_VIOLATION:
        case ERROR_WRITE_PROTECT:
        case ERROR_PRIVILEGE_NOT_HELD:
            return true;
        default:
            return false;
    }
}

SystemError File::open(StringView path, Mode mode, bool private_to_user) {
    close();
    if (!is_usable_path(path)) return ERROR_INVALID_NAME;
    PrivateSecurity security;
    const String name(path);
    const OpenAs how = open_as(mode);
    const HANDLE handle = CreateFileW(name.c_str(), how.access,
                                      FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                      private_to_user ? security.get() : nullptr, how.disposition,
                                      FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE) return last_error();
    m_handle = reinterpret_cast<std::intptr_t>(handle);
    return 0;
}

void File::close() noexcept {
    if (m_handle == kClosed) return;
    CloseHandle(handle_of(m_handle));
    m_handle = kClosed;
}

SystemError File::read(void* buffer, std::size_t size, std::size_t& read) noexcept {
    DWORD count = 0;
    const auto wanted = static_cast<DWORD>(std::min(size, kLargestTransfer));
    const BOOL done = ReadFile(handle_of(m_handle), buffer, wanted, &count, nullptr);
    read = count;
    if (done) return 0;
    const SystemError error = last_error();
    return error == ERROR_HANDLE_EOF || error == ERROR_BROKEN_PIPE ? 0 : error;
}

SystemError File::write(const void* buffer, std::size_t size) noexcept {
    const char* from = static_cast<const char*>(buffer);
    while (size > 0) {
        DWORD count = 0;
        const auto wanted = static_cast<DWORD>(std::min(size, kLargestTransfer));
        if (!WriteFile(handle_of(m_handle), from, wanted, &count, nullptr)) return last_error();
        if (count == 0) return ERROR_WRITE_FAULT;
        from += count;
        size -= count;
    }
    return 0;
}

SystemError File::seek(std::uint64_t offset) noexcept {
    LARGE_INTEGER distance = {};
    distance.QuadPart = static_cast<LONGLONG>(offset);
    return SetFilePointerEx(handle_of(m_handle), distance, nullptr, FILE_BEGIN) ? 0 : last_error();
}

SystemError File::size(std::uint64_t& bytes) noexcept {
    LARGE_INTEGER length = {};
    if (!GetFileSizeEx(handle_of(m_handle), &length)) return last_error();
    bytes = static_cast<std::uint64_t>(length.QuadPart);
    return 0;
}

SystemError File::set_size(std::uint64_t bytes) noexcept {
    if (bytes > 0x7FFFFFFFFFFFFFFF) return ERROR_FILE_TOO_LARGE;
    LARGE_INTEGER before = {};
    if (!SetFilePointerEx(handle_of(m_handle), before, &before, FILE_CURRENT)) return last_error();
    if (const SystemError error = seek(bytes)) return error;
    const SystemError error = SetEndOfFile(handle_of(m_handle)) ? 0 : last_error();
    const SystemError back = seek(static_cast<std::uint64_t>(before.QuadPart));
    return error ? error : back;
}

SystemError File::sync() noexcept {
    return FlushFileBuffers(handle_of(m_handle)) ? 0 : last_error();
}

bool File::try_lock() noexcept {
    // Locks are mandatory here, so the one byte lies where no file has data: 2^62, as in
    // posix/file.cpp. Wine passes the lock on to the kernel, where native programs see it.
    OVERLAPPED where = {};
    where.OffsetHigh = 1u << 30;
    const DWORD flags = LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY;
    return LockFileEx(handle_of(m_handle), flags, 0, 1, 0, &where) != FALSE;
}

bool exists(StringView path) {
    return attributes_of(path) != INVALID_FILE_ATTRIBUTES;
}

bool is_folder(StringView path) {
    const DWORD attributes = attributes_of(path);
    return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY);
}

SystemError create_folders(StringView path, bool private_to_user) {
    if (!is_usable_path(path)) return ERROR_INVALID_NAME;
    if (is_folder(path)) return 0;
    PrivateSecurity security;
    return make_folders(path, private_to_user ? security.get() : nullptr);
}

SystemError remove_file(StringView path) {
    if (!is_usable_path(path)) return ERROR_INVALID_NAME;
    return DeleteFileW(String(path).c_str()) ? 0 : last_error();
}

SystemError remove_folder(StringView path) {
    if (!is_usable_path(path)) return ERROR_INVALID_NAME;
    return RemoveDirectoryW(String(path).c_str()) ? 0 : last_error();
}

SystemError replace_file(StringView from, StringView to) {
    if (!is_usable_path(from) || !is_usable_path(to)) return ERROR_INVALID_NAME;
    const String source(from);
    const String target(to);
    // Virus scanners and indexers keep new files open for a moment.
    constexpr std::uint32_t kLongestRest = 256;
    for (std::uint32_t pause = 1;; pause *= 2) {
        const DWORD flags = MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH;
        if (MoveFileExW(source.c_str(), target.c_str(), flags)) return 0;
        const SystemError error = last_error();
        const bool passing = error == ERROR_SHARING_VIOLATION || error == ERROR_ACCESS_DENIED;
        if (!passing || pause > kLongestRest || is_folder(target)) return error;
        rest(pause);
    }
}

std::vector<String> list_folder(StringView path) {
    struct Search {
        HANDLE handle = INVALID_HANDLE_VALUE;
        ~Search() {
            if (handle != INVALID_HANDLE_VALUE) FindClose(handle);
        }
    };
    std::vector<String> names;
    if (!is_usable_path(path)) return names;
    WIN32_FIND_DATAW entry = {};
    const String pattern = join_path(path, L"*");
    const Search search = {FindFirstFileW(pattern.c_str(), &entry)};
    if (search.handle == INVALID_HANDLE_VALUE) return names;
    do {
        const StringView name = entry.cFileName;
        if (name != L"." && name != L"..") names.emplace_back(name);
    } while (FindNextFileW(search.handle, &entry));
    return names;
}

}  // namespace remapi::port
