// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/stream/file_stream.h"

#include <cstring>

#include "memory/allocator.h"
#include "port/file.h"
#include "port/mutex.h"
#include "port/random.h"
#include "text/text.h"

namespace remapi::object {
namespace {

/// Names <prefix>0000.TMP to <prefix>FFFF.TMP.
constexpr unsigned kTemporaryNames = 0x10000;

void check_file(port::SystemError error, const char* what) {
    if (error == 0) return;
    HRESULT code = MAPI_E_DISK_ERROR;
    if (port::is_not_found(error)) code = STG_E_FILENOTFOUND;
    if (port::is_disk_full(error)) code = STG_E_MEDIUMFULL;
    if (port::is_access_denied(error)) code = STG_E_ACCESSDENIED;
    throw Error(code, std::string(what) + ": " + port::describe(error));
}

/// A file name in memory of the caller's.
class KeptName {
public:
    KeptName(StringView name, const FileStreamOptions& options)
        : m_free(options.free ? options.free : memory::routines().free), m_length(name.size()) {
        const LPALLOCATEBUFFER allocate =
            options.allocate ? options.allocate : memory::routines().allocate;
        void* block = nullptr;
        check(allocate(narrow_size((name.size() + 1) * sizeof(WideChar)), &block),
              "keeping a file's name");
        if (!block) throw Error(MAPI_E_NOT_ENOUGH_MEMORY, "keeping a file's name");
        m_text = static_cast<WideChar*>(block);
        std::memcpy(m_text, name.data(), name.size() * sizeof(WideChar));
        m_text[name.size()] = 0;
    }
    ~KeptName() { m_free(m_text); }
    KeptName(const KeptName&) = delete;
    KeptName& operator=(const KeptName&) = delete;
    StringView view() const noexcept { return StringView(m_text, m_length); }

private:
    LPFREEBUFFER m_free;
    std::size_t m_length;
    WideChar* m_text = nullptr;
};

/// port::File is for one thread at a time; the mutex makes it so.
class FileBacking final : public Backing {
public:
    FileBacking(StringView path, const FileStreamOptions& options, bool writable)
        : m_path(path, options),
          m_writable(writable),
          m_temporary((options.mode & STGM_DELETEONRELEASE) != 0) {}

    ~FileBacking() override {
        const bool remove = m_temporary && m_file.is_open();
        m_file.close();
        if (remove) port::remove_file(m_path.view());
    }

    /// Before anybody else knows the object.
    void take(port::File file) { m_file = std::move(file); }

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
        if (offset > locked_size()) check_file(m_file.set_size(offset), "making a file longer");
        check_file(m_file.seek(offset), "seeking in a file");
        check_file(m_file.write(buffer, size), "writing a file");
    }

    std::uint64_t size() override {
        const port::Lock lock(m_mutex);
        return locked_size();
    }

    void set_size(std::uint64_t size) override {
        const port::Lock lock(m_mutex);
        check_file(m_file.set_size(size), "setting the size of a file");
    }

    bool writable() const override { return m_writable; }
    String name() override { return String(m_path.view()); }

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

    const KeptName m_path;
    const bool m_writable;
    const bool m_temporary;
    port::Mutex m_mutex;
    port::File m_file;  ///< guarded by m_mutex
};

/// Makes the first file of the names that is not there yet.
String create_temporary(StringView folder, StringView prefix, port::File& file) {
    std::uint16_t start = 0;
    port::random_bytes(&start, sizeof start);
    for (unsigned i = 0; i < kTemporaryNames; ++i) {
        const auto number = static_cast<std::uint16_t>(start + i);
        const std::uint8_t digits[2] = {static_cast<std::uint8_t>(number >> 8),
                                        static_cast<std::uint8_t>(number & 0xFF)};
        String path = port::join_path(
            folder,
            String(prefix) + text::from_utf8(text::hex(digits, sizeof digits)) + REMAPI_W(".TMP"));
        const port::SystemError error = file.open(path, port::File::Mode::Create, true);
        if (error == 0) return path;
        if (!port::exists(path)) check_file(error, "making a temporary file");
    }
    throw Error(STG_E_ACCESSDENIED, "finding a name for a temporary file");
}

}  // namespace

std::shared_ptr<Backing> open_file_backing(StringView path, const FileStreamOptions& options,
                                           bool exclusive) {
    const bool writable = (options.mode & (STGM_WRITE | STGM_READWRITE)) != 0;
    const bool create = writable && (options.mode & STGM_CREATE) != 0;
    // The system says the same of folders as of files that may not be read on PE only.
    if (port::is_folder(path)) throw Error(STG_E_ACCESSDENIED, "opening a folder as a stream");
    if (writable && !create && !port::exists(path)) {
        throw Error(STG_E_FILENOTFOUND, "opening a file as a stream");
    }
    // The file is perhaps deleted later, when the current directory is another one.
    const String absolute = port::absolute_path(path);
    auto backing =
        std::make_shared<FileBacking>(absolute.empty() ? path : absolute, options, writable);
    port::File file;
    // Emptied only once it is ours.
    const bool empty_at_once = create && !exclusive;
    const auto how = !writable       ? port::File::Mode::Read
                     : empty_at_once ? port::File::Mode::Overwrite
                                     : port::File::Mode::ReadWrite;
    check_file(file.open(path, how), "opening a file as a stream");
    if (exclusive && writable && !file.try_lock()) {
        throw Error(STG_E_LOCKVIOLATION, "opening a file that another program has open");
    }
    if (create && !empty_at_once) check_file(file.set_size(0), "emptying a file");
    backing->take(std::move(file));
    return backing;
}

std::shared_ptr<Backing> open_temporary_backing(StringView folder, StringView prefix,
                                                const FileStreamOptions& options) {
    if (!folder.empty() && !port::is_folder(folder)) {
        throw Error(STG_E_FILENOTFOUND, "making a temporary file");
    }
    port::File file;
    const String path = create_temporary(folder, prefix, file);
    try {
        const String absolute = port::absolute_path(path);
        auto backing =
            std::make_shared<FileBacking>(absolute.empty() ? path : absolute, options, true);
        backing->take(std::move(file));
        return backing;
    } catch (...) {
        file.close();
        port::remove_file(path);
        throw;
    }
}

com::Ptr<IStream> open_file_stream(StringView path, const FileStreamOptions& options) {
    return make_stream(open_file_backing(path, options));
}

com::Ptr<IStream> open_temporary_stream(StringView folder, StringView prefix,
                                        const FileStreamOptions& options) {
    return make_stream(open_temporary_backing(folder, prefix, options));
}

}  // namespace remapi::object
