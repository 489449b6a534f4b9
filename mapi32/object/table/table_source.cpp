// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/table/table_source.h"

#include <algorithm>

#include "object/table/memory_table.h"

namespace remapi::object {

PropValue instance_key(RowKey key) {
    format::Writer writer;
    writer.u32(static_cast<std::uint32_t>(key));
    writer.u32(static_cast<std::uint32_t>(key >> 32));
    return PropValue(PR_INSTANCE_KEY, writer.take());
}

std::optional<RowKey> row_key_of(BytesView instance_key) noexcept {
    if (instance_key.size() != sizeof(RowKey)) return std::nullopt;
    format::Reader reader(instance_key);
    const RowKey low = reader.u32();
    return low | static_cast<RowKey>(reader.u32()) << 32;
}

std::optional<std::vector<RowKey>> TableSource::select(const Restriction*,
                                                       std::span<const SortKey>) {
    return std::nullopt;
}

std::optional<std::vector<StoredRow>> TableSource::stored_rows() {
    return std::nullopt;
}

CompactRowPtr TableSource::compact_row(RowKey key) {
    const RowPtr found = row(key);
    return found ? CompactRow::make(*found) : nullptr;
}

std::optional<RowKey> TableSource::row_before(RowKey key) {
    const std::vector<RowKey> all = keys();
    const auto at = std::find(all.begin(), all.end(), key);
    if (at != all.end() && at != all.begin()) return *(at - 1);
    // A row that the source does not list belongs at the end.
    if (at == all.end() && !all.empty()) return all.back();
    return std::nullopt;
}

std::optional<RowKey> TableSource::find_index(const PropValue& index) {
    return index.tag() == PR_INSTANCE_KEY ? row_key_of(index.bytes()) : std::nullopt;
}

bool TableSource::match_subobject(RowKey, ULONG, const Restriction&) {
    throw Error(MAPI_E_TOO_COMPLEX, "a sub-object restriction on a table without sub-objects");
}

PropValue TableSource::index_of(RowKey key) {
    return instance_key(key);
}

com::Ptr<IMAPITable> TableSource::open_view(ULONG flags, IUnknown* owner) {
    return com::make<MemoryTable>(shared_from_this(), ViewOptions{flags, owner});
}

void TableSource::row_added(RowKey key) {
    const RowChange change{TABLE_ROW_ADDED, key, index_of(key)};
    rows_changed(std::span(&change, 1));
}

void TableSource::row_modified(RowKey key) {
    const RowChange change{TABLE_ROW_MODIFIED, key, index_of(key)};
    rows_changed(std::span(&change, 1));
}

void TableSource::row_deleted(RowKey key) {
    row_deleted(key, index_of(key));
}

void TableSource::row_deleted(RowKey key, const PropValue& index) {
    const RowChange change{TABLE_ROW_DELETED, key, index};
    rows_changed(std::span(&change, 1));
}

void TableSource::rows_changed(std::span<const RowChange> changes) {
    for (const auto& view : m_views.snapshot()) view->on_rows_changed(changes);
}

void TableSource::reload() {
    for (const auto& view : m_views.snapshot()) view->on_reload();
}

}  // namespace remapi::object
