// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/stream/lock_bytes.h"

#include <limits>

#include "abi/guard.h"
#include "com/object.h"
#include "object/stream/task_memory.h"

namespace remapi::object {
namespace {

constexpr std::uint64_t kLargestOffset = std::numeric_limits<std::int64_t>::max();

/// Any thread may call it.
class LockBytes final : public com::Object<LockBytes, ILockBytes> {
public:
    using Interfaces = com::Answers<ILockBytes>;

    explicit LockBytes(std::shared_ptr<Backing> backing) : m_backing(std::move(backing)) {}

    STDMETHODIMP ReadAt(ULARGE_INTEGER offset, void* buffer, ULONG size,
                        ULONG* read) noexcept override {
        return abi::guard("ILockBytes::ReadAt", [&]() -> HRESULT {
            if (read) *read = 0;
            if (!buffer && size > 0) return STG_E_INVALIDPOINTER;
            if (offset.QuadPart > kLargestOffset) return S_OK;
            const std::size_t got = m_backing->read_at(offset.QuadPart, buffer, size);
            if (read) *read = static_cast<ULONG>(got);
            return S_OK;
        });
    }

    STDMETHODIMP WriteAt(ULARGE_INTEGER offset, const void* buffer, ULONG size,
                         ULONG* written) noexcept override {
        return abi::guard("ILockBytes::WriteAt", [&]() -> HRESULT {
            if (written) *written = 0;
            if (!buffer && size > 0) return STG_E_INVALIDPOINTER;
            if (!m_backing->writable()) return STG_E_ACCESSDENIED;
            if (offset.QuadPart > kLargestOffset || size > kLargestOffset - offset.QuadPart) {
                return STG_E_MEDIUMFULL;
            }
            m_backing->write_at(offset.QuadPart, buffer, size);
            if (written) *written = size;
            return S_OK;
        });
    }

    STDMETHODIMP Flush() noexcept override {
        return abi::guard("ILockBytes::Flush", [&]() -> HRESULT {
            m_backing->commit(STGC_DEFAULT);
            return S_OK;
        });
    }

    STDMETHODIMP SetSize(ULARGE_INTEGER size) noexcept override {
        return abi::guard("ILockBytes::SetSize", [&]() -> HRESULT {
            if (!m_backing->writable()) return STG_E_ACCESSDENIED;
            if (size.QuadPart > kLargestOffset) return STG_E_MEDIUMFULL;
            m_backing->set_size(size.QuadPart);
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
        return abi::guard("ILockBytes::Stat",
                          [&] { return stat_backing(*m_backing, STGTY_LOCKBYTES, out, flags); });
    }

private:
    friend class com::Object<LockBytes, ILockBytes>;
    ~LockBytes() = default;

    std::shared_ptr<Backing> m_backing;
};

}  // namespace

com::Ptr<ILockBytes> make_lock_bytes(std::shared_ptr<Backing> backing) {
    return com::make<LockBytes>(std::move(backing));
}

}  // namespace remapi::object
