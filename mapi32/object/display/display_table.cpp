// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/display/display_table.h"

#include "object/display/display_rows.h"
#include "object/props/abi_value.h"
#include "object/props/tag_array.h"

namespace remapi::object {

com::Ptr<ITableData> make_display_table(const DisplayRequest& request) {
    const auto columns = pack_tags(display_columns());
    const TableRequest table = {&IID_IMAPITableData, request.allocators, nullptr,
                                TBLTYPE_DYNAMIC,     PR_ROWID,           columns.get()};
    com::Ptr<ITableData> data = create_table(table);

    const auto bags =
        display_rows(request.module, request.page_count, request.pages, request.flags);
    if (bags.empty()) return data;
    std::vector<std::vector<PropValue>> values;
    values.reserve(bags.size());
    for (const PropertyBag& bag : bags) {
        values.emplace_back(bag.values().begin(), bag.values().end());
    }
    const RowSet rows = pack_rows(values);
    check(data->HrModifyRows(0, rows.get()), "ITableData::HrModifyRows");
    return data;
}

}  // namespace remapi::object
