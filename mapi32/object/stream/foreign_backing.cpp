// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/stream/foreign_backing.h"

#include <algorithm>

#include "port/mutex.h"

namespace remapi::object {
namespace {

constexpr std::size_t kZeroBytes = 4096;
constexpr std::size_t kLargestTransfer = 1u << 30;

ULARGE_INTEGER large(std::uint64_t value) {
    ULARGE_INTEGER result = {};
    result.QuadPart = value;
    return result;
}

/// Transfers of any length by calls that take 32 bits. The lock is held while the foreign object
/// works, because a position and what is done there belong together: that object must not call
/// back into what stands on it.
class ForeignBacking : public Backing {
public:
    explicit ForeignBacking(bool writable) : m_writable(writable) {}

    std::size_t read_at(std::uint64_t offset, void* buffer, std::size_t size) override {
        const port::Lock lock(m_mutex);
        auto* const to = static_cast<std::uint8_t*>(buffer);
        std::size_t total = 0;
        while (total < size) {
            const auto wanted = static_cast<ULONG>(std::min(size - total, kLargestTransfer));
            const ULONG got = read_some(offset + total, to + total, wanted);
            if (got == 0) break;
            total += std::min(got, wanted);
        }
        return total;
    }

    void write_at(std::uint64_t offset, const void* buffer, std::size_t size) override {
        if (size == 0) return;
        const port::Lock lock(m_mutex);
        fill_up_to(offset);
        write_all(offset, buffer, size);
    }

    std::uint64_t size() override {
        const port::Lock lock(m_mutex);
        return current_size();
    }

    void set_size(std::uint64_t size) override {
        const port::Lock lock(m_mutex);
        if (size < current_size()) {
            cut(size);
        } else {
            fill_up_to(size);
        }
    }

    bool writable() const override { return m_writable; }

protected:
    virtual ULONG read_some(std::uint64_t offset, void* buffer, ULONG size) = 0;
    virtual ULONG write_some(std::uint64_t offset, const void* buffer, ULONG size) = 0;
    virtual std::uint64_t current_size() = 0;
    virtual void cut(std::uint64_t size) = 0;

private:
    void write_all(std::uint64_t offset, const void* buffer, std::size_t size) {
        const auto* const from = static_cast<const std::uint8_t*>(buffer);
        for (std::size_t done = 0; done < size;) {
            const auto wanted = static_cast<ULONG>(std::min(size - done, kLargestTransfer));
            const ULONG put = write_some(offset + done, from + done, wanted);
            if (put == 0 || put > wanted) throw Error(STG_E_MEDIUMFULL, "writing a stream");
            done += put;
        }
    }

    void fill_up_to(std::uint64_t size) {
        static constexpr std::uint8_t kZeros[kZeroBytes] = {};
        for (std::uint64_t end = current_size(); end < size;) {
            const auto chunk =
                static_cast<std::size_t>(std::min<std::uint64_t>(size - end, kZeroBytes));
            write_all(end, kZeros, chunk);
            end += chunk;
        }
    }

    const bool m_writable;
    port::Mutex m_mutex;
};

class StreamBacking final : public ForeignBacking {
public:
    StreamBacking(IStream* stream, std::uint64_t origin, bool writable)
        : ForeignBacking(writable), m_stream(com::Ptr<IStream>::share(stream)), m_origin(origin) {}

