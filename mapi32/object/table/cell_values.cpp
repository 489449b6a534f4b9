// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Cells over values of both kinds, and back.
#include "format/dates.h"
#include "object/table/cell.h"
#include "text/text.h"

namespace remapi::object {
namespace {

[[noreturn]] void throw_null() {
    throw Error(MAPI_E_INVALID_PARAMETER, "a property value with a null pointer for data");
}

void point_at(Cell& cell, const void* data, std::size_t size) {
    cell.data = data;
    cell.size = narrow_size(size);
}

/// Fills a cell, whose tag is set, with the data of a PropValue.
struct Filler {
    Cell& cell;
    CellStore& store;

    void operator()(std::monostate) const {}
    void operator()(std::uint64_t value) const { cell.number = static_cast<std::int64_t>(value); }
    void operator()(double value) const { cell.real = value; }
    void operator()(float value) const { cell.real = static_cast<double>(value); }
    void operator()(const String& value) const { point_at(cell, value.data(), value.size()); }
    void operator()(const GUID& value) const { point_at(cell, &value, sizeof value); }
    void operator()(const Bytes& value) const { point_at(cell, value.data(), value.size()); }
    template <class Number>
    requires std::integral<Number>
    void operator()(Number value) const { cell.number = static_cast<std::int64_t>(value); }
    template <class T>
    void operator()(const std::vector<T>& values) const {
        Cell* const cells = store.cells(values.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            cells[i].tag = one_value_tag(cell.tag);
            Filler{cells[i], store}(values[i]);
        }
        point_at(cell, cells, values.size());
    }
};

void fill_text8(Cell& cell, const char* text, CellStore& store) {
    if (!text) throw_null();
    const StringView kept = store.keep(text::to_wide(text));
    point_at(cell, kept.data(), kept.size());
}

void fill_text16(Cell& cell, const WCHAR* text) {
    if (!text) throw_null();
    point_at(cell, text, StringView(text).size());
}

void fill_binary(Cell& cell, const SBinary& binary) {
    if (binary.cb > 0 && !binary.lpb) throw_null();
    point_at(cell, binary.lpb, binary.cb);
}

void fill_single(Cell& cell, const SPropValue& value, ULONG type, CellStore& store) {
    const auto& v = value.Value;
    switch (type) {
        case PT_NULL:
            break;
        case PT_I2:
            cell.number = v.i;
            break;
        case PT_LONG:
        case PT_ERROR:
        case PT_OBJECT:
            cell.number = v.l;
            break;
        case PT_R4:
            cell.real = static_cast<double>(v.flt);
            break;
        case PT_DOUBLE:
        case PT_APPTIME:
            cell.real = v.dbl;
            break;
        case PT_CURRENCY:
            cell.number = v.cur.int64;
            break;
        case PT_I8:
            cell.number = v.li.QuadPart;
            break;
        case PT_SYSTIME:
            cell.number = static_cast<std::int64_t>(format::file_time_value(v.ft));
            break;
        case PT_BOOLEAN:
            cell.number = v.b != 0 ? 1 : 0;
            break;
        case PT_STRING8:
            fill_text8(cell, v.lpszA, store);
            break;
        case PT_UNICODE:
            fill_text16(cell, v.lpszW);
            break;
        case PT_BINARY:
            fill_binary(cell, v.bin);
            break;
        case PT_CLSID:
            if (!v.lpguid) throw_null();
            point_at(cell, v.lpguid, sizeof(GUID));
            break;
        case PT_SRESTRICTION:
        case PT_ACTIONS:
            throw Error(MAPI_E_TYPE_NO_SUPPORT, "a restriction or rule action as a property");
        default:
            throw Error(MAPI_E_INVALID_PARAMETER, "a property value of an unknown type");
    }
}

template <class Element, class Fill>
void fill_many(Cell& cell, ULONG count, const Element* elements, CellStore& store, Fill fill) {
    if (count > 0 && !elements) throw_null();
    Cell* const cells = store.cells(count);
    for (ULONG i = 0; i < count; ++i) {
        cells[i].tag = one_value_tag(cell.tag);
        fill(cells[i], elements[i]);
    }
    point_at(cell, cells, count);
}

void fill_multiple(Cell& cell, const SPropValue& value, CellStore& store) {
    const auto& v = value.Value;
    const auto number = [](Cell& one, auto from) { one.number = from; };
    const auto real = [](Cell& one, auto from) { one.real = static_cast<double>(from); };
    switch (PROP_TYPE(value.ulPropTag)) {
        case PT_MV_I2:
            return fill_many(cell, v.MVi.cValues, v.MVi.lpi, store, number);
        case PT_MV_LONG:
            return fill_many(cell, v.MVl.cValues, v.MVl.lpl, store, number);
        case PT_MV_R4:
            return fill_many(cell, v.MVflt.cValues, v.MVflt.lpflt, store, real);
        case PT_MV_DOUBLE:
            return fill_many(cell, v.MVdbl.cValues, v.MVdbl.lpdbl, store, real);
        case PT_MV_APPTIME:
            return fill_many(cell, v.MVat.cValues, v.MVat.lpat, store, real);
        case PT_MV_CURRENCY:
            return fill_many(cell, v.MVcur.cValues, v.MVcur.lpcur, store,
                             [](Cell& one, const CURRENCY& from) { one.number = from.int64; });
        case PT_MV_I8:
            return fill_many(
                cell, v.MVli.cValues, v.MVli.lpli, store,
                [](Cell& one, const LARGE_INTEGER& from) { one.number = from.QuadPart; });
        case PT_MV_SYSTIME:
            return fill_many(
                cell, v.MVft.cValues, v.MVft.lpft, store, [](Cell& one, const FILETIME& from) {
                    one.number = static_cast<std::int64_t>(format::file_time_value(from));
                });
        case PT_MV_CLSID:
            return fill_many(
                cell, v.MVguid.cValues, v.MVguid.lpguid, store,
                [](Cell& one, const GUID& from) { point_at(one, &from, sizeof from); });
        case PT_MV_BINARY:
            return fill_many(cell, v.MVbin.cValues, v.MVbin.lpbin, store, fill_binary);
        case PT_MV_UNICODE:
            return fill_many(cell, v.MVszW.cValues, v.MVszW.lppszW, store, fill_text16);
        case PT_MV_STRING8:
            return fill_many(cell, v.MVszA.cValues, v.MVszA.lppszA, store,
                             [&](Cell& one, const char* from) { fill_text8(one, from, store); });
        default:
            throw Error(MAPI_E_INVALID_PARAMETER, "a property value of an unknown type");
    }
}

GUID guid_in(const Cell& cell) {
    GUID guid = {};
    std::memcpy(&guid, cell.data, sizeof guid);
    return guid;
}

template <class T, class Convert>
PropValue many_as(ULONG tag, const Cell& cell, Convert convert) {
    std::vector<T> values;
    values.reserve(cell.size);
    for (const Cell& one : cell.many()) values.push_back(convert(one));
    return PropValue(tag, PropValue::Data(std::move(values)));
}

PropValue many_value(ULONG tag, const Cell& cell) {
    switch (PROP_TYPE(tag)) {
        case PT_MV_I2:
            return many_as<std::int16_t>(
                tag, cell, [](const Cell& one) { return static_cast<std::int16_t>(one.number); });
        case PT_MV_LONG:
            return many_as<std::int32_t>(
                tag, cell, [](const Cell& one) { return static_cast<std::int32_t>(one.number); });
        case PT_MV_R4:
            return many_as<float>(tag, cell,
                                  [](const Cell& one) { return static_cast<float>(one.real); });
        case PT_MV_DOUBLE:
        case PT_MV_APPTIME:
            return many_as<double>(tag, cell, [](const Cell& one) { return one.real; });
        case PT_MV_CURRENCY:
        case PT_MV_I8:
            return many_as<std::int64_t>(tag, cell, [](const Cell& one) { return one.number; });
        case PT_MV_SYSTIME:
            return many_as<std::uint64_t>(
                tag, cell, [](const Cell& one) { return static_cast<std::uint64_t>(one.number); });
        case PT_MV_CLSID:
            return many_as<GUID>(tag, cell, guid_in);
        case PT_MV_BINARY:
            return many_as<Bytes>(tag, cell, [](const Cell& one) { return to_bytes(one.bytes()); });
        default:
            return many_as<String>(tag, cell, [](const Cell& one) { return String(one.text()); });
    }
}

}  // namespace

Cell cell_of(const PropValue& value, CellStore& store) {
    Cell cell;
    cell.tag = value.tag();
    std::visit(Filler{cell, store}, value.data());
    return cell;
}

Cell cell_of(const SPropValue& value, CellStore& store) {
    const ULONG type = PROP_TYPE(value.ulPropTag);
    Cell cell;
    cell.tag = value.ulPropTag;
    if ((type & MV_INSTANCE) != 0) {
        fill_single(cell, value, type & ~static_cast<ULONG>(MVI_FLAG), store);
    } else if ((type & MV_FLAG) != 0) {
        fill_multiple(cell, value, store);
    } else {
        fill_single(cell, value, type, store);
    }
    return cell;
}

PropValue to_value(const Cell& cell) {
    const bool is_one_of_many = (PROP_TYPE(cell.tag) & MV_INSTANCE) != 0;
    const ULONG tag = is_one_of_many ? one_value_tag(cell.tag) : cell.tag;
    switch (cell.kind()) {
        case CellKind::Whole:
        case CellKind::Time:
            return PropValue(tag, cell.number);
        case CellKind::Real:
            return PropValue(tag, cell.real);
        case CellKind::Text:
            return PropValue(tag, cell.text());
        case CellKind::Guid:
            return PropValue(tag, PropValue::Data(guid_in(cell)));
        case CellKind::Binary:
            return PropValue(tag, cell.bytes());
        case CellKind::Many:
            return many_value(tag, cell);
        default:
            return PropValue();
    }
}

}  // namespace remapi::object
