// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "com/object.h"
#include "object/table/table_data.h"

namespace remapi::object {

/// What CreateTable hands out: TableData for C callers, who name rows by an index column. Any
/// thread may call it. Page: mapi/itabledataiunknown.md
class TableObject final : public com::Object<TableObject, ITableData> {
public:
    using Interfaces = com::Answers<ITableData>;

    TableObject(std::vector<ULONG> columns, ULONG index_tag, TableData::Options options);

    STDMETHODIMP HrGetView(SSortOrderSet* order, CALLERRELEASE* release, ULONG_PTR data,
                           IMAPITable** view) noexcept override;
    STDMETHODIMP HrModifyRow(SRow* row) noexcept override;
    STDMETHODIMP HrDeleteRow(SPropValue* index) noexcept override;
    STDMETHODIMP HrQueryRow(SPropValue* index, SRow** row, ULONG* number) noexcept override;
    STDMETHODIMP HrEnumRow(ULONG number, SRow** row) noexcept override;
    STDMETHODIMP HrNotify(ULONG flags, ULONG count, SPropValue* values) noexcept override;
    STDMETHODIMP HrInsertRow(ULONG number, SRow* row) noexcept override;
    STDMETHODIMP HrModifyRows(ULONG flags, SRowSet* rows) noexcept override;
    STDMETHODIMP HrDeleteRows(ULONG flags, SRowSet* rows, ULONG* deleted) noexcept override;

private:
    friend class com::Object<TableObject, ITableData>;
    ~TableObject() = default;

    CompactRowPtr row_from(const SRow& row) const;
    bool is_index(const SPropValue& value) const noexcept;

    const ULONG m_index_tag;
    const memory::Routines m_routines;
    const std::shared_ptr<TableData> m_data;
};

/// What CreateTable is told.
struct TableRequest {
    const IID* iid;
    memory::Routines allocators;
    void* reserved;
    ULONG table_type;
    ULONG index_tag;
    const SPropTagArray* columns;
};
/// Makes a table data object. Throws Error(MAPI_E_INTERFACE_NOT_SUPPORTED) for another interface,
/// Error(MAPI_E_INVALID_PARAMETER) for anything else that is not as the page has it.
/// Page: mapi/createtable.md
com::Ptr<ITableData> create_table(const TableRequest& request);

}  // namespace remapi::object
