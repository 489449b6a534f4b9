// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/table/row_writer.h"

#include <algorithm>
#include <limits>

#include "format/dates.h"
#include "memory/buffer.h"
#include "text/text.h"

namespace remapi::object {
namespace {

constexpr std::size_t kSlotAlignment = 8;  // enough for every type in the SPropValue union

/// Bytes handed out one after another; without a block it only counts them.
class RowRoom {
public:
    explicit RowRoom(std::uint8_t* block = nullptr) noexcept : m_block(block) {}

    /// Null while counting.
    template <class T>
    T* take(std::size_t count) {
        const std::size_t bytes =
            (count * sizeof(T) + kSlotAlignment - 1) / kSlotAlignment * kSlotAlignment;
        if (count > 0xFFFFFFFFu / sizeof(T) || bytes > 0xFFFFFFFFu - m_used) {
            throw Error(MAPI_E_NOT_ENOUGH_MEMORY, "values over 4 GiB");
        }
        T* const taken = m_block ? reinterpret_cast<T*>(m_block + m_used) : nullptr;
        m_used += bytes;
        return taken;
    }
    template <class Char>
    Char* take_text(std::basic_string_view<Char> text) {
        Char* const copy = take<Char>(text.size() + 1);
        if (!copy) return nullptr;
        std::memcpy(copy, text.data(), text.size() * sizeof(Char));
        copy[text.size()] = Char{0};
        return copy;
    }
    BYTE* take_bytes(BytesView bytes) {
        BYTE* const copy = take<BYTE>(bytes.size());
        if (copy && !bytes.empty()) std::memcpy(copy, bytes.data(), bytes.size());
        return copy;
    }
    std::size_t used() const noexcept { return m_used; }

private:
    std::uint8_t* m_block;
    std::size_t m_used = 0;
};

FILETIME time_of(const Cell& cell) {
    return format::file_time_struct(static_cast<std::uint64_t>(cell.number));
}

LPGUID put_guid(const Cell& cell, RowRoom& room) {
    return reinterpret_cast<LPGUID>(room.take_bytes(cell.bytes()));
}

SBinary put_binary(const Cell& cell, RowRoom& room) {
    return {cell.size, room.take_bytes(cell.bytes())};
}

template <class To, class Convert>
To* put_each(const Cell& cell, RowRoom& room, Convert convert) {
    To* const elements = room.take<To>(cell.size);
    for (std::size_t i = 0; i < cell.size; ++i) {
        const To element = convert(cell.many()[i]);
        if (elements) elements[i] = element;
    }
    return elements;
}

template <class To>
To* put_numbers(const Cell& cell, RowRoom& room) {
    return put_each<To>(cell, room, [](const Cell& one) { return static_cast<To>(one.number); });
}

void put_many(const Cell& cell, ULONG type, RowRoom& room, SPropValue& out) {
    auto& v = out.Value;
    switch (type) {
        case PT_MV_I2:
            v.MVi = {cell.size, put_numbers<short>(cell, room)};
            break;
        case PT_MV_LONG:
            v.MVl = {cell.size, put_numbers<LONG>(cell, room)};
            break;
        case PT_MV_R4:
            v.MVflt = {cell.size, put_each<float>(cell, room, [](const Cell& one) {
                           return static_cast<float>(one.real);
                       })};
            break;
        case PT_MV_DOUBLE:
        case PT_MV_APPTIME:
            v.MVdbl = {cell.size,
                       put_each<double>(cell, room, [](const Cell& one) { return one.real; })};
            break;
        case PT_MV_CURRENCY:
        case PT_MV_I8:
            // Both are structs around 64 bits.
            v.MVli = {cell.size, put_each<LARGE_INTEGER>(cell, room, [](const Cell& one) {
                          LARGE_INTEGER number;
                          number.QuadPart = one.number;
                          return number;
                      })};
            break;
        case PT_MV_SYSTIME:
            v.MVft = {cell.size, put_each<FILETIME>(cell, room, time_of)};
            break;
        case PT_MV_CLSID:
            v.MVguid = {cell.size, put_each<GUID>(cell, room, [](const Cell& one) {
                            GUID guid = {};
                            std::memcpy(&guid, one.data, sizeof guid);
                            return guid;
                        })};
            break;
        case PT_MV_BINARY:
            v.MVbin = {cell.size, put_each<SBinary>(cell, room, [&](const Cell& one) {
                           return put_binary(one, room);
                       })};
            break;
        case PT_MV_UNICODE:
            v.MVszW = {cell.size, put_each<LPWSTR>(cell, room, [&](const Cell& one) {
                           return room.take_text<WCHAR>(one.text());
                       })};
            break;
        default:
            v.MVszA = {cell.size, put_each<LPSTR>(cell, room, [&](const Cell& one) {
                           return room.take_text<char>(text::to_ansi(one.text()));
                       })};
    }
}

// The same code walks the cells for counting and for copying, so the two cannot disagree.
void put_cell(const Cell& cell, ULONG type, RowRoom& room, SPropValue& out) {
    auto& v = out.Value;
    switch (type) {
        case PT_I2:
            v.i = static_cast<short>(cell.number);
            break;
        case PT_LONG:
        case PT_ERROR:
        case PT_OBJECT:
            v.l = static_cast<LONG>(cell.number);
            break;
        case PT_R4:
            v.flt = static_cast<float>(cell.real);
            break;
        case PT_DOUBLE:
        case PT_APPTIME:
            v.dbl = cell.real;
            break;
        case PT_CURRENCY:
        case PT_I8:
            v.li.QuadPart = cell.number;
            break;
        case PT_SYSTIME:
            v.ft = time_of(cell);
            break;
        case PT_BOOLEAN:
            v.b = cell.number != 0 ? 1 : 0;
            break;
        case PT_UNICODE:
            v.lpszW = room.take_text<WCHAR>(cell.text());
            break;
        case PT_STRING8:
            v.lpszA = room.take_text<char>(text::to_ansi(cell.text()));
            break;
        case PT_CLSID:
            v.lpguid = put_guid(cell, room);
            break;
        case PT_BINARY:
            v.bin = put_binary(cell, room);
            break;
        default:
            put_many(cell, type, room, out);
    }
}

bool fits_in(std::int64_t number, ULONG type) noexcept {
    if (type == PT_I8) return true;
    if (type == PT_I2) {
        return number >= std::numeric_limits<std::int16_t>::min() &&
               number <= std::numeric_limits<std::int16_t>::max();
    }
    return number >= std::numeric_limits<std::int32_t>::min() &&
           number <= std::numeric_limits<std::int32_t>::max();
}

bool is_integer(ULONG type) noexcept {
    return type == PT_I2 || type == PT_LONG || type == PT_I8;
}

}  // namespace

RowWriter::RowWriter(const memory::Routines& routines, std::span<const ULONG> columns, ULONG flags)
    : m_routines(routines),
      m_columns(columns),
      m_flags(flags),
      m_copier(columns),
      m_slots(columns.size()),
      m_places(columns.size()) {}

RowWriter::Slot RowWriter::slot(ULONG column, const Cell* cell) const {
    if (cell && cell->tag == column && !cell->is_error() && PROP_TYPE(column) != PT_NULL &&
        (PROP_TYPE(column) & MV_INSTANCE) == 0) {
        return {column, cell, S_OK};
    }
    if (PROP_TYPE(column) == PT_NULL) return {};
    const ULONG missing = CHANGE_PROP_TYPE(column, PT_ERROR);
    if (!cell) return {missing, nullptr, MAPI_E_NOT_FOUND};
    if (cell->is_error()) return {missing, nullptr, static_cast<SCODE>(cell->number)};
    ULONG type = PROP_TYPE(column);
    if ((type & MV_INSTANCE) != 0) type &= ~static_cast<ULONG>(MVI_FLAG);
    ULONG held = PROP_TYPE(cell->tag);
    if ((held & MV_INSTANCE) != 0) held &= ~static_cast<ULONG>(MVI_FLAG);
    if (type == PT_UNSPECIFIED) type = PROP_TYPE(tag_in_width(PROP_TAG(held, 0), m_flags));
    const bool same = plain_type(type) == plain_type(held);
    const bool converted = is_integer(type) && is_integer(held);
    if (!same && !(converted && fits_in(cell->number, type))) {
        return {missing, nullptr, MAPI_E_NOT_FOUND};
    }
    return {CHANGE_PROP_TYPE(column, type), cell, S_OK};
}

void RowWriter::choose(const RowView& row) {
    const auto cells = row.row ? row.row->cells() : std::span<const Cell>();
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        // A row mostly has its cells where the one before had them.
        const std::size_t place = m_places[i];
        if (row.extra.empty() && place < cells.size() && cells[place].tag == m_columns[i]) {
            m_slots[i] = slot(m_columns[i], &cells[place]);
            continue;
        }
        const Cell* const cell = row.find(m_columns[i]);
        m_slots[i] = slot(m_columns[i], cell);
        const auto own = std::find_if(cells.begin(), cells.end(),
                                      [cell](const Cell& one) { return &one == cell; });
        m_places[i] = static_cast<std::size_t>(own - cells.begin());
    }
}

