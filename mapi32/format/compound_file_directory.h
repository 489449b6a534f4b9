// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The directory of a compound file. Specification: [MS-CFB] 2.6.
#pragma once

#include <array>
#include <map>

#include "format/compound_file_name.h"
#include "format/compound_file_sectors.h"

namespace remapi::format {

/// Which element; valid until that element is removed.
using ElementId = std::uint32_t;
constexpr ElementId kRootElement = 0;
constexpr ElementId kNoElement = 0xFFFFFFFF;
/// Storages nested deeper than this are refused.
constexpr unsigned kDeepestStorage = 512;

enum class ElementType : std::uint8_t { None = 0, Storage = 1, Stream = 2, Root = 5 };

/// One entry of the directory.
struct DirectoryEntry {
    using Children = std::map<String, ElementId, ElementNameLess>;

    String name;
    ElementType type = ElementType::None;
    bool black = true;
    ElementId left = kNoElement;
    ElementId right = kNoElement;
    ElementId child = kNoElement;
    std::array<std::uint8_t, 16> class_id = {};
    std::uint32_t state_bits = 0;
    std::uint64_t created = 0;   ///< 100 ns since 1601 UTC; 0: not known
    std::uint64_t modified = 0;  ///< the same
    std::uint32_t first = kEndOfChain;
    std::uint64_t size = 0;

    // The rest is not in the file.
    ElementId parent = kNoElement;
    unsigned depth = 0;
    Children children;          ///< of a storage, in the order of the directory
    Chain chain;                ///< of a stream, once it was asked for
    bool chain_loaded = false;  ///< whether `chain` is what the table has
    bool damaged = false;       ///< its sectors are not its own, or too few
    bool changed = false;       ///< to be written
    bool tree_changed = false;  ///< the tree of its children is to be made anew
};

/// The entries, by id. One thread at a time.
class Directory {
public:
    /// A directory with a root and nothing else.
    explicit Directory(SectorSpace& sectors);
    /// The one whose sectors are `chain`. Throws Error(STG_E_DOCFILECORRUPT) when its trees are
    /// none: circles, ids out of range, two elements of one name.
    Directory(SectorSpace& sectors, Chain chain);

    DirectoryEntry& at(ElementId id) { return m_entries[id]; }
    const DirectoryEntry& at(ElementId id) const { return m_entries[id]; }
    ElementId count() const noexcept { return static_cast<ElementId>(m_entries.size()); }
    const Chain& chain() const noexcept { return m_chain; }

    ElementId add(ElementId storage, StringView name, ElementType type);
    void rename(ElementId id, StringView name);
    /// Removes an element without children.
    void remove(ElementId id);
    /// Writes what changed into its sectors.
    void flush();

private:
    void load();
    void load_trees();
    void enter(ElementId id, ElementId parent);
    ElementId free_entry();
    void make_tree(ElementId storage);
    void write(ElementId id);

    SectorSpace& m_sectors;
    Chain m_chain;
    std::vector<DirectoryEntry> m_entries;
    ElementId m_first_free = 1;  ///< no entry before it is free
};

}  // namespace remapi::format
