// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/stream/file_stream.h"

#include <algorithm>

#include "format/bytes.h"
#include "port/file.h"
#include "port/mutex.h"

namespace remapi::object {
namespace {

constexpr std::size_t kFillBytes = 64u << 10;

void check_file(port::SystemError error, const char* what) {
    if (error == 0) return;
    HRESULT code = MAPI_E_DISK_ERROR;
    if (port::is_not_found(error)) code = STG_E_FILENOTFOUND;
    if (port::is_disk_full(error)) code = STG_E_MEDIUMFULL;
    if (port::is_access_denied(error)) code = STG_E_ACCESSDENIED;
    throw Error(code, std::string(what) + ": " + port::describe(error));
}

/// port::File is for one thread at a time; the mutex makes it so.
class FileBacking final : public Backing {
public:
    FileBacking(StringView path, DWORD mode)
        : m_path(path),
          m_writable((mode & (STGM_WRITE | STGM_READWRITE)) != 0),
          m_temporary((mode & STGM_DELETEONRELEASE) != 0) {
        if (m_writable && (mode & STGM_CREATE) == 0 && !port::exists(path)) {
            throw Error(STG_E_FILENOTFOUND, "opening a file as a stream");
        }
        const auto how = !m_writable                 ? port::File::Mode::Read
                         : (mode & STGM_CREATE) != 0 ? port::File::Mode::Overwrite
                                                     : port::File::Mode::ReadWrite;
        check_file(m_file.open(path, how), "opening a file as a stream");
    }

    ~FileBacking() override {
        m_file.close();
        if (m_temporary) port::remove_file(m_path);
    }

    std::size_t read_at(std::uint64_t offset, void* buffer, std::size_t size) override {
        const port::Lock lock(m_mutex);
        check_file(m_file.seek(offset), "seeking in a file");
        std::size_t total = 0;
        while (total < size) {
            std::size_t got = 0;
            check_file(m_file.read(static_cast<std::uint8_t*>(buffer) + total, size - total, got),
                       "reading a file");
            if (got == 0) break;
            total += got;
        }
        return total;
    }

    void write_at(std::uint64_t offset, const void* buffer, std::size_t size) override {
        const port::Lock lock(m_mutex);
        if (size == 0) return;
        fill_up_to(offset);
        check_file(m_file.seek(offset), "seeking in a file");
        check_file(m_file.write(buffer, size), "writing a file");
    }

    std::uint64_t size() override {
        const port::Lock lock(m_mutex);
        return locked_size();
    }

    void set_size(std::uint64_t size) override {
        const port::Lock lock(m_mutex);
        if (size >= locked_size()) {
            fill_up_to(size);
        } else {
            shorten(static_cast<std::size_t>(size));
        }
    }

    bool writable() const override { return m_writable; }

    void commit(DWORD flags) override {
        if (!m_writable || (flags & STGC_DANGEROUSLYCOMMITMERELYTODISKCACHE) != 0) return;
        const port::Lock lock(m_mutex);
        check_file(m_file.sync(), "writing a file to disk");
    }

private:
    std::uint64_t locked_size() {
        std::uint64_t bytes = 0;
        check_file(m_file.size(bytes), "asking for the size of a file");
        return bytes;
    }

    void fill_up_to(std::uint64_t size) {
        std::uint64_t end = locked_size();
        if (end >= size) return;
        const Bytes zeros(
            static_cast<std::size_t>(std::min<std::uint64_t>(size - end, kFillBytes)));
        check_file(m_file.seek(end), "seeking in a file");
        while (end < size) {
            const auto chunk =
                static_cast<std::size_t>(std::min<std::uint64_t>(size - end, zeros.size()));
            check_file(m_file.write(zeros.data(), chunk), "writing a file");
            end += chunk;
        }
    }

    // The start of the file is kept, the file emptied and the start written back.
    void shorten(std::size_t size) {
        Bytes kept(size);
        std::size_t total = 0;
        check_file(m_file.seek(0), "seeking in a file");
        while (total < size) {
            std::size_t got = 0;
            check_file(m_file.read(kept.data() + total, size - total, got), "reading a file");
            if (got == 0) break;
            total += got;
        }
        m_file.close();
        check_file(m_file.open(m_path, port::File::Mode::Overwrite), "emptying a file");
        check_file(m_file.write(kept.data(), total), "writing a file");
    }

    const String m_path;
    const bool m_writable;
    const bool m_temporary;
    port::Mutex m_mutex;
    port::File m_file;  ///< guarded by m_mutex
};

}  // namespace

com::Ptr<IStream> open_file_stream(StringView path, DWORD mode) {
    return make_stream(std::make_shared<FileBacking>(path, mode));
}

}  // namespace remapi::object