std::size_t RowWriter::measure() const {
    RowRoom counter;
    SPropValue ignored;
    for (const Slot& slot : m_slots) {
        if (slot.cell) put_cell(*slot.cell, PROP_TYPE(slot.tag), counter, ignored);
    }
    return counter.used();
}

void RowWriter::put_slots(SPropValue* out, std::uint8_t* data) const {
    RowRoom room(data);
    for (const Slot& slot : m_slots) {
        std::memset(out, 0, sizeof *out);
        out->ulPropTag = slot.tag;
        if (slot.cell) {
            put_cell(*slot.cell, PROP_TYPE(slot.tag), room, *out);
        } else {
            out->Value.err = slot.error;
        }
        ++out;
    }
}

std::size_t RowWriter::prepare(const RowView& row) {
    const std::optional<std::size_t> size = m_copier.measure(row);
    m_copies = size.has_value();
    if (m_copies) return *size;
    choose(row);
    return measure();
}

void RowWriter::put(SPropValue* out, void* data) const {
    auto* const bytes = static_cast<std::uint8_t*>(data);
    m_copies ? m_copier.copy(out, bytes) : put_slots(out, bytes);
}

SPropValue* RowWriter::write(const RowView& row) {
    const std::size_t array = CompactRow::data_size(m_slots.size() * sizeof(SPropValue));
    void* block = nullptr;
    check(m_routines.allocate(narrow_size(array + prepare(row)), &block), "MAPIAllocateBuffer");
    put(static_cast<SPropValue*>(block), static_cast<std::uint8_t*>(block) + array);
    return static_cast<SPropValue*>(block);
}

