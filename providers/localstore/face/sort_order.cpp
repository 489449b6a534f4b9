// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/face/sort_order.h"

namespace remapi::localstore {
namespace {

constexpr ULONG kMostSorts = 64;

bool is_order(ULONG order) {
    return order == TABLE_SORT_ASCEND || order == TABLE_SORT_DESCEND || order == TABLE_SORT_COMBINE;
}

}  // namespace

SSortOrderSet* SortOrder::set() const noexcept {
    return reinterpret_cast<SSortOrderSet*>(m_words.data());
}

void SortOrder::reserve(ULONG sorts) {
    m_words.assign(CbNewSSortOrderSet(sorts) / sizeof(ULONG) + 1, 0);
    set()->cSorts = sorts;
}

SortOrder::SortOrder(BytesView kept) {
    if (kept.empty()) return;
    format::Reader in(kept);
    const ULONG sorts = in.u32();
    if (sorts > kMostSorts) throw Error(MAPI_E_CORRUPT_DATA, "reading the sort order of a folder");
    reserve(sorts);
    set()->cCategories = in.u32();
    set()->cExpanded = in.u32();
    for (ULONG i = 0; i < sorts; ++i) {
        set()->aSort[i].ulPropTag = in.u32();
        set()->aSort[i].ulOrder = in.u32();
    }
    if (in.failed() || !in.rest().empty())
        throw Error(MAPI_E_CORRUPT_DATA, "reading the sort order of a folder");
}

SortOrder::SortOrder(const SSortOrderSet& order) {
    bool valid = order.cSorts != 0 && order.cSorts <= kMostSorts &&
                 order.cCategories <= order.cSorts && order.cExpanded <= order.cCategories;
    for (ULONG i = 0; valid && i < order.cSorts; ++i) valid = is_order(order.aSort[i].ulOrder);
    if (!valid) throw Error(MAPI_E_INVALID_PARAMETER, "a sort order that is none");
    reserve(order.cSorts);
    std::memcpy(m_words.data(), &order, CbSSortOrderSet(&order));
}

Bytes SortOrder::kept() const {
    if (m_words.empty()) return {};
    const SSortOrderSet& order = *set();
    format::Writer out;
    out.u32(order.cSorts);
    out.u32(order.cCategories);
    out.u32(order.cExpanded);
    for (ULONG i = 0; i < order.cSorts; ++i) {
        out.u32(order.aSort[i].ulPropTag);
        out.u32(order.aSort[i].ulOrder);
    }
    return out.take();
}

}  // namespace remapi::localstore
