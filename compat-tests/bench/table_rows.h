// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Rows of ten columns, as the table of a folder has them, and a table made of them.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "abi/mapi.h"
#include "library.h"

namespace remapi::bench {

/// So many different rows. Their texts stay valid as long as this object.
class Rows {
public:
    static constexpr ULONG kColumns = 10;
    /// The index column, a subject, a time and a number.
    static constexpr ULONG kKey = PR_ROWID;
    static constexpr ULONG kText = PR_SUBJECT_W;
    static constexpr ULONG kTime = PR_MESSAGE_DELIVERY_TIME;
    static constexpr ULONG kNumber = PR_MESSAGE_SIZE;
    /// The columns in the order of the rows.
    static const std::array<ULONG, kColumns>& columns();

    explicit Rows(ULONG count);

    ULONG count() const { return m_count; }
    SRow row(ULONG index);
    const std::u16string& subject(ULONG index) const { return m_subjects[index]; }
    std::uint64_t time(ULONG index) const { return m_times[index]; }
    LONG number(ULONG index) const { return static_cast<LONG>(m_times[index] >> 24); }
    /// What the values of all rows hold, in bytes.
    std::size_t bytes() const { return m_bytes; }

private:
    ULONG m_count;
    std::size_t m_bytes = 0;
    std::vector<std::u16string> m_subjects;
    std::vector<std::u16string> m_senders;
    std::vector<std::uint64_t> m_times;
    std::array<BYTE, 24> m_entry_id = {};
    std::vector<SPropValue> m_values;
};

/// An ITableData of CreateTable with such rows. Throws std::runtime_error.
class Table {
public:
    explicit Table(const Library& library);
    ~Table() { m_data->Release(); }
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    /// Adds them with HrModifyRows, a thousand at a time.
    void add(Rows& rows);
    ITableData* data() const { return m_data; }
    /// A view of all columns in the order of a column; 0 for none.
    IMAPITable* view(ULONG sort_tag) const;
    void free_rows(SRowSet* rows) const;

private:
    ITableData* m_data = nullptr;
    MAPIFREEBUFFER* m_free = nullptr;
};

/// Throws std::runtime_error when a call failed.
void check(HRESULT result, const char* what);
/// An order by one column.
SSortOrderSet* order_by(std::vector<BYTE>& storage, ULONG tag);

}  // namespace remapi::bench
