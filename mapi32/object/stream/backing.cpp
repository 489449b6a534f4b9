// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/stream/backing.h"

#include <algorithm>
#include <limits>

#include "abi/guard.h"
#include "com/object.h"
#include "object/stream/task_memory.h"
#include "port/mutex.h"

namespace remapi::object {
namespace {

constexpr std::size_t kStreamCopyBytes = 64u << 10;
constexpr std::uint64_t kLargestStream = std::numeric_limits<std::int64_t>::max();

/// The COM face: a position over a backing. Any thread may call it.
class Stream final : public com::Object<Stream, IStream> {
public:
    using Interfaces = com::Answers<IStream, ISequentialStream>;

    Stream(std::shared_ptr<Backing> backing, com::Ptr<IUnknown> owner, std::uint64_t position)
        : m_owner(std::move(owner)), m_backing(std::move(backing)), m_position(position) {}

    STDMETHODIMP Read(void* buffer, ULONG size, ULONG* read) noexcept override {
        return abi::guard("IStream::Read", [&]() -> HRESULT {
            if (read) *read = 0;
            if (!buffer && size > 0) return STG_E_INVALIDPOINTER;
            const port::Lock lock(m_mutex);
            const std::size_t got = m_backing->read_at(m_position, buffer, size);
            m_position += got;
            if (read) *read = static_cast<ULONG>(got);
            return S_OK;
        });
    }

    STDMETHODIMP Write(const void* buffer, ULONG size, ULONG* written) noexcept override {
        return abi::guard("IStream::Write", [&]() -> HRESULT {
            if (written) *written = 0;
            if (!buffer && size > 0) return STG_E_INVALIDPOINTER;
            if (!m_backing->writable()) return STG_E_ACCESSDENIED;
            const port::Lock lock(m_mutex);
            if (size > kLargestStream - m_position) return STG_E_MEDIUMFULL;
            m_backing->write_at(m_position, buffer, size);
            m_position += size;
            if (written) *written = size;
            return S_OK;
        });
    }

    STDMETHODIMP Seek(LARGE_INTEGER move, DWORD origin,
                      ULARGE_INTEGER* position) noexcept override {
        return abi::guard("IStream::Seek", [&]() -> HRESULT {
            const port::Lock lock(m_mutex);
            std::uint64_t base = 0;
            switch (origin) {
                case STREAM_SEEK_SET:
                    break;
                case STREAM_SEEK_CUR:
                    base = m_position;
                    break;
                case STREAM_SEEK_END:
                    base = m_backing->size();
                    break;
                default:
                    return STG_E_INVALIDFUNCTION;
            }
            const auto distance = static_cast<std::uint64_t>(move.QuadPart);
            const bool before_start = move.QuadPart < 0 && base < std::uint64_t{0} - distance;
            const bool too_far = move.QuadPart >= 0 && distance > kLargestStream - base;
            if (before_start || too_far) return STG_E_INVALIDFUNCTION;
            m_position = base + distance;
            if (position) position->QuadPart = m_position;
            return S_OK;
        });
    }

    STDMETHODIMP SetSize(ULARGE_INTEGER size) noexcept override {
        return abi::guard("IStream::SetSize", [&]() -> HRESULT {
            if (!m_backing->writable()) return STG_E_ACCESSDENIED;
            if (size.QuadPart > kLargestStream) return STG_E_MEDIUMFULL;
            m_backing->set_size(size.QuadPart);
            return S_OK;
        });
    }

    STDMETHODIMP CopyTo(IStream* target, ULARGE_INTEGER size, ULARGE_INTEGER* read,
                        ULARGE_INTEGER* written) noexcept override {
        return abi::guard("IStream::CopyTo", [&]() -> HRESULT {
            if (read) read->QuadPart = 0;
            if (written) written->QuadPart = 0;
            if (!target) return STG_E_INVALIDPOINTER;
            return copy_to(*target, size.QuadPart, read, written);
        });
    }

