// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/stream/memory_stream.h"

#include <algorithm>

#include "abi/guard.h"
#include "port/mutex.h"

namespace remapi::object {
namespace {

constexpr std::uint64_t kLargestMemory = 0x7FFFFFFF;

class MemoryBacking final : public Backing {
public:
    MemoryBacking(Bytes bytes, bool writable, bool transacted, WriteBack write_back)
        : m_write_back(std::move(write_back)),
          m_writable(writable),
          m_transacted(transacted),
          m_bytes(std::move(bytes)) {
        if (m_transacted) m_committed = m_bytes;
    }

    ~MemoryBacking() override {
        if (m_transacted || !m_changed) return;
        // The last Release has nobody to report to; the guard logs what goes wrong.
        abi::guard("IStream::Release", [&]() -> HRESULT {
            hand_over();
            return S_OK;
        });
    }

    std::size_t read_at(std::uint64_t offset, void* buffer, std::size_t size) override {
        const port::Lock lock(m_mutex);
        if (offset >= m_bytes.size()) return 0;
        const std::size_t got = std::min(size, m_bytes.size() - static_cast<std::size_t>(offset));
        if (got > 0) std::memcpy(buffer, m_bytes.data() + offset, got);
        return got;
    }

    void write_at(std::uint64_t offset, const void* buffer, std::size_t size) override {
        if (size == 0) return;
        if (offset > kLargestMemory || size > kLargestMemory - offset) throw_full();
        const port::Lock lock(m_mutex);
        const std::size_t end = static_cast<std::size_t>(offset) + size;
        if (end > m_bytes.size()) m_bytes.resize(end);
        std::memcpy(m_bytes.data() + offset, buffer, size);
        m_changed = true;
    }

    std::uint64_t size() override {
        const port::Lock lock(m_mutex);
        return m_bytes.size();
    }

    void set_size(std::uint64_t size) override {
        if (size > kLargestMemory) throw_full();
        const port::Lock lock(m_mutex);
        m_bytes.resize(static_cast<std::size_t>(size));
        m_changed = true;
    }

    bool writable() const override { return m_writable; }

    void commit(DWORD) override {
        if (m_writable) hand_over();
    }

    void revert() override {
        if (!m_transacted) return;
        const port::Lock lock(m_mutex);
        m_bytes = m_committed;
        m_changed = false;
    }

private:
    [[noreturn]] static void throw_full() {
        throw Error(STG_E_MEDIUMFULL, "a memory stream over 2 GiB");
    }

    void hand_over() {
        Bytes bytes;
        {
            const port::Lock lock(m_mutex);
            if (!m_changed) return;
            bytes = m_bytes;
            m_changed = false;
        }
        if (m_write_back) write_back_or_stay_changed(bytes);
        if (!m_transacted) return;
        const port::Lock lock(m_mutex);
        m_committed = std::move(bytes);
    }

    void write_back_or_stay_changed(const Bytes& bytes) {
        try {
            m_write_back(bytes);
        } catch (...) {
            const port::Lock lock(m_mutex);
            m_changed = true;
            throw;
        }
    }

    const WriteBack m_write_back;
    const bool m_writable;
    const bool m_transacted;
    port::Mutex m_mutex;
    Bytes m_bytes;      ///< guarded by m_mutex, as are the next two
    Bytes m_committed;  ///< transacted only: what Revert goes back to
    bool m_changed = false;
};

}  // namespace

com::Ptr<IStream> make_memory_stream(Bytes bytes, MemoryStreamOptions options) {
    return make_stream(
        std::make_shared<MemoryBacking>(std::move(bytes), options.writable, options.transacted,
                                        std::move(options.write_back)),
        options.owner, options.position);
}

}  // namespace remapi::object
