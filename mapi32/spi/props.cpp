// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/props.h"

#include "object/props/abi_value.h"
#include "object/props/tag_array.h"

namespace remapi::spi {
namespace {

/// Rows asked for at once: enough to be quick, little enough to bound a foreign table's answer.
constexpr LONG kRowsAtOnce = 256;

std::vector<PropertyBag> query_all(IMAPITable* table) {
    std::vector<PropertyBag> result;
    check(table->SeekRow(BOOKMARK_BEGINNING, 0, nullptr), "IMAPITable::SeekRow");
    for (;;) {
        RowSet rows;
        check(table->QueryRows(kRowsAtOnce, 0, rows.put()), "IMAPITable::QueryRows");
        if (rows.size() == 0) return result;
        for (ULONG i = 0; i < rows.size(); ++i) {
            result.emplace_back(object::from_abi(rows[i].cValues, rows[i].lpProps));
        }
    }
}

std::vector<std::vector<PropValue>> plain(const std::vector<PropertyBag>& rows) {
    std::vector<std::vector<PropValue>> result;
    for (const PropertyBag& row : rows) {
        const auto values = row.values();
        result.emplace_back(values.begin(), values.end());
    }
    return result;
}

}  // namespace

PropertyBag read_properties(IMAPIProp* object, std::initializer_list<ULONG> tags) {
    const object::TagArray wanted(tags);
    ULONG count = 0;
    Buffer<SPropValue> values;
    check(object->GetProps(wanted.get(), MAPI_UNICODE, &count, values.put()),
          "IMAPIProp::GetProps");
    return PropertyBag(object::from_abi(count, values.get()));
}

void write_properties(IMAPIProp* object, const PropertyBag& values) {
    if (values.empty()) return;
    const auto packed = object::pack(values.values());
    check(object->SetProps(narrow_size(values.size()), packed.get(), nullptr),
          "IMAPIProp::SetProps");
}

std::vector<PropertyBag> read_rows(IMAPITable* table) {
    Buffer<SPropTagArray> columns;
    check(table->QueryColumns(TBL_ALL_COLUMNS, columns.put()), "IMAPITable::QueryColumns");
    check(table->SetColumns(columns.get(), 0), "IMAPITable::SetColumns");
    return query_all(table);
}

std::vector<PropertyBag> read_rows(IMAPITable* table, std::initializer_list<ULONG> columns) {
    const object::TagArray wanted(columns);
    check(table->SetColumns(wanted.get(), 0), "IMAPITable::SetColumns");
    return query_all(table);
}

std::vector<PropertyBag> read_recipients(IMessage* message) {
    com::Ptr<IMAPITable> table;
    check(message->GetRecipientTable(MAPI_UNICODE, table.put()), "IMessage::GetRecipientTable");
    return read_rows(table.get());
}

void write_recipients(IMessage* message, ULONG flags, const std::vector<PropertyBag>& rows) {
    const AddressList list(rows);
    check(message->ModifyRecipients(flags, list.get()), "IMessage::ModifyRecipients");
}

AddressList::AddressList(const std::vector<PropertyBag>& rows)
    : m_list(object::pack_address_list(plain(rows))) {}

AddressList::~AddressList() {
    memory::free_address_list(m_list);
}

std::vector<PropertyBag> AddressList::rows() const {
    return rows_of(*m_list);
}

std::vector<PropertyBag> rows_of(const ADRLIST& list) {
    std::vector<PropertyBag> result;
    for (std::vector<PropValue>& values : object::from_abi(&list))
        result.emplace_back(std::move(values));
    return result;
}

}  // namespace remapi::spi
