// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/compound_file_mini.h"

#include <algorithm>

namespace remapi::format {
MiniSpace::MiniSpace(SectorSpace& sectors, Chain table, Chain container)
    : UnitSpace(kMiniShift),
      m_sectors(sectors),
      m_table(std::move(table)),
      m_container(std::move(container)) {
    Bytes bytes(m_sectors.unit_bytes());
    m_next.reserve(m_table.size() * bytes.size() / 4);
    for (std::size_t i = 0; i < m_table.size(); ++i) {
        m_sectors.read(m_table, i * bytes.size(), bytes.data(), bytes.size());
        Reader reader(bytes);
        for (std::size_t j = 0; j < bytes.size() / 4; ++j) m_next.push_back(reader.u32());
    }
    // What the table says of mini sectors that are not there means nothing.
    for (std::uint32_t unit = MiniSpace::present_units(); unit < m_next.size(); ++unit) {
        if (m_next[unit] != kFreeUnit) set_next(unit, kFreeUnit);
    }
}

std::uint32_t MiniSpace::present_units() {
    return static_cast<std::uint32_t>(m_container.size() * (m_sectors.unit_bytes() / unit_bytes()));
}

std::uint64_t MiniSpace::stream_bytes() const noexcept {
    std::uint32_t count = unit_count();
    while (count > 0 && m_next[count - 1] == kFreeUnit) --count;
    return std::uint64_t{count} * unit_bytes();
}

void MiniSpace::read_units(std::uint32_t unit, std::size_t offset, void* buffer, std::size_t size) {
    m_sectors.read(m_container, std::uint64_t{unit} * unit_bytes() + offset, buffer, size);
}

void MiniSpace::write_units(std::uint32_t unit, std::size_t offset, const void* buffer,
                            std::size_t size) {
    m_sectors.write(m_container, std::uint64_t{unit} * unit_bytes() + offset, buffer, size);
}

void MiniSpace::grow() {
    m_sectors.resize(m_table, m_table.size() + 1);
    append_units(m_sectors.unit_bytes() / 4);
}

void MiniSpace::provide(std::uint32_t unit) {
    const std::size_t per_sector = m_sectors.unit_bytes() / unit_bytes();
    const std::size_t needed = unit / per_sector + 1;
    if (m_container.size() < needed) m_sectors.resize(m_container, needed);
}

void MiniSpace::flush() {
    const std::size_t per_sector = m_sectors.unit_bytes() / 4;
    const auto used = static_cast<std::size_t>(stream_bytes() / unit_bytes());
    const std::size_t tables = (used + per_sector - 1) / per_sector;
    if (tables < m_table.size()) {
        m_sectors.resize(m_table, tables);
        m_next.resize(tables * per_sector);
    }
    const auto sectors = static_cast<std::size_t>((stream_bytes() + m_sectors.unit_bytes() - 1) /
                                                  m_sectors.unit_bytes());
    if (sectors < m_container.size()) m_sectors.resize(m_container, sectors);
    if (m_first_changed <= m_last_changed) {
        const std::size_t first = m_first_changed / per_sector;
        const std::size_t last = std::min<std::size_t>(m_last_changed / per_sector + 1, tables);
        for (std::size_t i = first; i < last; ++i) {
            Writer writer;
            for (std::size_t j = 0; j < per_sector; ++j) writer.u32(m_next[i * per_sector + j]);
            m_sectors.write(m_table, i * m_sectors.unit_bytes(), writer.take().data(),
                            m_sectors.unit_bytes());
        }
    }
    m_first_changed = kFreeUnit;
    m_last_changed = 0;
}

}  // namespace remapi::format