    void commit(DWORD flags) override {
        const HRESULT hr = m_stream->Commit(flags);
        if (hr != E_NOTIMPL && hr != STG_E_INVALIDFUNCTION) check(hr, "IStream::Commit");
    }

protected:
    ULONG read_some(std::uint64_t offset, void* buffer, ULONG size) override {
        seek(offset);
        ULONG got = 0;
        check(m_stream->Read(buffer, size, &got), "IStream::Read");
        return got;
    }
    ULONG write_some(std::uint64_t offset, const void* buffer, ULONG size) override {
        seek(offset);
        ULONG put = 0;
        check(m_stream->Write(buffer, size, &put), "IStream::Write");
        return put;
    }
    std::uint64_t current_size() override {
        ULARGE_INTEGER end = {};
        STATSTG stat = {};
        if (SUCCEEDED(m_stream->Stat(&stat, STATFLAG_NONAME))) {
            end = stat.cbSize;
        } else {
            check(m_stream->Seek({}, STREAM_SEEK_END, &end), "IStream::Seek");
        }
        return end.QuadPart > m_origin ? end.QuadPart - m_origin : 0;
    }
    void cut(std::uint64_t size) override {
        check(m_stream->SetSize(large(m_origin + size)), "IStream::SetSize");
    }

private:
    void seek(std::uint64_t offset) {
        LARGE_INTEGER to = {};
        to.QuadPart = static_cast<LONGLONG>(m_origin + offset);
        check(m_stream->Seek(to, STREAM_SEEK_SET, nullptr), "IStream::Seek");
    }

    com::Ptr<IStream> m_stream;
    const std::uint64_t m_origin;
};

class LockBytesBacking final : public ForeignBacking {
public:
    LockBytesBacking(ILockBytes* bytes, bool writable)
        : ForeignBacking(writable), m_bytes(com::Ptr<ILockBytes>::share(bytes)) {}

    void commit(DWORD) override { check(m_bytes->Flush(), "ILockBytes::Flush"); }

protected:
    ULONG read_some(std::uint64_t offset, void* buffer, ULONG size) override {
        ULONG got = 0;
        check(m_bytes->ReadAt(large(offset), buffer, size, &got), "ILockBytes::ReadAt");
        return got;
    }
    ULONG write_some(std::uint64_t offset, const void* buffer, ULONG size) override {
        ULONG put = 0;
        check(m_bytes->WriteAt(large(offset), buffer, size, &put), "ILockBytes::WriteAt");
        return put;
    }
    std::uint64_t current_size() override {
        STATSTG stat = {};
        check(m_bytes->Stat(&stat, STATFLAG_NONAME), "ILockBytes::Stat");
        return stat.cbSize.QuadPart;
    }
    void cut(std::uint64_t size) override {
        check(m_bytes->SetSize(large(size)), "ILockBytes::SetSize");
    }

private:
    com::Ptr<ILockBytes> m_bytes;
};

class BackingSource final : public format::BlockSource {
public:
    explicit BackingSource(std::shared_ptr<Backing> backing) : m_backing(std::move(backing)) {}

    std::size_t read_at(std::uint64_t offset, void* buffer, std::size_t size) override {
        return m_backing->read_at(offset, buffer, size);
    }
    void write_at(std::uint64_t offset, const void* buffer, std::size_t size) override {
        if (!m_backing->writable()) throw Error(STG_E_ACCESSDENIED, "writing a compound file");
        m_backing->write_at(offset, buffer, size);
    }
    std::uint64_t size() override { return m_backing->size(); }
    void set_size(std::uint64_t size) override {
        if (!m_backing->writable()) throw Error(STG_E_ACCESSDENIED, "writing a compound file");
        m_backing->set_size(size);
    }
    void flush() override { m_backing->commit(STGC_DEFAULT); }

private:
    std::shared_ptr<Backing> m_backing;
};

}  // namespace

std::shared_ptr<Backing> backing_on_stream(IStream* stream, std::uint64_t origin, bool writable) {
    return std::make_shared<StreamBacking>(stream, origin, writable);
}

std::shared_ptr<Backing> backing_on_lock_bytes(ILockBytes* bytes, bool writable) {
    return std::make_shared<LockBytesBacking>(bytes, writable);
}

std::shared_ptr<format::BlockSource> source_on_backing(std::shared_ptr<Backing> backing) {
    return std::make_shared<BackingSource>(std::move(backing));
}

}  // namespace remapi::object
