// SPDX-License-Identifier: LGPL-2.1-or-later
//
// An ILockBytes of the tests' own.
#pragma once

#include <algorithm>
#include <vector>

#include "com/object.h"

namespace remapi::test {

/// Bytes in memory, open to the test. One thread.
class MemoryLockBytes final : public com::Object<MemoryLockBytes, ILockBytes> {
public:
    using Interfaces = com::Answers<ILockBytes>;

    STDMETHODIMP ReadAt(ULARGE_INTEGER offset, void* buffer, ULONG size,
                        ULONG* read) noexcept override {
        const std::size_t at = std::min<std::uint64_t>(offset.QuadPart, bytes.size());
        const std::size_t count = std::min<std::size_t>(size, bytes.size() - at);
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), count,
                    static_cast<char*>(buffer));
        if (read) *read = static_cast<ULONG>(count);
        return S_OK;
    }
    STDMETHODIMP WriteAt(ULARGE_INTEGER offset, const void* buffer, ULONG size,
                         ULONG* written) noexcept override {
        const auto at = static_cast<std::size_t>(offset.QuadPart);
        if (bytes.size() < at + size) bytes.resize(at + size);
        std::copy_n(static_cast<const char*>(buffer), size,
                    bytes.begin() + static_cast<std::ptrdiff_t>(at));
        if (written) *written = size;
        return S_OK;
    }
    STDMETHODIMP Flush() noexcept override { return S_OK; }
    STDMETHODIMP SetSize(ULARGE_INTEGER size) noexcept override {
        bytes.resize(static_cast<std::size_t>(size.QuadPart));
        return S_OK;
    }
    STDMETHODIMP LockRegion(ULARGE_INTEGER, ULARGE_INTEGER, DWORD) noexcept override {
        return STG_E_INVALIDFUNCTION;
    }
    STDMETHODIMP UnlockRegion(ULARGE_INTEGER, ULARGE_INTEGER, DWORD) noexcept override {
        return STG_E_INVALIDFUNCTION;
    }
    STDMETHODIMP Stat(STATSTG* out, DWORD) noexcept override {
        *out = {};
        out->type = STGTY_LOCKBYTES;
        out->cbSize.QuadPart = bytes.size();
        return S_OK;
    }

    std::vector<char> bytes;

private:
    friend class com::Object<MemoryLockBytes, ILockBytes>;
    ~MemoryLockBytes() = default;
};

}  // namespace remapi::test
