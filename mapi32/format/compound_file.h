// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Compound files: a tree of storages and streams within one file, read and written in place.
// Specification: [MS-CFB]
#pragma once

#include <optional>

#include "format/compound_file_directory.h"
#include "format/compound_file_mini.h"

namespace remapi::format {

/// A compound file. One thread at a time. Changes of streams go to the source at once, those of
/// tables and directory with `flush`; without it the file may be broken.
/// Every call may throw what the source throws, and Error(STG_E_DOCFILECORRUPT).
class CompoundFile {
public:
    /// Makes an empty file; what the source held is lost.
    static std::unique_ptr<CompoundFile> create(std::shared_ptr<BlockSource> source,
                                                CompoundVersion version = CompoundVersion::Three);
    /// Throws Error with STG_E_INVALIDHEADER when it is no compound file, STG_E_OLDDLL for an
    /// unknown version, STG_E_DOCFILECORRUPT when its tables or directory are broken. A stream
    /// whose sectors alone are broken is found, but not read.
    static std::unique_ptr<CompoundFile> open(std::shared_ptr<BlockSource> source);

    CompoundVersion version() const noexcept { return m_sectors->header().version; }
    /// The element `name` of a storage, case ignored.
    std::optional<ElementId> find(ElementId storage, StringView name) const;
    const DirectoryEntry& entry(ElementId id) const { return m_directory->at(id); }
    /// Ids of all elements of a storage, in the order of the directory.
    std::vector<ElementId> children(ElementId storage) const;

    /// Adds an element. Throws Error with STG_E_INVALIDNAME or STG_E_FILEALREADYEXISTS.
    ElementId add(ElementId storage, StringView name, ElementType type);
    /// Removes an element with all that is in it; not the root.
    void remove(ElementId id);
    void rename(ElementId id, StringView name);
    void set_class(ElementId id, const std::array<std::uint8_t, 16>& class_id);
    void set_state_bits(ElementId id, std::uint32_t bits);
    /// Times of a storage, 100 ns since 1601 UTC; nullopt leaves one as it is.
    void set_times(ElementId id, std::optional<std::uint64_t> created,
                   std::optional<std::uint64_t> modified);

    /// Reads up to `size` bytes of a stream; fewer at its end.
    std::size_t read(ElementId id, std::uint64_t offset, void* buffer, std::size_t size);
    /// Writes all of `size` bytes; a gap before `offset` is filled with zeros.
    void write(ElementId id, std::uint64_t offset, const void* buffer, std::size_t size);
    /// Cuts a stream or adds zeros.
    void resize(ElementId id, std::uint64_t size);

    /// Writes tables and directory: the source then holds a complete file.
    void flush();

private:
    explicit CompoundFile(std::unique_ptr<SectorSpace> sectors);
    void load();
    DirectoryEntry& stream(ElementId id);
    UnitSpace& space_for(std::uint64_t size) noexcept;
    void load_chain(DirectoryEntry& entry);
    void grow(DirectoryEntry& entry, std::uint64_t size, std::uint64_t zeros_to);
    void shrink(DirectoryEntry& entry, std::uint64_t size);
    void change_space(DirectoryEntry& entry, std::uint64_t size);
    void remove_one(ElementId id);

    std::unique_ptr<SectorSpace> m_sectors;
    std::unique_ptr<MiniSpace> m_mini;
    std::unique_ptr<Directory> m_directory;
    bool m_changed = false;
};

}  // namespace remapi::format