    STDMETHODIMP Commit(DWORD flags) noexcept override {
        return abi::guard("IStream::Commit", [&]() -> HRESULT {
            m_backing->commit(flags);
            return S_OK;
        });
    }

    STDMETHODIMP Revert() noexcept override {
        return abi::guard("IStream::Revert", [&]() -> HRESULT {
            m_backing->revert();
            return S_OK;
        });
    }

    STDMETHODIMP LockRegion(ULARGE_INTEGER, ULARGE_INTEGER, DWORD) noexcept override {
        return STG_E_INVALIDFUNCTION;
    }
    STDMETHODIMP UnlockRegion(ULARGE_INTEGER, ULARGE_INTEGER, DWORD) noexcept override {
        return STG_E_INVALIDFUNCTION;
    }

    STDMETHODIMP Stat(STATSTG* out, DWORD flags) noexcept override {
        return abi::guard("IStream::Stat",
                          [&] { return stat_backing(*m_backing, STGTY_STREAM, out, flags); });
    }

    STDMETHODIMP Clone(IStream** out) noexcept override {
        return abi::guard("IStream::Clone", [&]() -> HRESULT {
            if (!out) return STG_E_INVALIDPOINTER;
            *out = nullptr;
            const port::Lock lock(m_mutex);
            *out = com::make<Stream>(m_backing, m_owner, m_position).detach();
            return S_OK;
        });
    }

private:
    friend class com::Object<Stream, IStream>;
    ~Stream() = default;

    /// So many bytes follow the position now. A copy onto a clone of this stream would otherwise
    /// chase its own end.
    std::uint64_t rest() {
        const port::Lock lock(m_mutex);
        const std::uint64_t size = m_backing->size();
        return size > m_position ? size - m_position : 0;
    }

    // The target is somebody else's: no lock is held while it writes.
    HRESULT copy_to(IStream& target, std::uint64_t size, ULARGE_INTEGER* read,
                    ULARGE_INTEGER* written) {
        const std::unique_ptr<std::uint8_t[]> buffer(new std::uint8_t[kStreamCopyBytes]);
        std::uint64_t left = std::min(size, rest());
        while (left > 0) {
            ULONG got = 0;
            const auto wanted = static_cast<ULONG>(std::min<std::uint64_t>(left, kStreamCopyBytes));
            check(Read(buffer.get(), wanted, &got), "IStream::Read");
            if (got == 0) break;
            if (read) read->QuadPart += got;
            ULONG put = 0;
            check(target.Write(buffer.get(), got, &put), "IStream::Write");
            if (written) written->QuadPart += put;
            if (put < got) return STG_E_MEDIUMFULL;
            left -= got;
        }
        return S_OK;
    }

    com::Ptr<IUnknown> m_owner;  // before the backing, which may call it while it is destroyed
    std::shared_ptr<Backing> m_backing;
    port::Mutex m_mutex;
    std::uint64_t m_position;  ///< guarded by m_mutex
};

}  // namespace

void Backing::commit(DWORD) {}
void Backing::revert() {}

DWORD Backing::mode() const {
    return writable() ? STGM_READWRITE : STGM_READ;
}

String Backing::name() {
    return String();
}

HRESULT stat_backing(Backing& backing, DWORD type, STATSTG* out, DWORD flags) {
    if (!out) return STG_E_INVALIDPOINTER;
    *out = {};
    if (flags > STATFLAG_NOOPEN) return STG_E_INVALIDFLAG;
    STATSTG result = {};
    result.type = type;
    result.cbSize.QuadPart = backing.size();
    result.grfMode = backing.mode();
    if (flags != STATFLAG_NONAME) result.pwcsName = task_text(backing.name());
    *out = result;
    return S_OK;
}

com::Ptr<IStream> make_stream(std::shared_ptr<Backing> backing, IUnknown* owner,
                              std::uint64_t position) {
    return com::make<Stream>(std::move(backing), com::Ptr<IUnknown>::share(owner), position);
}

}  // namespace remapi::object
