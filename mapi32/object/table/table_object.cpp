// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/table/table_object.h"

#include "abi/guard.h"
#include "abi/iids.h"
#include "object/props/tag_array.h"
#include "object/table/memory_table.h"
#include "object/table/row_writer.h"

namespace remapi::object {
namespace {

std::span<const SPropValue> values_of(const SRow& row) {
    if (row.cValues == 0 || !row.lpProps) {
        throw Error(MAPI_E_INVALID_PARAMETER, "a row without values");
    }
    return {row.lpProps, row.cValues};
}

// Values that no row can be told by: many at once, and those that are none.
bool can_be_index(ULONG tag) noexcept {
    const ULONG type = PROP_TYPE(tag);
    const CellKind kind = kind_of(tag);
    return PROP_ID(tag) != 0 && kind != CellKind::Nothing && kind != CellKind::Many &&
           type != PT_ERROR && type != PT_OBJECT && (type & MV_INSTANCE) == 0;
}

bool can_be_column(ULONG tag) noexcept {
    const ULONG type = PROP_TYPE(tag);
    return type == PT_NULL || type == PT_UNSPECIFIED || representation_of(type).has_value();
}

}  // namespace

TableObject::TableObject(std::vector<ULONG> columns, ULONG index_tag, TableData::Options options)
    : m_index_tag(index_tag),
      m_routines(options.allocators.value_or(memory::routines())),
      m_data(std::make_shared<TableData>(std::move(columns), index_tag, options)) {}

bool TableObject::is_index(const SPropValue& value) const noexcept {
    return PROP_ID(value.ulPropTag) == PROP_ID(m_index_tag) &&
           plain_type(value.ulPropTag) == plain_type(m_index_tag);
}

CompactRowPtr TableObject::row_from(const SRow& row) const {
    CompactRowPtr ours = CompactRow::make(values_of(row));
    if (!find_typed(*ours, m_index_tag)) {
        throw Error(MAPI_E_INVALID_PARAMETER, "a row without the index column");
    }
    return ours;
}

/// A view in `order`; null or no keys: unsorted.
/// @param release  called with `data` and the view when its last reference goes; may be null
/// Errors: MAPI_E_INVALID_PARAMETER without `view`; as SortTable. Page:
/// mapi/itabledata-hrgetview.md
HRESULT TableObject::HrGetView(SSortOrderSet* order, CALLERRELEASE* release, ULONG_PTR data,
                               IMAPITable** view) noexcept {
    return abi::guard("ITableData::HrGetView", [&]() -> HRESULT {
        if (!view) return MAPI_E_INVALID_PARAMETER;
        *view = nullptr;
        ViewOptions options;
        options.owner = this;
        options.keeps_widths = true;
        if (order) options.order = parse_order(*order);
        if (release) {
            options.on_release = [this, release, data](IMAPITable* released) {
                release(data, this, released);
            };
        }
        *view = com::make<MemoryTable>(m_data, std::move(options)).detach();
        return S_OK;
    });
}

/// Page: mapi/itabledata-hrmodifyrow.md
HRESULT TableObject::HrModifyRow(SRow* row) noexcept {
    return abi::guard("ITableData::HrModifyRow", [&]() -> HRESULT {
        if (!row) return MAPI_E_INVALID_PARAMETER;
        const CompactRowPtr ours = row_from(*row);
        m_data->put(std::span(&ours, 1));
        return S_OK;
    });
}

/// All rows or, when one of them is not as it must be, none. Page: mapi/itabledata-hrmodifyrows.md
HRESULT TableObject::HrModifyRows(ULONG flags, SRowSet* rows) noexcept {
    return abi::guard("ITableData::HrModifyRows", [&]() -> HRESULT {
        if (!rows) return MAPI_E_INVALID_PARAMETER;
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        std::vector<CompactRowPtr> ours;
        ours.reserve(rows->cRows);
        const SRow* const given = rows->aRow;
        for (ULONG i = 0; i < rows->cRows; ++i) ours.push_back(row_from(given[i]));
        m_data->put(ours);
        return S_OK;
    });
}

/// Page: mapi/itabledata-hrinsertrow.md
HRESULT TableObject::HrInsertRow(ULONG number, SRow* row) noexcept {
    return abi::guard("ITableData::HrInsertRow", [&]() -> HRESULT {
        if (!row) return MAPI_E_INVALID_PARAMETER;
        return m_data->insert_new(number, row_from(*row)) ? S_OK : MAPI_E_INVALID_PARAMETER;
    });
}

/// Page: mapi/itabledata-hrdeleterow.md
HRESULT TableObject::HrDeleteRow(SPropValue* index) noexcept {
    return abi::guard("ITableData::HrDeleteRow", [&]() -> HRESULT {
        if (!index) return MAPI_E_INVALID_PARAMETER;
        if (!is_index(*index)) return MAPI_E_NOT_FOUND;
        CellStore store;
        const Cell value = cell_of(*index, store);
        return m_data->remove(std::span(&value, 1)) == 1 ? S_OK : MAPI_E_NOT_FOUND;
    });
}

/// Page: mapi/itabledata-hrdeleterows.md
HRESULT TableObject::HrDeleteRows(ULONG flags, SRowSet* rows, ULONG* deleted) noexcept {
    return abi::guard("ITableData::HrDeleteRows", [&]() -> HRESULT {
        if (deleted) *deleted = 0;
        if ((flags & ~TAD_ALL_ROWS) != 0) return MAPI_E_UNKNOWN_FLAGS;
        std::size_t count = 0;
        if ((flags & TAD_ALL_ROWS) != 0) {
            count = m_data->size();
            m_data->remove_all();
        } else {
            if (!rows) return MAPI_E_INVALID_PARAMETER;
            CellStore store;
            std::vector<Cell> values;
            const SRow* const given = rows->aRow;
            for (ULONG i = 0; i < rows->cRows; ++i) {
                const ULONG count_values = given[i].lpProps ? given[i].cValues : 0;
                for (const SPropValue& value : std::span(given[i].lpProps, count_values)) {
                    if (!is_index(value)) continue;
                    values.push_back(cell_of(value, store));
                    break;
                }
            }
            count = m_data->remove(values);
        }
        if (deleted) *deleted = narrow_size(count);
        return S_OK;
    });
}

/// Page: mapi/itabledata-hrqueryrow.md
HRESULT TableObject::HrQueryRow(SPropValue* index, SRow** row, ULONG* number) noexcept {
    return abi::guard("ITableData::HrQueryRow", [&]() -> HRESULT {
        if (row) *row = nullptr;
        if (!index || !row || !is_index(*index)) return MAPI_E_INVALID_PARAMETER;
        CellStore store;
        const std::optional<RowKey> key = m_data->find_row(cell_of(*index, store));
        const CompactRowPtr found = key ? m_data->compact_row(*key) : nullptr;
        const auto position = key ? m_data->position_of(*key) : std::nullopt;
        if (!found || !position) return MAPI_E_NOT_FOUND;
        *row = write_whole_row(*found, m_routines);
        if (number) *number = narrow_size(*position);
        return S_OK;
    });
}

/// Page: mapi/itabledata-hrenumrow.md
HRESULT TableObject::HrEnumRow(ULONG number, SRow** row) noexcept {
    return abi::guard("ITableData::HrEnumRow", [&]() -> HRESULT {
        if (!row) return MAPI_E_INVALID_PARAMETER;
        *row = nullptr;
        if (const CompactRowPtr found = m_data->row_at(number)) {
            *row = write_whole_row(*found, m_routines);
        }
        return S_OK;
    });
}

/// Errors: MAPI_E_INVALID_PARAMETER without the index column among `values`; MAPI_E_NOT_FOUND when
/// it names no row. Page: mapi/itabledata-hrnotify.md
HRESULT TableObject::HrNotify(ULONG flags, ULONG count, SPropValue* values) noexcept {
    return abi::guard("ITableData::HrNotify", [&]() -> HRESULT {
        if (count == 0 || !values) return MAPI_E_INVALID_PARAMETER;
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        for (const SPropValue& value : std::span(values, count)) {
            if (!is_index(value)) continue;
            CellStore store;
            const std::optional<RowKey> key = m_data->find_row(cell_of(value, store));
            if (!key) return MAPI_E_NOT_FOUND;
            m_data->row_modified(*key);
            return S_OK;
        }
        return MAPI_E_INVALID_PARAMETER;
    });
}

com::Ptr<ITableData> create_table(const TableRequest& request) {
    if (request.iid && !IsEqualGUID(*request.iid, IID_IMAPITableData)) {
        throw Error(MAPI_E_INTERFACE_NOT_SUPPORTED, "table data as another interface");
    }
    const memory::Routines& allocators = request.allocators;
    const std::span<const ULONG> columns = view_tags(request.columns);
    const bool valid_type = request.table_type == TBLTYPE_SNAPSHOT ||
                            request.table_type == TBLTYPE_KEYSET ||
                            request.table_type == TBLTYPE_DYNAMIC;
    bool valid = allocators.allocate && allocators.more && allocators.free && !request.reserved &&
                 valid_type && can_be_index(request.index_tag) && !columns.empty();
    for (const ULONG column : columns) valid = valid && can_be_column(column);
    if (!valid) throw Error(MAPI_E_INVALID_PARAMETER, "a table that cannot be");
    return com::make<TableObject>(std::vector<ULONG>(columns.begin(), columns.end()),
                                  request.index_tag,
                                  TableData::Options{true, request.table_type, allocators});
}

}  // namespace remapi::object
