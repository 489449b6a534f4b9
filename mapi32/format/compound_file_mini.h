// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The mini stream: streams of less than 4096 bytes, in pieces of 64. Specification: [MS-CFB] 2.4.
#pragma once

#include "format/compound_file_sectors.h"

namespace remapi::format {

/// Streams shorter than this lie in the mini stream.
constexpr std::uint64_t kMiniStreamLimit = 4096;

/// The mini sectors of a compound file.
class MiniSpace final : public UnitSpace {
public:
    /// @param sectors    outlives this
    /// @param table      the mini FAT's sectors
    /// @param container  those of the mini stream
    MiniSpace(SectorSpace& sectors, Chain table, Chain container);

    std::uint32_t present_units() override;
    /// Bytes of the mini stream up to the last mini sector in use.
    std::uint64_t stream_bytes() const noexcept;
    const Chain& table() const noexcept { return m_table; }
    const Chain& container() const noexcept { return m_container; }
    /// Writes the changes of the mini FAT into its sectors and gives back what is not used.
    void flush();

protected:
    void read_units(std::uint32_t unit, std::size_t offset, void* buffer,
                    std::size_t size) override;
    void write_units(std::uint32_t unit, std::size_t offset, const void* buffer,
                     std::size_t size) override;
    void grow() override;
    void provide(std::uint32_t unit) override;

private:
    SectorSpace& m_sectors;
    Chain m_table;
    Chain m_container;
};

}  // namespace remapi::format