void RowWriter::write_linked(const RowView& row, SPropValue* out, void* root) {
    const std::size_t size = prepare(row);
    void* data = nullptr;
    if (size > 0) check(m_routines.more(narrow_size(size), root, &data), "MAPIAllocateMore");
    put(out, data);
}

SRowSet* RowWriter::make_set(std::size_t row_count) const {
    const std::size_t size =
        offsetof(SRowSet, aRow) + std::size_t{memory::array_bytes(row_count, sizeof(SRow))};
    void* block = nullptr;
    check(m_routines.allocate(narrow_size(std::max(size, sizeof(SRowSet))), &block),
          "MAPIAllocateBuffer");
    auto* const set = static_cast<SRowSet*>(block);
    std::memset(set, 0, std::max(size, sizeof(SRowSet)));
    return set;
}

void RowWriter::free_rows(SRowSet* rows) const noexcept {
    if (!rows) return;
    for (ULONG i = 0; i < rows->cRows; ++i) m_routines.free(rows->aRow[i].lpProps);
    m_routines.free(rows);
}

SRow* write_whole_row(const CompactRow& row, const memory::Routines& routines) {
    std::vector<ULONG> columns;
    for (const Cell& cell : row.cells()) columns.push_back(cell.tag);
    void* root = nullptr;
    check(routines.allocate(sizeof(SRow), &root), "MAPIAllocateBuffer");
    auto* const out = static_cast<SRow*>(root);
    std::memset(out, 0, sizeof *out);
    try {
        void* values = nullptr;
        const ULONG size = memory::array_bytes(columns.size(), sizeof(SPropValue));
        check(routines.more(size, root, &values), "MAPIAllocateMore");
        out->lpProps = static_cast<SPropValue*>(values);
        RowWriter(routines, columns, 0).write_linked({&row}, out->lpProps, root);
    } catch (...) {
        routines.free(root);
        throw;
    }
    out->cValues = narrow_size(columns.size());
    return out;
}

}  // namespace remapi::object
