// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/compound_file_sectors.h"

#include <algorithm>

namespace remapi::format {
namespace {

constexpr std::uint8_t kSignature[8] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
constexpr std::size_t kHeaderBytes = 512;
constexpr std::size_t kHeaderFatSectors = 109;
constexpr std::uint32_t kMiniLimit = 4096;
constexpr std::uint32_t kLargestSector = 0xFFFFFFFA;
/// Programs lock bytes from here on; a version 3 file ends before, a version 4 file leaves the
/// sector alone.
constexpr std::uint64_t kLockBytes = 0x7FFFFF00;

unsigned shift_of(CompoundVersion version) noexcept {
    return version == CompoundVersion::Three ? 9 : 12;
}

}  // namespace

bool has_compound_signature(BytesView bytes) noexcept {
    return bytes.size() >= sizeof kSignature &&
           std::memcmp(bytes.data(), kSignature, sizeof kSignature) == 0;
}

SectorSpace::SectorSpace(std::shared_ptr<BlockSource> source, CompoundVersion version)
    : UnitSpace(shift_of(version)), m_source(std::move(source)) {
    m_header.version = version;
}

std::unique_ptr<SectorSpace> SectorSpace::create(std::shared_ptr<BlockSource> source,
                                                 CompoundVersion version) {
    source->set_size(0);
    return std::make_unique<SectorSpace>(std::move(source), version);
}

std::unique_ptr<SectorSpace> SectorSpace::open(std::shared_ptr<BlockSource> source) {
    Bytes bytes(kHeaderBytes);
    const bool whole = source->read_at(0, bytes.data(), bytes.size()) == bytes.size();
    if (!whole || !has_compound_signature(bytes)) {
        throw Error(STG_E_INVALIDHEADER, "opening what is no compound file");
    }
    Reader reader(bytes);
    reader.bytes(sizeof kSignature);
    const BytesView class_id = reader.bytes(16);
    reader.u16();  // minor version: means nothing
    const std::uint16_t version = reader.u16();
    const std::uint16_t byte_order = reader.u16();
    const std::uint16_t sector_shift = reader.u16();
    const std::uint16_t mini_shift = reader.u16();
    if (version != 3 && version != 4) throw Error(STG_E_OLDDLL, "an unknown version");
    const auto known = static_cast<CompoundVersion>(version);
    if (byte_order != 0xFFFE || sector_shift != shift_of(known) || mini_shift != kMiniShift) {
        throw Error(STG_E_INVALIDHEADER, "a header that contradicts itself");
    }
    auto space = std::make_unique<SectorSpace>(std::move(source), known);
    CompoundHeader& header = space->m_header;
    std::copy(class_id.begin(), class_id.end(), header.class_id);
    reader.bytes(6);
    header.directory_sectors = reader.u32();
    const std::uint32_t fat_count = reader.u32();
    header.directory = reader.u32();
    reader.u32();  // transaction number
    const std::uint32_t mini_limit = reader.u32();
    header.mini_fat = reader.u32();
    header.mini_fat_sectors = reader.u32();
    if (mini_limit != kMiniLimit) throw_corrupt("a limit of small streams that is not 4096");
    space->load_fat_sectors(reader.rest(), fat_count);
    return space;
}

void SectorSpace::load_fat_sectors(BytesView header, std::uint32_t count) {
    if (count > present_units()) throw_corrupt("more FAT sectors than the file has sectors");
    Reader reader(header);
    const std::uint32_t difat = reader.u32();
    const std::uint32_t difat_count = reader.u32();
    for (std::size_t i = 0; i < kHeaderFatSectors && m_fat.size() < count; ++i) {
        m_fat.push_back(reader.u32());
    }
    if (m_fat.size() < count) load_difat(difat, difat_count, count);
    load_fat();
}

void SectorSpace::load_difat(std::uint32_t first, std::uint32_t count, std::uint32_t fat_count) {
    const std::uint32_t present = present_units();
    if (count > present) throw_corrupt("more DIFAT sectors than the file has sectors");
    const std::size_t per_sector = entries_per_sector() - 1;
    Bytes bytes(unit_bytes());
    std::uint32_t sector = first;
    // Bounded by what must be found, so that a circle ends too.
    while (m_fat.size() < fat_count) {
        if (sector >= present || m_difat.size() >= count) throw_corrupt("a broken DIFAT");
        m_difat.push_back(sector);
        read_units(sector, 0, bytes.data(), bytes.size());
        Reader reader(bytes);
        for (std::size_t i = 0; i < per_sector; ++i) {
            const std::uint32_t entry = reader.u32();
            if (m_fat.size() < fat_count) m_fat.push_back(entry);
        }
        sector = reader.u32();
    }
}

void SectorSpace::load_fat() {
    const std::uint32_t present = present_units();
    if (m_fat.size() > kMostUnits / entries_per_sector()) throw_corrupt("a FAT over the limit");
    // A file may have been cut, and libgsf counts FAT sectors that it does not write: what they
    // would speak of is not there either.
    const auto missing = std::find_if(m_fat.begin(), m_fat.end(), [present](std::uint32_t sector) {
        return sector >= present && sector <= kLargestSector;
    });
    m_fat.erase(missing, m_fat.end());
    std::vector<bool> seen(present);
    for (const Chain* sectors : {&m_fat, &m_difat}) {
        for (const std::uint32_t sector : *sectors) {
            if (sector >= present || seen[sector]) throw_corrupt("a FAT sector used twice");
            seen[sector] = true;
        }
    }
    m_next.reserve(m_fat.size() * entries_per_sector());
    Bytes bytes(unit_bytes());
    for (const std::uint32_t sector : m_fat) {
        read_units(sector, 0, bytes.data(), bytes.size());
        Reader reader(bytes);
        for (std::size_t i = 0; i < entries_per_sector(); ++i) m_next.push_back(reader.u32());
    }
    // What the table says of sectors that are not there means nothing.
    for (std::uint32_t sector = present; sector < m_next.size(); ++sector) {
        if (m_next[sector] != kFreeUnit) set_next(sector, kFreeUnit);
    }
    // Whatever the table says of its own sectors: nobody else may be given them.
    for (const std::uint32_t sector : m_fat) {
        if (sector < m_next.size() && m_next[sector] != kFatSector) set_next(sector, kFatSector);
    }
    for (const std::uint32_t sector : m_difat) {
        if (sector < m_next.size() && m_next[sector] != kDifatSector) {
            set_next(sector, kDifatSector);
        }
    }
}

std::uint32_t SectorSpace::present_units() {
    const std::uint64_t size = m_source->size();
    if (size <= unit_bytes()) return 0;
    const std::uint64_t count = (size - 1) >> unit_shift();  // the last one may be cut short
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(count, kMostUnits));
}

