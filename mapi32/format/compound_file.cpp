// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/compound_file.h"

#include <algorithm>

#include "format/compound_file_claims.h"

namespace remapi::format {
namespace {

/// Version 3 keeps 31 bits of a size.
constexpr std::uint64_t kLargestThree = 0x80000000;

bool is_small(std::uint64_t size) noexcept {
    return size < kMiniStreamLimit;
}

Chain claim_table(Claims& claims, std::uint32_t first, const char* what) {
    // Writers use either for "none".
    if (first == kFreeUnit) return {};
    auto chain = claims.claim(first);
    if (!chain) throw Error(STG_E_DOCFILECORRUPT, what);
    return std::move(*chain);
}

std::size_t units_for(const UnitSpace& space, std::uint64_t size) {
    const std::uint64_t units = size / space.unit_bytes() + (size % space.unit_bytes() != 0);
    if (units > kMostUnits) throw Error(STG_E_MEDIUMFULL, "growing a stream over its limit");
    return static_cast<std::size_t>(units);
}

}  // namespace

CompoundFile::CompoundFile(std::unique_ptr<SectorSpace> sectors) : m_sectors(std::move(sectors)) {}

std::unique_ptr<CompoundFile> CompoundFile::create(std::shared_ptr<BlockSource> source,
                                                   CompoundVersion version) {
    std::unique_ptr<CompoundFile> file(
        new CompoundFile(SectorSpace::create(std::move(source), version)));
    file->m_mini = std::make_unique<MiniSpace>(*file->m_sectors, Chain(), Chain());
    file->m_directory = std::make_unique<Directory>(*file->m_sectors);
    file->m_changed = true;
    file->flush();
    return file;
}

std::unique_ptr<CompoundFile> CompoundFile::open(std::shared_ptr<BlockSource> source) {
    std::unique_ptr<CompoundFile> file(new CompoundFile(SectorSpace::open(std::move(source))));
    file->load();
    return file;
}

void CompoundFile::load() {
    const CompoundHeader& header = m_sectors->header();
    Claims claims(*m_sectors);
    m_directory = std::make_unique<Directory>(
        *m_sectors, claim_table(claims, header.directory, "the directory's sectors"));
    Chain mini_fat = claim_table(claims, header.mini_fat, "the mini FAT's sectors");
    const std::uint32_t first = m_directory->at(kRootElement).first;
    // A file without small streams may have anything there when its root is empty.
    Chain container = m_directory->at(kRootElement).size == 0
                          ? Chain()
                          : claim_table(claims, first, "the mini stream's sectors");
    m_mini = std::make_unique<MiniSpace>(*m_sectors, std::move(mini_fat), std::move(container));
    Claims mini_claims(*m_mini);
    for (ElementId id = 1; id < m_directory->count(); ++id) {
        DirectoryEntry& entry = m_directory->at(id);
        if (entry.type != ElementType::Stream || entry.size == 0) continue;
        UnitSpace& space = space_for(entry.size);
        const auto chain = (is_small(entry.size) ? mini_claims : claims).claim(entry.first);
        entry.damaged = !chain || (entry.size - 1) / space.unit_bytes() >= chain->size();
        if (chain) continue;
        // Once the file is changed, this one must not lay claim to sectors that others are given.
        entry.first = kFreeUnit;
        entry.changed = true;
    }
}

UnitSpace& CompoundFile::space_for(std::uint64_t size) noexcept {
    if (is_small(size)) return *m_mini;
    return *m_sectors;
}

std::optional<ElementId> CompoundFile::find(ElementId storage, StringView name) const {
    const auto& children = m_directory->at(storage).children;
    const auto found = children.find(name);
    if (found == children.end()) return std::nullopt;
    return found->second;
}

std::vector<ElementId> CompoundFile::children(ElementId storage) const {
    std::vector<ElementId> ids;
    for (const auto& [name, id] : m_directory->at(storage).children) ids.push_back(id);
    return ids;
}

ElementId CompoundFile::add(ElementId storage, StringView name, ElementType type) {
    if (!is_element_name(name)) throw Error(STG_E_INVALIDNAME, "naming an element");
    if (find(storage, name)) throw Error(STG_E_FILEALREADYEXISTS, "adding an element");
    m_changed = true;
    return m_directory->add(storage, name, type);
}

void CompoundFile::remove(ElementId id) {
    std::vector<ElementId> order = {id};
    for (std::size_t i = 0; i < order.size(); ++i) {
        for (const ElementId child : children(order[i])) order.push_back(child);
    }
    while (!order.empty()) {
        remove_one(order.back());
        order.pop_back();
    }
}

void CompoundFile::remove_one(ElementId id) {
    DirectoryEntry& entry = m_directory->at(id);
    // The sectors of a damaged stream are perhaps another's: they are left alone.
    if (entry.type == ElementType::Stream && !entry.damaged) {
        load_chain(entry);
        space_for(entry.size).resize(entry.chain, 0);
    }
    m_directory->remove(id);
    m_changed = true;
}

void CompoundFile::rename(ElementId id, StringView name) {
    if (!is_element_name(name)) throw Error(STG_E_INVALIDNAME, "naming an element");
    const auto other = find(m_directory->at(id).parent, name);
    if (other && *other != id) throw Error(STG_E_FILEALREADYEXISTS, "renaming an element");
    m_directory->rename(id, name);
    m_changed = true;
}

void CompoundFile::set_class(ElementId id, const std::array<std::uint8_t, 16>& class_id) {
    m_directory->at(id).class_id = class_id;
    m_directory->at(id).changed = m_changed = true;
}

void CompoundFile::set_state_bits(ElementId id, std::uint32_t bits) {
    m_directory->at(id).state_bits = bits;
    m_directory->at(id).changed = m_changed = true;
}

void CompoundFile::set_times(ElementId id, std::optional<std::uint64_t> created,
                             std::optional<std::uint64_t> modified) {
    DirectoryEntry& entry = m_directory->at(id);
    if (created) entry.created = *created;
    if (modified) entry.modified = *modified;
    entry.changed = m_changed = true;
}

DirectoryEntry& CompoundFile::stream(ElementId id) {
    DirectoryEntry& entry = m_directory->at(id);
    if (entry.damaged) throw Error(STG_E_DOCFILECORRUPT, "using a stream with broken sectors");
    load_chain(entry);
    return entry;
}

void CompoundFile::load_chain(DirectoryEntry& entry) {
    if (entry.chain_loaded) return;
    if (entry.size > 0) {
        const UnitSpace& space = space_for(entry.size);
        // No circle: `load` has followed it before.
        for (std::uint32_t unit = entry.first; unit != kEndOfChain; unit = space.next(unit)) {
            entry.chain.push_back(unit);
        }
    }
    entry.chain_loaded = true;
}

std::size_t CompoundFile::read(ElementId id, std::uint64_t offset, void* buffer, std::size_t size) {
    DirectoryEntry& entry = stream(id);
    if (offset >= entry.size) return 0;
    const auto wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(size, entry.size - offset));
    space_for(entry.size).read(entry.chain, offset, buffer, wanted);
    return wanted;
}

