// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/compound_file_directory.h"

#include <algorithm>

namespace remapi::format {
namespace {

constexpr std::size_t kEntryBytes = 128;
constexpr std::size_t kNameBytes = 64;

std::uint64_t read_u64(Reader& reader) {
    const std::uint64_t low = reader.u32();
    return low | std::uint64_t{reader.u32()} << 32;
}

void write_u64(Writer& writer, std::uint64_t value) {
    writer.u32(static_cast<std::uint32_t>(value));
    writer.u32(static_cast<std::uint32_t>(value >> 32));
}

String name_of(BytesView bytes, std::uint16_t size) {
    String name;
    if (size < 2 || size > kNameBytes) return name;
    for (std::size_t i = 0; i + 2 < size; i += 2) {
        name.push_back(static_cast<WideChar>(bytes[i] | bytes[i + 1] << 8));
    }
    const std::size_t zero = name.find(WideChar{0});
    return zero == String::npos ? name : name.substr(0, zero);
}

DirectoryEntry decode_entry(BytesView bytes, CompoundVersion version) {
    DirectoryEntry entry;
    Reader reader(bytes);
    const BytesView name = reader.bytes(kNameBytes);
    entry.name = name_of(name, reader.u16());
    const std::uint8_t type = reader.u8();
    if (type == 1 || type == 2 || type == 5) entry.type = static_cast<ElementType>(type);
    entry.black = reader.u8() != 0;
    entry.left = reader.u32();
    entry.right = reader.u32();
    entry.child = reader.u32();
    const BytesView class_id = reader.bytes(entry.class_id.size());
    std::copy(class_id.begin(), class_id.end(), entry.class_id.begin());
    entry.state_bits = reader.u32();
    entry.created = read_u64(reader);
    entry.modified = read_u64(reader);
    entry.first = reader.u32();
    entry.size = read_u64(reader);
    // Some writers of version 3 leave anything in the upper half.
    if (version == CompoundVersion::Three) entry.size &= 0xFFFFFFFF;
    return entry;
}

Bytes encode_entry(const DirectoryEntry& entry) {
    const bool unused = entry.type == ElementType::None;
    Writer writer;
    for (std::size_t i = 0; i < kNameBytes / 2; ++i) {
        writer.u16(i < entry.name.size() ? static_cast<std::uint16_t>(entry.name[i]) : 0);
    }
    writer.u16(static_cast<std::uint16_t>(unused ? 0 : (entry.name.size() + 1) * 2));
    writer.u8(static_cast<std::uint8_t>(entry.type));
    writer.u8(entry.black && !unused ? 1 : 0);
    writer.u32(entry.left);
    writer.u32(entry.right);
    writer.u32(entry.child);
    writer.bytes(entry.class_id);
    writer.u32(entry.state_bits);
    write_u64(writer, entry.created);
    write_u64(writer, entry.modified);
    // A storage has no bytes of its own.
    writer.u32(unused || entry.type == ElementType::Storage ? 0 : entry.first);
    write_u64(writer, entry.size);
    return writer.take();
}

}  // namespace

Directory::Directory(SectorSpace& sectors) : m_sectors(sectors) {
    m_entries.emplace_back();
    m_entries[kRootElement].name = REMAPI_W("Root Entry");
    m_entries[kRootElement].type = ElementType::Root;
    m_entries[kRootElement].changed = true;
}

Directory::Directory(SectorSpace& sectors, Chain chain)
    : m_sectors(sectors), m_chain(std::move(chain)) {
    load();
    load_trees();
}

void Directory::load() {
    Bytes bytes(m_sectors.unit_bytes());
    m_entries.reserve(m_chain.size() * bytes.size() / kEntryBytes);
    for (std::size_t i = 0; i < m_chain.size(); ++i) {
        m_sectors.read(m_chain, i * bytes.size(), bytes.data(), bytes.size());
        for (std::size_t at = 0; at < bytes.size(); at += kEntryBytes) {
            m_entries.push_back(decode_entry(BytesView(bytes).subspan(at, kEntryBytes),
                                             m_sectors.header().version));
        }
    }
    if (m_entries.empty() || m_entries[kRootElement].type != ElementType::Root) {
        throw_corrupt("a directory without a root");
    }
}

void Directory::load_trees() {
    std::vector<std::pair<ElementId, ElementId>> waiting;  // element, its storage
    const auto wait = [&](ElementId id, ElementId parent) {
        if (id != kNoElement) waiting.emplace_back(id, parent);
    };
    wait(m_entries[kRootElement].child, kRootElement);
    while (!waiting.empty()) {
        const auto [id, parent] = waiting.back();
        waiting.pop_back();
        enter(id, parent);
        const DirectoryEntry& entry = m_entries[id];
        wait(entry.left, parent);
        wait(entry.right, parent);
        if (entry.type == ElementType::Storage) wait(entry.child, id);
    }
    // What no tree reaches is nobody's: its place may be used again.
    for (ElementId id = 1; id < count(); ++id) {
        if (m_entries[id].parent == kNoElement) m_entries[id] = DirectoryEntry();
    }
}

void Directory::enter(ElementId id, ElementId parent) {
    if (id == kRootElement || id >= count()) throw_corrupt("an element that is not there");
    DirectoryEntry& entry = m_entries[id];
    const bool known = entry.type == ElementType::Storage || entry.type == ElementType::Stream;
    if (!known || entry.name.empty()) throw_corrupt("an element that is none");
    if (entry.parent != kNoElement) throw_corrupt("an element met twice");
    entry.parent = parent;
    entry.depth = m_entries[parent].depth + 1;
    if (entry.depth > kDeepestStorage) throw_corrupt("storages nested too deeply");
    if (!m_entries[parent].children.emplace(entry.name, id).second) {
        throw_corrupt("two elements of one name");
    }
}

ElementId Directory::free_entry() {
    while (m_first_free < count() && m_entries[m_first_free].type != ElementType::None) {
        ++m_first_free;
    }
    if (m_first_free == count()) {
        if (count() >= kMostUnits) throw Error(STG_E_MEDIUMFULL, "adding one more element");
        m_entries.emplace_back();
    }
    return m_first_free;
}

ElementId Directory::add(ElementId storage, StringView name, ElementType type) {
    if (m_entries[storage].depth >= kDeepestStorage) {
        throw Error(STG_E_MEDIUMFULL, "nesting storages too deeply");
    }
    const ElementId id = free_entry();
    DirectoryEntry& entry = m_entries[id];
    entry = DirectoryEntry();
    entry.name = name;
    m_entries[storage].children.emplace(entry.name, id);
    entry.type = type;
    entry.parent = storage;
    entry.depth = m_entries[storage].depth + 1;
    entry.chain_loaded = true;
    entry.changed = true;
    m_entries[storage].tree_changed = true;
    return id;
}

void Directory::rename(ElementId id, StringView name) {
    DirectoryEntry& entry = m_entries[id];
    DirectoryEntry& parent = m_entries[entry.parent];
    String copy(name);
    auto node = parent.children.extract(entry.name);
    node.key() = copy;
    parent.children.insert(std::move(node));
    entry.name = std::move(copy);
    entry.changed = true;
    parent.tree_changed = true;
}

void Directory::remove(ElementId id) {
    DirectoryEntry& parent = m_entries[m_entries[id].parent];
    parent.children.erase(parent.children.find(m_entries[id].name));
    parent.tree_changed = true;
    m_entries[id] = DirectoryEntry();
    m_entries[id].changed = true;
    m_first_free = std::min(m_first_free, id);
}

void Directory::make_tree(ElementId storage) {
    DirectoryEntry& parent = m_entries[storage];
    parent.tree_changed = false;
    std::vector<ElementId> ids;
    for (const auto& [name, id] : parent.children) ids.push_back(id);
    // Halving the sorted ids fills every level but the last. All levels that are full are black and
    // what hangs below them is red, which makes it a red-black tree.
    unsigned full_levels = 0;
    while ((std::size_t{2} << full_levels) - 1 <= ids.size()) ++full_levels;
    const auto plant = [&](const auto& self, std::size_t first, std::size_t last,
                           unsigned level) -> ElementId {
        if (first == last) return kNoElement;
        const std::size_t middle = first + (last - first) / 2;
        DirectoryEntry& entry = m_entries[ids[middle]];
        const ElementId left = self(self, first, middle, level + 1);
        const ElementId right = self(self, middle + 1, last, level + 1);
        const bool black = level < full_levels;
        entry.changed |= entry.left != left || entry.right != right || entry.black != black;
        entry.left = left;
        entry.right = right;
        entry.black = black;
        return ids[middle];
    };
    const ElementId child = plant(plant, 0, ids.size(), 0);
    parent.changed |= parent.child != child;
    parent.child = child;
}

void Directory::write(ElementId id) {
    const Bytes bytes = encode_entry(m_entries[id]);
    m_sectors.write(m_chain, std::uint64_t{id} * kEntryBytes, bytes.data(), bytes.size());
    m_entries[id].changed = false;
}

void Directory::flush() {
    const std::size_t per_sector = m_sectors.unit_bytes() / kEntryBytes;
    const std::size_t sectors = (m_entries.size() + per_sector - 1) / per_sector;
    if (sectors > m_chain.size()) m_sectors.resize(m_chain, sectors);
    if (m_entries.size() % per_sector != 0) {
        // The rest of the last sector is entries too; none may look like an element.
        const std::size_t before = m_entries.size();
        m_entries.resize(sectors * per_sector);
        for (std::size_t id = before; id < m_entries.size(); ++id) m_entries[id].changed = true;
    }
    for (ElementId id = 0; id < count(); ++id) {
        if (m_entries[id].tree_changed) make_tree(id);
    }
    for (ElementId id = 0; id < count(); ++id) {
        if (m_entries[id].changed) write(id);
    }
}

}  // namespace remapi::format
