// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/table/compact_row.h"

namespace remapi::object {

/// Copies rows whose columns have the wanted types or are missing, which is nearly all rows: their
/// data in one piece, without a look at each, where the columns are all data that the row has. Not
/// for use from two threads at once.
class RowCopier {
public:
    explicit RowCopier(std::span<const ULONG> columns);

    /// Bytes of the data of `row`; nullopt when it must be written value by value.
    std::optional<std::size_t> measure(const RowView& row);
    /// The row that was measured last. `out` has room for all columns, `data` for what was
    /// measured.
    void copy(SPropValue* out, std::uint8_t* data) const;

private:
    enum class How : std::uint8_t { Short, Long, Wide, Float, Text, Guid, Binary, Not };
    struct Column {
        ULONG tag;
        How how;
        /// Where the last row had it.
        enum : std::uint8_t { Row, Extra, Otherwise, Missing } from = Missing;
        std::uint32_t place = 0;  ///< among the cells of the row, or those that come first
    };
    static How how_to_copy(ULONG tag) noexcept;
    static std::size_t data_size(const Cell& cell, How how) noexcept;
    static bool find_place(const RowView& row, Column& column) noexcept;
    static const Cell* cell_at(const RowView& row, const Column& column) noexcept;
    static const void* copy_data(const Cell& cell, How how, std::uint8_t*& data) noexcept;
    static void put(const Cell& cell, How how, const void* data, SPropValue& out) noexcept;

    std::vector<Column> m_columns;
    bool m_can_copy = true;
    RowView m_row;            ///< measured last
    bool m_is_whole = false;  ///< its data are copied in one piece
};

}  // namespace remapi::object
