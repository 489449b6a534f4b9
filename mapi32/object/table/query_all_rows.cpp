// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/table/query_all_rows.h"

#include <algorithm>
#include <vector>

#include "memory/buffer.h"

namespace remapi::object {
namespace {

constexpr LONG kRowsInOneQuery = 4096;

/// Row sets as they come from a table, until they are one.
class Collected {
public:
    void add(RowSet rows) {
        m_rows += rows.size();
        m_sets.push_back(std::move(rows));
    }
    std::size_t size() const noexcept { return m_rows; }

    RowSet as_one() {
        if (m_sets.size() == 1) return std::move(m_sets.front());
        RowSet all = RowSet::allocate(m_rows);
        std::size_t next = 0;
        for (RowSet& rows : m_sets) {
            for (ULONG i = 0; i < rows.size(); ++i) {
                all[next++] = rows[i];
                rows[i] = SRow{};  // its values have a new owner
            }
        }
        return all;
    }

private:
    std::vector<RowSet> m_sets;
    std::size_t m_rows = 0;
};

// One row more than allowed is enough to know that there are too many.
LONG next_batch(LONG limit, std::size_t have) noexcept {
    if (limit == 0) return kRowsInOneQuery;
    const std::size_t wanted = static_cast<std::size_t>(limit) - have + 1;
    return static_cast<LONG>(std::min(wanted, static_cast<std::size_t>(kRowsInOneQuery)));
}

}  // namespace

HRESULT query_all_rows(IMAPITable* table, SPropTagArray* columns, SRestriction* restriction,
                       SSortOrderSet* order, LONG limit, SRowSet** rows) {
    if (!rows) return MAPI_E_INVALID_PARAMETER;
    *rows = nullptr;
    if (!table || limit < 0) return MAPI_E_INVALID_PARAMETER;

    if (columns) check(table->SetColumns(columns, TBL_BATCH), "IMAPITable::SetColumns");
    if (restriction) check(table->Restrict(restriction, TBL_BATCH), "IMAPITable::Restrict");
    if (order) check(table->SortTable(order, TBL_BATCH), "IMAPITable::SortTable");
    check(table->SeekRow(BOOKMARK_BEGINNING, 0, nullptr), "IMAPITable::SeekRow");

    Collected collected;
    for (;;) {
        RowSet batch;
        check(table->QueryRows(next_batch(limit, collected.size()), 0, batch.put()),
              "IMAPITable::QueryRows");
        if (batch.size() == 0) {
            if (collected.size() == 0) collected.add(std::move(batch));
            break;
        }
        collected.add(std::move(batch));
        if (limit != 0 && collected.size() > static_cast<std::size_t>(limit))
            return MAPI_E_TABLE_TOO_BIG;
    }
    RowSet all = collected.as_one();
    *rows = all.get() ? all.release() : RowSet::allocate(0).release();
    return S_OK;
}

}  // namespace remapi::object
