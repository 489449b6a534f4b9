// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Allocation in a compound file: pieces of equal size, chained by a table. Sectors are the pieces
// of the file, mini sectors those of the mini stream. Specification: [MS-CFB] 2.1 to 2.4.
#pragma once

#include <vector>

#include "format/bytes.h"

namespace remapi::format {

constexpr std::uint32_t kFreeUnit = 0xFFFFFFFF;
constexpr std::uint32_t kEndOfChain = 0xFFFFFFFE;
constexpr std::uint32_t kFatSector = 0xFFFFFFFD;
constexpr std::uint32_t kDifatSector = 0xFFFFFFFC;
/// More units than this are refused, so that a size that means nothing cannot use up the memory.
constexpr std::uint32_t kMostUnits = 1u << 26;

/// Throws Error(STG_E_DOCFILECORRUPT); `what` is what the file has that it must not have.
[[noreturn]] void throw_corrupt(const char* what);

/// The units that hold one thing, first to last.
using Chain = std::vector<std::uint32_t>;

/// A table of units. One thread at a time.
class UnitSpace {
public:
    explicit UnitSpace(unsigned unit_shift) : m_unit_shift(unit_shift) {}
    virtual ~UnitSpace() = default;
    UnitSpace(const UnitSpace&) = delete;
    UnitSpace& operator=(const UnitSpace&) = delete;

    std::size_t unit_bytes() const noexcept { return std::size_t{1} << m_unit_shift; }
    std::uint32_t unit_count() const noexcept { return static_cast<std::uint32_t>(m_next.size()); }
    /// What the table has for `unit`; kFreeUnit beyond its end.
    std::uint32_t next(std::uint32_t unit) const noexcept;
    /// So many units lie within the bytes that there are; the table may speak of more.
    virtual std::uint32_t present_units() = 0;

    /// Makes `chain` hold `count` units: takes free ones or gives back those at its end. A failure
    /// leaves it as it was.
    void resize(Chain& chain, std::size_t count);
    /// Reads or writes within the chain. Throws Error(STG_E_DOCFILECORRUPT) beyond its end.
    void read(const Chain& chain, std::uint64_t offset, void* buffer, std::size_t size);
    void write(const Chain& chain, std::uint64_t offset, const void* buffer, std::size_t size);
    void write_zeros(const Chain& chain, std::uint64_t offset, std::uint64_t size);

protected:
    /// Reads or writes bytes of consecutive units.
    virtual void read_units(std::uint32_t unit, std::size_t offset, void* buffer,
                            std::size_t size) = 0;
    virtual void write_units(std::uint32_t unit, std::size_t offset, const void* buffer,
                             std::size_t size) = 0;
    /// Adds units to the table, at least one of them free.
    virtual void grow() = 0;
    /// Called when `unit` is about to be used.
    virtual void provide(std::uint32_t unit) = 0;

    void set_next(std::uint32_t unit, std::uint32_t next);
    /// Appends `count` free units.
    void append_units(std::size_t count);
    unsigned unit_shift() const noexcept { return m_unit_shift; }

    std::vector<std::uint32_t> m_next;
    /// First and last changed entry of m_next; none when first > last.
    std::uint32_t m_first_changed = kFreeUnit;
    std::uint32_t m_last_changed = 0;

private:
    std::uint32_t allocate();
    void release(std::uint32_t unit);
    template <class Transfer>
    void for_each_run(const Chain& chain, std::uint64_t offset, std::uint64_t size,
                      Transfer&& transfer);

    unsigned m_unit_shift;
    std::uint32_t m_first_free = 0;  ///< no unit before it is free
};

}  // namespace remapi::format
