// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <map>
#include <memory>

#include "format/bytes.h"

namespace remapi::format {

/// The bytes that a compound file lies in: a file, somebody's stream, memory. One thread at a time.
/// Failures are thrown: Error(STG_E_ACCESSDENIED), Error(STG_E_MEDIUMFULL) and so on.
class BlockSource {
public:
    virtual ~BlockSource() = default;

    /// Reads up to `size` bytes at `offset`; fewer at the end only. Answers how many.
    virtual std::size_t read_at(std::uint64_t offset, void* buffer, std::size_t size) = 0;
    /// Writes all of `size` bytes; a gap before `offset` is filled with zeros.
    virtual void write_at(std::uint64_t offset, const void* buffer, std::size_t size) = 0;
    virtual std::uint64_t size() = 0;
    /// What is added is zeros.
    virtual void set_size(std::uint64_t size) = 0;
    virtual void flush() = 0;
};

/// Bytes in memory, 2 GiB at most.
class MemorySource final : public BlockSource {
public:
    explicit MemorySource(Bytes bytes = {}) : m_bytes(std::move(bytes)) {}

    std::size_t read_at(std::uint64_t offset, void* buffer, std::size_t size) override;
    void write_at(std::uint64_t offset, const void* buffer, std::size_t size) override;
    std::uint64_t size() override { return m_bytes.size(); }
    void set_size(std::uint64_t size) override;
    void flush() override {}
    const Bytes& bytes() const noexcept { return m_bytes; }

private:
    Bytes m_bytes;
};

/// Another source with changes that are kept in memory until `apply`.
class OverlaySource final : public BlockSource {
public:
    explicit OverlaySource(std::shared_ptr<BlockSource> base);

    std::size_t read_at(std::uint64_t offset, void* buffer, std::size_t size) override;
    void write_at(std::uint64_t offset, const void* buffer, std::size_t size) override;
    std::uint64_t size() override { return m_size; }
    void set_size(std::uint64_t size) override;
    void flush() override {}

    /// Writes the changes to the other source and flushes it. Room for what is new is made before
    /// anything old is overwritten, so that a full disk leaves the old bytes whole.
    void apply();
    /// Forgets the changes.
    void discard();

private:
    Bytes& block(std::uint64_t index);
    void read_base(std::uint64_t offset, std::uint8_t* buffer, std::size_t size);

    std::shared_ptr<BlockSource> m_base;
    std::map<std::uint64_t, Bytes> m_blocks;  ///< changed blocks by index
    std::uint64_t m_size;
    std::uint64_t m_kept;  ///< so many bytes of the base still show through
};

}  // namespace remapi::format
