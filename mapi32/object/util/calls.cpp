// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/util/calls.h"

#include <algorithm>

#include "object/props/tag_array.h"
#include "text/text.h"

namespace remapi::object {
namespace {

constexpr LONG kRowsInOneCall = 256;
constexpr ULONG kReadAtOnce = 64u << 10;

struct Values {
    Buffer<SPropValue> block;
    ULONG count = 0;
};

Values call_get_props(IMAPIProp* object, SPropTagArray* tags) {
    Values values;
    check(object->GetProps(tags, MAPI_UNICODE, &values.count, values.block.put()),
          "IMAPIProp::GetProps");
    return values;
}

// What can be kept; a stranger's object may have types that PropValue has no place for.
PropertyBag bag_of(ULONG count, const SPropValue* values) {
    PropertyBag bag;
    for (ULONG i = 0; i < count; ++i) {
        if (representation_of(values[i].ulPropTag)) bag.set(from_abi(values[i]));
    }
    return bag;
}

void prepare(IMAPITable* table, const RowQuery& query) {
    if (!query.columns.empty()) {
        const TagArray columns{std::span<const ULONG>(query.columns)};
        check(table->SetColumns(columns.get(), TBL_BATCH), "IMAPITable::SetColumns");
    }
    if (query.restriction) {
        const Buffer<SRestriction> packed = pack(*query.restriction);
        check(table->Restrict(packed.get(), TBL_BATCH), "IMAPITable::Restrict");
    }
    if (!query.order.empty()) {
        auto order = Buffer<SSortOrderSet>::allocate_bytes(offsetof(SSortOrderSet, aSort) +
                                                           query.order.size() * sizeof(SSortOrder));
        order->cSorts = narrow_size(query.order.size());
        for (std::size_t i = 0; i < query.order.size(); ++i) {
            order->aSort[i] = {query.order[i].tag,
                               query.order[i].descending ? TABLE_SORT_DESCEND : TABLE_SORT_ASCEND};
        }
        check(table->SortTable(order.get(), TBL_BATCH), "IMAPITable::SortTable");
    }
    check(table->SeekRow(BOOKMARK_BEGINNING, 0, nullptr), "IMAPITable::SeekRow");
}

// Calls `take` with each row until the end or until it answers false.
template <class Take>
void each_row(IMAPITable* table, Take take) {
    for (;;) {
        RowSet rows;
        check(table->QueryRows(kRowsInOneCall, 0, rows.put()), "IMAPITable::QueryRows");
        if (rows.size() == 0) return;
        for (ULONG i = 0; i < rows.size(); ++i) {
            if (!take(rows[i])) return;
        }
    }
}

}  // namespace

std::optional<PropValue> get_one_prop(IMAPIProp* object, ULONG tag) {
    const std::vector<PropValue> values = get_props(object, {&tag, 1});
    if (values[0].is_error()) return std::nullopt;
    return values[0];
}

PropValue get_required_prop(IMAPIProp* object, ULONG tag) {
    PropValue value = get_props(object, {&tag, 1})[0];
    if (value.is_error())
        throw Error(static_cast<SCODE>(value.number()), "reading a required property");
    return value;
}

std::vector<PropValue> get_props(IMAPIProp* object, std::span<const ULONG> tags) {
    const TagArray wanted(tags);
    const Values values = call_get_props(object, wanted.get());
    if (values.count != tags.size()) {
        throw Error(MAPI_E_CALL_FAILED, "GetProps answered another number of values");
    }
    std::vector<PropValue> result;
    result.reserve(values.count);
    for (ULONG i = 0; i < values.count; ++i) {
        PropValue value = from_abi(values.block[i]);
        // An error slot may come without its id (page: mapi/imapiprop-getprops.md); the caller
        // knows it.
        result.push_back(value.is_error()
                             ? PropValue::error(tags[i], static_cast<SCODE>(value.number()))
                             : std::move(value));
    }
    return result;
}

PropertyBag get_all_props(IMAPIProp* object) {
    const Values values = call_get_props(object, nullptr);
    return bag_of(values.count, values.block.get());
}

std::optional<PropValue> get_large_prop(IMAPIProp* object, ULONG tag) {
    PropValue value = get_props(object, {&tag, 1})[0];
    if (!value.is_error()) return value;
    if (value.number() == MAPI_E_NOT_FOUND) return std::nullopt;
    com::Ptr<IStream> stream;
    const HRESULT hr =
        object->OpenProperty(tag, &IID_IStream, STGM_READ, 0, stream.put_as<IUnknown>());
    if (FAILED(hr)) return std::nullopt;
    const Bytes bytes = read_stream(stream.get());
    if (PROP_TYPE(tag) == PT_UNICODE) {
        String text(bytes.size() / sizeof(WideChar), WideChar{0});
        if (!text.empty()) std::memcpy(text.data(), bytes.data(), text.size() * sizeof(WideChar));
        return PropValue(tag, text);
    }
    if (PROP_TYPE(tag) == PT_STRING8) {
        const auto* text = reinterpret_cast<const char*>(bytes.data());
        return PropValue(tag, text::to_wide(std::string_view(text, bytes.size())));
    }
    return PropValue(CHANGE_PROP_TYPE(tag, PT_BINARY), bytes);
}

void set_props(IMAPIProp* object, std::span<const PropValue> values) {
    if (values.empty()) return;
    const Buffer<SPropValue> packed = pack(values);
    Buffer<SPropProblemArray> problems;
    check(object->SetProps(narrow_size(values.size()), packed.get(), problems.put()),
          "IMAPIProp::SetProps");
    if (problems && problems->cProblem > 0) {
        throw Error(problems->aProblem[0].scode, "setting a property");
    }
}

void set_prop(IMAPIProp* object, const PropValue& value) {
    set_props(object, {&value, 1});
}

std::vector<PropertyBag> query_all_rows(IMAPITable* table, const RowQuery& query) {
    prepare(table, query);
    std::vector<PropertyBag> result;
    each_row(table, [&](const SRow& row) {
        if (query.limit != 0 && result.size() == query.limit) return false;
        result.push_back(bag_of(row.cValues, row.lpProps));
        return true;
    });
    return result;
}

RowSet query_row_set(IMAPITable* table, const RowQuery& query) {
    prepare(table, query);
    std::vector<SRow> taken;
    try {
        each_row(table, [&](SRow& row) {
            if (query.limit != 0 && taken.size() == query.limit) {
                throw Error(MAPI_E_TABLE_TOO_BIG, "more rows than asked for");
            }
            taken.push_back(row);
            row.lpProps = nullptr;  // the row's block changes hands
            return true;
        });
        RowSet result = RowSet::allocate(taken.size());
        std::copy(taken.begin(), taken.end(), result.get()->aRow);
        return result;
    } catch (...) {
        for (const SRow& row : taken) memory::routines().free(row.lpProps);
        throw;
    }
}

Bytes read_stream(IStream* stream, std::size_t limit) {
    Bytes bytes;
    for (;;) {
        const std::size_t before = bytes.size();
        bytes.resize(before + kReadAtOnce);
        ULONG got = 0;
        check(stream->Read(bytes.data() + before, kReadAtOnce, &got), "IStream::Read");
        bytes.resize(before + got);
        if (got == 0) return bytes;
        if (bytes.size() > limit) throw Error(MAPI_E_TOO_BIG, "a stream over the limit");
    }
}

void write_stream(IStream* stream, BytesView bytes) {
    while (!bytes.empty()) {
        const ULONG chunk = static_cast<ULONG>(std::min<std::size_t>(bytes.size(), 1u << 20));
        ULONG written = 0;
        check(stream->Write(bytes.data(), chunk, &written), "IStream::Write");
        if (written == 0) throw Error(STG_E_MEDIUMFULL, "a stream that takes no more");
        bytes = bytes.subspan(written);
    }
}

}  // namespace remapi::object
