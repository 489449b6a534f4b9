// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/table/add_columns.h"

#include <algorithm>

#include "abi/error.h"
#include "object/props/tag_array.h"

namespace remapi::object {
namespace {

/// A tag array that the caller's own function frees.
class Columns {
public:
    explicit Columns(FREEBUFFER* deallocate) noexcept : m_deallocate(deallocate) {}
    ~Columns() {
        if (m_tags) m_deallocate(m_tags);
    }
    Columns(const Columns&) = delete;
    Columns& operator=(const Columns&) = delete;

    SPropTagArray** put() noexcept { return &m_tags; }
    SPropTagArray* get() const noexcept { return m_tags; }

private:
    FREEBUFFER* m_deallocate;
    SPropTagArray* m_tags = nullptr;
};

bool has_property(std::span<const ULONG> tags, ULONG tag) noexcept {
    return std::any_of(tags.begin(), tags.end(),
                       [tag](ULONG one) { return PROP_ID(one) == PROP_ID(tag); });
}

void fill(SPropTagArray& all, std::span<const ULONG> added, std::span<const ULONG> old) noexcept {
    all.cValues = 0;
    for (const ULONG tag : added) all.aulPropTag[all.cValues++] = tag;
    for (const ULONG tag : old) {
        if (!has_property(added, tag)) all.aulPropTag[all.cValues++] = tag;
    }
}

}  // namespace

HRESULT add_columns(IMAPITable* table, SPropTagArray* added, ALLOCATEBUFFER* allocate,
                    FREEBUFFER* deallocate, ColumnFilter* filter) {
    if (!table || !added || !allocate || !deallocate) return MAPI_E_INVALID_PARAMETER;

    Columns old(deallocate);
    check(table->QueryColumns(0, old.put()), "IMAPITable::QueryColumns");
    if (!old.get()) throw Error(MAPI_E_CALL_FAILED, "QueryColumns returned no columns");
    const ULONG had = old.get()->cValues;
    if (filter) {
        filter(old.get());
        old.get()->cValues = std::min(old.get()->cValues, had);
    }

    Columns all(deallocate);
    const std::size_t count = std::size_t{added->cValues} + old.get()->cValues;
    if (count < added->cValues || count > 0xFFFFFFFFu / sizeof(ULONG) - 1)
        throw Error(MAPI_E_NOT_ENOUGH_MEMORY, "a column set over 4 GiB");
    void* block = nullptr;
    check(allocate(narrow_size(CbNewSPropTagArray(count)), &block), "allocating columns");
    *all.put() = static_cast<SPropTagArray*>(block);
    fill(*all.get(), view_tags(added), view_tags(old.get()));
    check(table->SetColumns(all.get(), 0), "IMAPITable::SetColumns");
    return S_OK;
}

}  // namespace remapi::object
