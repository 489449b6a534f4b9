// SPDX-License-Identifier: LGPL-2.1-or-later
#include "table_rows.h"

#include <cstdio>
#include <stdexcept>

#include "abi/iids.h"

namespace remapi::bench {
namespace {

constexpr ULONG kBatch = 1000;

/// A generator with a fixed seed: the same rows in every run.
class Numbers {
public:
    std::uint32_t next() {
        m_state = m_state * 6364136223846793005u + 1442695040888963407u;
        return static_cast<std::uint32_t>(m_state >> 33);
    }

private:
    std::uint64_t m_state = 20240229;
};

std::u16string words(Numbers& numbers, std::size_t count) {
    static constexpr std::array<const char16_t*, 16> kWords = {
        u"report",  u"Meeting",  u"invoice", u"Budget", u"travel",  u"Überblick",
        u"quarter", u"Project",  u"review",  u"Straße", u"numbers", u"Customer",
        u"release", u"Schedule", u"café",    u"Draft"};
    std::u16string text;
    for (std::size_t i = 0; i < count; ++i) {
        if (i) text += u' ';
        text += kWords[numbers.next() % kWords.size()];
    }
    const std::uint32_t number = numbers.next() % 1000000;
    for (std::uint32_t digit = 100000; digit; digit /= 10) {
        text += static_cast<char16_t>(u'0' + number / digit % 10);
    }
    return text;
}

}  // namespace

void check(HRESULT result, const char* what) {
    if (SUCCEEDED(result)) return;
    char text[96];
    std::snprintf(text, sizeof text, "%s answered 0x%08X", what, static_cast<unsigned>(result));
    throw std::runtime_error(text);
}

SSortOrderSet* order_by(std::vector<BYTE>& storage, ULONG tag) {
    storage.assign(CbNewSSortOrderSet(1), 0);
    const auto order = reinterpret_cast<SSortOrderSet*>(storage.data());
    order->cSorts = 1;
    order->aSort[0] = {tag, TABLE_SORT_ASCEND};
    return order;
}

const std::array<ULONG, Rows::kColumns>& Rows::columns() {
    static constexpr std::array<ULONG, kColumns> kTags = {kKey,
                                                          kText,
                                                          kTime,
                                                          kNumber,
                                                          PR_SENDER_NAME_W,
                                                          PR_MESSAGE_FLAGS,
                                                          PR_IMPORTANCE,
                                                          PR_HASATTACH,
                                                          PR_ENTRYID,
                                                          PR_MESSAGE_CLASS_W};
    return kTags;
}

Rows::Rows(ULONG count) : m_count(count), m_values(kColumns) {
    Numbers numbers;
    for (ULONG i = 0; i < count; ++i) {
        m_subjects.push_back(words(numbers, 3));
        m_senders.push_back(words(numbers, 1));
        m_times.push_back((std::uint64_t{numbers.next()} << 20) + i);
        m_bytes += kColumns * sizeof(SPropValue) + m_entry_id.size() +
                   2 * (m_subjects[i].size() + m_senders[i].size() + 2 + 9);
    }
    for (ULONG i = 0; i < kColumns; ++i) m_values[i].ulPropTag = columns()[i];
}

SRow Rows::row(ULONG index) {
    static char16_t message_class[] = u"IPM.Note";
    m_values[0].Value.l = static_cast<LONG>(index + 1);
    m_values[1].Value.lpszW = m_subjects[index].data();
    m_values[2].Value.ft = {static_cast<DWORD>(m_times[index]),
                            static_cast<DWORD>(m_times[index] >> 32)};
    m_values[3].Value.l = number(index);
    m_values[4].Value.lpszW = m_senders[index].data();
    m_values[5].Value.l = static_cast<LONG>(index % 4);
    m_values[6].Value.l = 1;
    m_values[7].Value.b = index % 3 == 0;
    m_values[8].Value.bin = {static_cast<ULONG>(m_entry_id.size()), m_entry_id.data()};
    m_values[9].Value.lpszW = message_class;
    return {0, kColumns, m_values.data()};
}

Table::Table(const Library& library) : m_free(library.find<MAPIFREEBUFFER>("MAPIFreeBuffer")) {
    const auto create = library.find<decltype(CreateTable)>("CreateTable");
    std::vector<ULONG> tags = {Rows::kColumns};
    tags.insert(tags.end(), Rows::columns().begin(), Rows::columns().end());
    check(
        create(&IID_IMAPITableData, library.find<MAPIALLOCATEBUFFER>("MAPIAllocateBuffer"),
               library.find<MAPIALLOCATEMORE>("MAPIAllocateMore"), m_free, nullptr, TBLTYPE_DYNAMIC,
               Rows::kKey, reinterpret_cast<SPropTagArray*>(tags.data()), &m_data),
        "CreateTable");
}

void Table::add(Rows& rows) {
    // The rows of a batch point to values of their own.
    std::vector<SPropValue> values(kBatch * Rows::kColumns);
    std::vector<std::uint64_t> storage(CbNewSRowSet(kBatch) / sizeof(std::uint64_t) + 1);
    const auto batch = reinterpret_cast<SRowSet*>(storage.data());
    for (ULONG done = 0; done < rows.count(); done += batch->cRows) {
        batch->cRows = 0;
        while (batch->cRows < kBatch && done + batch->cRows < rows.count()) {
            const SRow row = rows.row(done + batch->cRows);
            SPropValue* const copy = values.data() + batch->cRows * Rows::kColumns;
            for (ULONG i = 0; i < Rows::kColumns; ++i) copy[i] = row.lpProps[i];
            batch->aRow[batch->cRows++] = {0, Rows::kColumns, copy};
        }
        check(m_data->HrModifyRows(0, batch), "HrModifyRows");
    }
}

IMAPITable* Table::view(ULONG sort_tag) const {
    std::vector<BYTE> storage;
    IMAPITable* view = nullptr;
    check(m_data->HrGetView(sort_tag ? order_by(storage, sort_tag) : nullptr, nullptr, 0, &view),
          "HrGetView");
    return view;
}

void Table::free_rows(SRowSet* rows) const {
    for (ULONG i = 0; i < rows->cRows; ++i) m_free(rows->aRow[i].lpProps);
    m_free(rows);
}

}  // namespace remapi::bench
