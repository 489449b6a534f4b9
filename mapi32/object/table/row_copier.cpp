// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/table/row_copier.h"

#include <algorithm>

namespace remapi::object {

RowCopier::RowCopier(std::span<const ULONG> columns) {
    m_columns.reserve(columns.size());
    for (const ULONG tag : columns) {
        m_columns.push_back({tag, how_to_copy(tag)});
        m_can_copy = m_can_copy && m_columns.back().how != How::Not;
    }
}

RowCopier::How RowCopier::how_to_copy(ULONG tag) noexcept {
    switch (PROP_TYPE(tag)) {
        case PT_I2:
        case PT_BOOLEAN:
            return How::Short;
        case PT_LONG:
        case PT_OBJECT:
            return How::Long;
        case PT_I8:
        case PT_CURRENCY:
        case PT_SYSTIME:
        case PT_DOUBLE:
        case PT_APPTIME:
            return How::Wide;
        case PT_R4:
            return How::Float;
        case PT_UNICODE:
            return How::Text;
        case PT_CLSID:
            return How::Guid;
        case PT_BINARY:
            return How::Binary;
        default:
            return How::Not;
    }
}

std::size_t RowCopier::data_size(const Cell& cell, How how) noexcept {
    return CompactRow::data_size(how == How::Text ? (std::size_t{cell.size} + 1) * sizeof(WideChar)
                                                  : cell.size);
}

const Cell* RowCopier::cell_at(const RowView& row, const Column& column) noexcept {
    switch (column.from) {
        case Column::Row: {
            const std::span<const Cell> cells = row.row->cells();
            return column.place < cells.size() ? &cells[column.place] : nullptr;
        }
        case Column::Extra:
            return &row.extra[column.place];
        case Column::Otherwise:
            return row.otherwise;
        default:
            return nullptr;
    }
}

/// False when the row has it with another type.
bool RowCopier::find_place(const RowView& row, Column& column) noexcept {
    const Cell* const found = row.find(column.tag);
    if (found && found->tag != column.tag) return false;
    const auto extra = std::find_if(row.extra.begin(), row.extra.end(),
                                    [&](const Cell& cell) { return &cell == found; });
    column.from = !found                     ? Column::Missing
                  : found == row.otherwise   ? Column::Otherwise
                  : extra != row.extra.end() ? Column::Extra
                                             : Column::Row;
    if (column.from == Column::Row) {
        column.place = static_cast<std::uint32_t>(found - row.row->cells().data());
    } else {
        column.place = static_cast<std::uint32_t>(extra - row.extra.begin());
    }
    return true;
}

std::optional<std::size_t> RowCopier::measure(const RowView& row) {
    if (!m_can_copy || !row.row) return std::nullopt;
    m_row = row;
    const std::span<const Cell> cells = row.row->cells();
    std::size_t own = 0;     // bytes of the row's data
    std::size_t others = 0;  // and of other cells
    std::size_t pieces = 0;
    for (Column& column : m_columns) {
        // A row mostly has its cells where the one before had them.
        const bool may_be_there =
            column.from == Column::Row && column.place < cells.size() && row.extra.empty();
        const Cell* cell = may_be_there ? &cells[column.place] : nullptr;
        if (!cell || cell->tag != column.tag) {
            if (!find_place(row, column)) return std::nullopt;
            cell = cell_at(row, column);
        }
        if (!cell || column.how < How::Text) continue;
        (column.from == Column::Row ? own : others) += data_size(*cell, column.how);
        pieces += column.from == Column::Row ? 1 : 0;
    }
    m_is_whole = pieces == row.row->data_pieces();
    return (m_is_whole ? row.row->data().size() : own) + others;
}

const void* RowCopier::copy_data(const Cell& cell, How how, std::uint8_t*& data) noexcept {
    void* const to = data;
    data += data_size(cell, how);
    if (how == How::Text) {
        if (cell.size > 0) std::memcpy(to, cell.data, cell.size * sizeof(WideChar));
        static_cast<WideChar*>(to)[cell.size] = 0;
    } else if (cell.size > 0) {
        std::memcpy(to, cell.data, cell.size);
    }
    return to;
}

void RowCopier::put(const Cell& cell, How how, const void* data, SPropValue& out) noexcept {
    auto& value = out.Value;
    void* const at = const_cast<void*>(data);
    switch (how) {
        case How::Short:
            value.i = static_cast<short>(cell.number);
            break;
        case How::Long:
            value.l = static_cast<LONG>(cell.number);
            break;
        case How::Wide:
            std::memcpy(&value, &cell.number, sizeof cell.number);
            break;
        case How::Float:
            value.flt = static_cast<float>(cell.real);
            break;
        case How::Text:
            value.lpszW = static_cast<LPWSTR>(at);
            break;
        case How::Guid:
            value.lpguid = static_cast<LPGUID>(at);
            break;
        default:
            value.bin = {cell.size, static_cast<LPBYTE>(at)};
    }
}

void RowCopier::copy(SPropValue* out, std::uint8_t* data) const {
    const BytesView row_data = m_row.row->data();
    const std::uint8_t* const whole = data;
    if (m_is_whole && !row_data.empty()) {
        std::memcpy(data, row_data.data(), row_data.size());
        data += row_data.size();
    }
    const std::span<const Cell> cells = m_row.row->cells();
    for (const Column& column : m_columns) {
        const Cell* const cell =
            column.from == Column::Row ? &cells[column.place] : cell_at(m_row, column);
        std::memset(out, 0, sizeof *out);
        if (!cell) {
            out->ulPropTag = CHANGE_PROP_TYPE(column.tag, PT_ERROR);
            out->Value.err = MAPI_E_NOT_FOUND;
        } else {
            out->ulPropTag = column.tag;
            const void* at = nullptr;
            if (column.how >= How::Text) {
                at = m_is_whole && column.from == Column::Row
                         ? whole + (static_cast<const std::uint8_t*>(cell->data) - row_data.data())
                         : copy_data(*cell, column.how, data);
            }
            put(*cell, column.how, at, *out);
        }
        ++out;
    }
}

}  // namespace remapi::object