void CompoundFile::write(ElementId id, std::uint64_t offset, const void* buffer, std::size_t size) {
    DirectoryEntry& entry = stream(id);
    if (size == 0) return;
    if (size > ~offset) throw Error(STG_E_MEDIUMFULL, "writing beyond any size");
    m_changed = true;
    if (offset + size > entry.size) grow(entry, offset + size, offset);
    space_for(entry.size).write(entry.chain, offset, buffer, size);
}

void CompoundFile::resize(ElementId id, std::uint64_t size) {
    DirectoryEntry& entry = stream(id);
    if (size == entry.size) return;
    m_changed = true;
    if (size > entry.size) {
        grow(entry, size, size);
    } else {
        shrink(entry, size);
    }
}

void CompoundFile::grow(DirectoryEntry& entry, std::uint64_t size, std::uint64_t zeros_to) {
    if (version() == CompoundVersion::Three && size > kLargestThree) {
        throw Error(STG_E_MEDIUMFULL, "growing a stream of version 3 over 2 GiB");
    }
    if (entry.size > 0 && is_small(entry.size) != is_small(size)) {
        change_space(entry, size);
    } else {
        UnitSpace& space = space_for(size);
        // A chain of an empty stream, or one that is longer than needed, keeps what it has.
        space.resize(entry.chain, std::max(entry.chain.size(), units_for(space, size)));
    }
    const std::uint64_t before = entry.size;
    entry.first = entry.chain.front();
    entry.size = size;
    entry.changed = true;
    if (zeros_to > before) {
        space_for(size).write_zeros(entry.chain, before, zeros_to - before);
    }
}

void CompoundFile::shrink(DirectoryEntry& entry, std::uint64_t size) {
    if (size > 0 && is_small(entry.size) != is_small(size)) {
        change_space(entry, size);
    } else {
        UnitSpace& space = space_for(entry.size);
        space.resize(entry.chain, units_for(space, size));
    }
    entry.size = size;
    entry.first = entry.chain.empty() ? kEndOfChain : entry.chain.front();
    entry.changed = true;
}

void CompoundFile::change_space(DirectoryEntry& entry, std::uint64_t size) {
    UnitSpace& from = space_for(entry.size);
    UnitSpace& to = space_for(size);
    // One of both sizes is small, so the bytes to carry over are few.
    Bytes kept(static_cast<std::size_t>(std::min(entry.size, size)));
    from.read(entry.chain, 0, kept.data(), kept.size());
    Chain chain;
    to.resize(chain, units_for(to, size));
    to.write(chain, 0, kept.data(), kept.size());
    from.resize(entry.chain, 0);
    entry.chain = std::move(chain);
}

void CompoundFile::flush() {
    if (!m_changed) return;
    m_mini->flush();
    const std::uint64_t mini_bytes = m_mini->stream_bytes();
    DirectoryEntry& root = m_directory->at(kRootElement);
    const std::uint32_t first =
        m_mini->container().empty() ? kEndOfChain : m_mini->container().front();
    root.changed |= root.first != first || root.size != mini_bytes;
    root.first = first;
    root.size = mini_bytes;
    m_directory->flush();
    CompoundHeader& header = m_sectors->header();
    header.directory = m_directory->chain().front();
    header.directory_sectors = static_cast<std::uint32_t>(m_directory->chain().size());
    header.mini_fat = m_mini->table().empty() ? kEndOfChain : m_mini->table().front();
    header.mini_fat_sectors = static_cast<std::uint32_t>(m_mini->table().size());
    m_sectors->flush();
    m_changed = false;
}

}  // namespace remapi::format
