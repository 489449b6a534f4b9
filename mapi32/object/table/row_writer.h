// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "memory/allocator.h"
#include "object/table/row_copier.h"

namespace remapi::object {

/// Turns rows into what crosses the ABI, by the allocators that the receiver frees with. Throws
/// Error(MAPI_E_NOT_ENOUGH_MEMORY). Not for use from two threads at once.
class RowWriter {
public:
    /// @param flags  MAPI_UNICODE: the width of text for columns with PT_UNSPECIFIED
    RowWriter(const memory::Routines& routines, std::span<const ULONG> columns, ULONG flags);

    /// The columns of `row` in one block, error slots where it has no such value.
    SPropValue* write(const RowView& row);
    /// The same into `out`, which has room for all columns; what it points to is linked to `root`.
    void write_linked(const RowView& row, SPropValue* out, void* root);

    /// A row set without rows. Free it with free_rows until it is handed over.
    SRowSet* make_set(std::size_t row_count) const;
    void free_rows(SRowSet* rows) const noexcept;

private:
    struct Slot {
        ULONG tag = PR_NULL;         ///< as it is answered
        const Cell* cell = nullptr;  ///< null: PR_NULL, or an error
        SCODE error = S_OK;
    };
    /// Bytes of the data of `row`, which put() writes then.
    std::size_t prepare(const RowView& row);
    void put(SPropValue* out, void* data) const;
    // Value by value.
    void choose(const RowView& row);
    Slot slot(ULONG column, const Cell* cell) const;
    std::size_t measure() const;
    void put_slots(SPropValue* out, std::uint8_t* data) const;

    const memory::Routines m_routines;
    const std::span<const ULONG> m_columns;
    const ULONG m_flags;
    RowCopier m_copier;
    bool m_copies = false;  ///< the copier writes the row
    std::vector<Slot> m_slots;
    std::vector<std::size_t> m_places;  ///< where the last row had the cell for each column
};

/// Every value of `row` in a block of its own, linked to an SRow that is the root.
SRow* write_whole_row(const CompactRow& row, const memory::Routines& routines);

}  // namespace remapi::object
