// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/mapi/properties.h"

#include <vector>

#include "tools/remapi/mapi/errors.h"

namespace remapi::tool {
namespace {

/// A counted tag array. Vector of ULONG: the count, then the tags, as SPropTagArray has it.
std::vector<ULONG> tag_array(std::initializer_list<ULONG> tags) {
    std::vector<ULONG> result = {static_cast<ULONG>(tags.size())};
    result.insert(result.end(), tags.begin(), tags.end());
    return result;
}

LPSPropTagArray as_tags(std::vector<ULONG>& array) noexcept {
    return reinterpret_cast<LPSPropTagArray>(array.data());
}

}  // namespace

const SPropValue* Values::find(ULONG tag) const noexcept {
    for (ULONG i = 0; i < m_count; ++i) {
        if (m_values[i].ulPropTag == tag) return &m_values[i];
    }
    return nullptr;
}

String Values::text(ULONG tag) const {
    const SPropValue* const value = find(tag);
    return value && value->Value.lpszW ? String(value->Value.lpszW) : String();
}

std::uint32_t Values::number(ULONG tag, std::uint32_t fallback) const noexcept {
    const SPropValue* const value = find(tag);
    return value ? static_cast<std::uint32_t>(value->Value.l) : fallback;
}

bool Values::truth(ULONG tag) const noexcept {
    const SPropValue* const value = find(tag);
    return value && value->Value.b;
}

std::uint64_t Values::time(ULONG tag) const noexcept {
    const SPropValue* const value = find(tag);
    if (!value) return 0;
    return static_cast<std::uint64_t>(value->Value.ft.dwHighDateTime) << 32 |
           value->Value.ft.dwLowDateTime;
}

std::string Values::bytes(ULONG tag) const {
    const SPropValue* const value = find(tag);
    if (!value || !value->Value.bin.lpb) return {};
    return std::string(reinterpret_cast<const char*>(value->Value.bin.lpb), value->Value.bin.cb);
}

OwnedValues::OwnedValues(IMAPIProp& object, std::initializer_list<ULONG> tags,
                         const std::string& what) {
    std::vector<ULONG> array = tag_array(tags);
    ULONG count = 0;
    require(object.GetProps(as_tags(array), MAPI_UNICODE, &count, m_values.put()), what);
    m_view = Values(m_values.get(), count);
}

void for_each_row(IMAPITable& table, std::initializer_list<ULONG> tags,
                  const std::function<void(const Values&)>& row) {
    constexpr LONG kRowsAtOnce = 100;
    std::vector<ULONG> array = tag_array(tags);
    require(table.SetColumns(as_tags(array), 0), "choosing the columns of a table");
    for (;;) {
        RowSet rows;
        require(table.QueryRows(kRowsAtOnce, 0, rows.put()), "reading a table");
        if (rows.size() == 0) return;
        for (ULONG i = 0; i < rows.size(); ++i) row(Values(rows[i]));
    }
}

String long_text(IMAPIProp& object, ULONG tag) {
    OwnedValues values(object, {tag}, "reading a property");
    if (values->find(tag)) return values->text(tag);
    com::Ptr<IStream> stream;
    if (FAILED(object.OpenProperty(tag, &IID_IStream, 0, 0, stream.put_as<IUnknown>()))) return {};
    String result;
    WideChar buffer[4096];
    for (;;) {
        ULONG read = 0;
        require(stream->Read(buffer, sizeof buffer, &read), "reading a long property");
        if (read == 0) return result;
        result.append(buffer, read / sizeof(WideChar));
    }
}

}  // namespace remapi::tool