void SectorSpace::read_units(std::uint32_t unit, std::size_t offset, void* buffer,
                             std::size_t size) {
    const std::size_t got = m_source->read_at(offset_of(unit) + offset, buffer, size);
    if (got < size) std::memset(static_cast<std::uint8_t*>(buffer) + got, 0, size - got);
}

void SectorSpace::write_units(std::uint32_t unit, std::size_t offset, const void* buffer,
                              std::size_t size) {
    m_source->write_at(offset_of(unit) + offset, buffer, size);
}

void SectorSpace::provide(std::uint32_t unit) {
    if (m_header.version == CompoundVersion::Three && offset_of(unit + 1) > kLockBytes) {
        throw Error(STG_E_DOCFILETOOLARGE, "growing a compound file of version 3 over 2 GiB");
    }
}

void SectorSpace::grow() {
    const std::uint32_t first = unit_count();
    std::uint32_t own = first;
    append_units(entries_per_sector());
    const bool needs_difat = m_fat.size() >= kHeaderFatSectors &&
                             (m_fat.size() - kHeaderFatSectors) % (entries_per_sector() - 1) == 0;
    if (needs_difat) {
        m_difat.push_back(own);
        set_next(own++, kDifatSector);
    }
    m_fat.push_back(own);
    set_next(own, kFatSector);
    reserve_lock_sector();
}

void SectorSpace::reserve_lock_sector() {
    const auto sector = static_cast<std::uint32_t>((kLockBytes >> unit_shift()) - 1);
    if (m_header.version == CompoundVersion::Four && next(sector) == kFreeUnit &&
        sector < unit_count()) {
        set_next(sector, kEndOfChain);
    }
}

std::uint32_t SectorSpace::used_units() const noexcept {
    std::uint32_t count = unit_count();
    while (count > 0 && m_next[count - 1] == kFreeUnit) --count;
    return count;
}

void SectorSpace::flush() {
    write_fat();
    write_difat();
    write_header();
    const std::uint64_t size = offset_of(used_units());
    if (m_source->size() != size) m_source->set_size(size);
    m_source->flush();
}

void SectorSpace::write_fat() {
    if (m_first_changed > m_last_changed) return;
    const std::size_t per_sector = entries_per_sector();
    for (std::size_t i = m_first_changed / per_sector; i <= m_last_changed / per_sector; ++i) {
        Writer writer;
        for (std::size_t j = 0; j < per_sector; ++j) writer.u32(m_next[i * per_sector + j]);
        write_units(m_fat[i], 0, writer.take().data(), unit_bytes());
    }
    m_first_changed = kFreeUnit;
    m_last_changed = 0;
}

void SectorSpace::write_difat() {
    const std::size_t per_sector = entries_per_sector() - 1;
    for (std::size_t i = 0; i < m_difat.size(); ++i) {
        Writer writer;
        for (std::size_t j = 0; j < per_sector; ++j) {
            const std::size_t index = kHeaderFatSectors + i * per_sector + j;
            writer.u32(index < m_fat.size() ? m_fat[index] : kFreeUnit);
        }
        writer.u32(i + 1 < m_difat.size() ? m_difat[i + 1] : kEndOfChain);
        write_units(m_difat[i], 0, writer.take().data(), unit_bytes());
    }
}

void SectorSpace::write_header() {
    Writer writer;
    writer.bytes(kSignature);
    writer.bytes(m_header.class_id);
    writer.u16(0x3E);
    writer.u16(static_cast<std::uint16_t>(m_header.version));
    writer.u16(0xFFFE);
    writer.u16(static_cast<std::uint16_t>(unit_shift()));
    writer.u16(kMiniShift);
    writer.bytes(Bytes(6));
    writer.u32(m_header.version == CompoundVersion::Four ? m_header.directory_sectors : 0);
    writer.u32(static_cast<std::uint32_t>(m_fat.size()));
    writer.u32(m_header.directory);
    writer.u32(0);
    writer.u32(kMiniLimit);
    writer.u32(m_header.mini_fat);
    writer.u32(m_header.mini_fat_sectors);
    writer.u32(m_difat.empty() ? kEndOfChain : m_difat.front());
    writer.u32(static_cast<std::uint32_t>(m_difat.size()));
    for (std::size_t i = 0; i < kHeaderFatSectors; ++i) {
        writer.u32(i < m_fat.size() ? m_fat[i] : kFreeUnit);
    }
    Bytes bytes = writer.take();
    bytes.resize(unit_bytes());
    m_source->write_at(0, bytes.data(), bytes.size());
}

}  // namespace remapi::format
