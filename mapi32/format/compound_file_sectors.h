// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Header, FAT and DIFAT of a compound file. Specification: [MS-CFB] 2.2, 2.3 and 2.5.
#pragma once

#include <memory>

#include "format/compound_file_source.h"
#include "format/compound_file_units.h"

namespace remapi::format {

/// 3 has sectors of 512 bytes and files to 2 GiB, 4 has sectors of 4096 bytes.
enum class CompoundVersion : std::uint16_t { Three = 3, Four = 4 };

/// Mini sectors have 64 bytes.
constexpr unsigned kMiniShift = 6;

/// What the header says beyond the FAT.
struct CompoundHeader {
    CompoundVersion version = CompoundVersion::Three;
    std::uint32_t directory = kEndOfChain;  ///< first sector
    std::uint32_t directory_sectors = 0;    ///< version 4 only
    std::uint32_t mini_fat = kEndOfChain;   ///< first sector
    std::uint32_t mini_fat_sectors = 0;
    std::uint8_t class_id[16] = {};
};

/// The sectors of a compound file.
class SectorSpace final : public UnitSpace {
public:
    static std::unique_ptr<SectorSpace> create(std::shared_ptr<BlockSource> source,
                                               CompoundVersion version);
    /// Throws Error(STG_E_INVALIDHEADER) when it is no compound file, Error(STG_E_OLDDLL) for a
    /// version that is not known and Error(STG_E_DOCFILECORRUPT) when the FAT cannot be found.
    static std::unique_ptr<SectorSpace> open(std::shared_ptr<BlockSource> source);

    SectorSpace(std::shared_ptr<BlockSource> source, CompoundVersion version);

    CompoundHeader& header() noexcept { return m_header; }
    std::uint32_t present_units() override;
    /// Writes the changes of FAT and DIFAT, the header, and gives back unused space at the end.
    void flush();

protected:
    void read_units(std::uint32_t unit, std::size_t offset, void* buffer,
                    std::size_t size) override;
    void write_units(std::uint32_t unit, std::size_t offset, const void* buffer,
                     std::size_t size) override;
    void grow() override;
    void provide(std::uint32_t unit) override;

private:
    std::size_t entries_per_sector() const noexcept { return unit_bytes() / 4; }
    std::uint64_t offset_of(std::uint32_t sector) const noexcept {
        return (std::uint64_t{sector} + 1) << unit_shift();
    }
    void load_fat_sectors(BytesView header, std::uint32_t count);
    void load_difat(std::uint32_t first, std::uint32_t count, std::uint32_t fat_count);
    void load_fat();
    void add_fat_sector(std::uint32_t sector);
    void reserve_lock_sector();
    void write_fat();
    void write_difat();
    void write_header();
    std::uint32_t used_units() const noexcept;

    std::shared_ptr<BlockSource> m_source;
    CompoundHeader m_header;
    Chain m_fat;    ///< the FAT's own sectors
    Chain m_difat;  ///< the DIFAT's
};

/// Whether bytes start as a compound file does; 8 bytes are needed.
bool has_compound_signature(BytesView bytes) noexcept;

}  // namespace remapi::format
