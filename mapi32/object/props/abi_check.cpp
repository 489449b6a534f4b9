// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/props/abi_check.h"

#include "object/props/abi_walk.h"
#include "port/memory_probe.h"

namespace remapi::object {
namespace {

constexpr ULONG kMatchKind = 0x0000FFFF;  // the half of a fuzzy level that says how much must match

template <class T>
bool readable(const T* at, std::uint64_t count = 1) noexcept {
    return port::is_readable(at, count * sizeof(T));
}

// The first member.
ULONG count_of(const SPropTagArray* tags) noexcept {
    return load(reinterpret_cast<const ULONG*>(tags));
}

/// Probes what AbiWalk visits.
class Checker {
public:
    static constexpr bool kWrites = false;

    template <class Char>
    SCODE text(const Char* field) noexcept {
        return told(port::is_readable_text(field));
    }
    template <class T>
    SCODE array(T* field, ULONG count, T*& elements) noexcept {
        elements = field;
        return told(readable(field, count));
    }
    SCODE counted(const BYTE* field, std::size_t header, std::size_t element,
                  ULONG& size) noexcept {
        if (!port::is_readable(field, header)) return MAPI_E_INVALID_PARAMETER;
        const std::uint64_t all =
            header + std::uint64_t{load(reinterpret_cast<const ULONG*>(field))} * element;
        size = static_cast<ULONG>(all);
        return told(all <= 0xFFFFFFFF && port::is_readable(field, all));
    }
    SCODE accept(const SPropValue& value) noexcept {
        const bool boolean = data_type(value.ulPropTag) == PT_BOOLEAN;
        return told(is_value_type(value.ulPropTag) && (!boolean || value.Value.b <= 1));
    }
    SCODE accept(const abi::RuleAction& action) noexcept {
        if (action.operation != abi::RuleOperation::Tag) return S_OK;
        return accept(action.data.tag);
    }
    SCODE accept(const SRestriction& restriction) noexcept {
        const auto& res = restriction.res;
        switch (restriction.rt) {
            case RES_CONTENT:
                return told((res.resContent.ulFuzzyLevel & kMatchKind) <= FL_PREFIX &&
                            !is_bad_tag(res.resContent.ulPropTag));
            case RES_PROPERTY:
                return told(res.resProperty.relop <= RELOP_RE &&
                            !is_bad_tag(res.resProperty.ulPropTag));
            case RES_COMPAREPROPS:
                return told(res.resCompareProps.relop <= RELOP_RE &&
                            !is_bad_tag(res.resCompareProps.ulPropTag1) &&
                            !is_bad_tag(res.resCompareProps.ulPropTag2));
            case RES_BITMASK:
                return told(res.resBitMask.relBMR <= BMR_NEZ &&
                            !is_bad_tag(res.resBitMask.ulPropTag));
            case RES_SIZE:
                return told(res.resSize.relop <= RELOP_RE && !is_bad_tag(res.resSize.ulPropTag));
            case RES_EXIST:
                return told(!is_bad_tag(res.resExist.ulPropTag));
            case RES_SUBRESTRICTION:
                return told(!is_bad_tag(res.resSub.ulSubObject));
            default:
                return S_OK;  // the walk refuses unknown kinds
        }
    }

private:
    static SCODE told(bool sound) noexcept { return sound ? S_OK : MAPI_E_INVALID_PARAMETER; }
};

template <class Char>
bool are_bad(Char* const* texts, ULONG count) noexcept {
    if (!readable(texts, count)) return true;
    for (ULONG i = 0; i < count; ++i) {
        if (!port::is_readable_text(load(texts + i))) return true;
    }
    return false;
}

bool is_bad_name(const MAPINAMEID* at) noexcept {
    if (!readable(at)) return true;
    const MAPINAMEID name = load(at);
    if (!readable(name.lpguid)) return true;
    if (name.ulKind == MNID_ID) return false;
    return name.ulKind != MNID_STRING || !port::is_readable_text(name.Kind.lpwstrName);
}

}  // namespace

bool is_bad_tag(ULONG tag) noexcept {
    return PROP_TYPE(tag) != PT_UNSPECIFIED && !is_value_type(tag);
}

bool is_bad_value(SPropValue* value) noexcept {
    return are_bad_values(1, value);
}

bool are_bad_values(ULONG count, SPropValue* values) noexcept {
    if (!readable(values, count)) return true;
    Checker checker;
    for (ULONG i = 0; i < count; ++i) {
        if (AbiWalk(checker).value(values + i) != S_OK) return true;
    }
    return false;
}

bool is_bad_row(const SRow* at) noexcept {
    if (!readable(at)) return true;
    const SRow row = load(at);
    return are_bad_values(row.cValues, row.lpProps);
}

bool is_bad_row_set(const SRowSet* rows) noexcept {
    if (!port::is_readable(rows, CbNewSRowSet(0))) return true;
    const ULONG count = load(reinterpret_cast<const ULONG*>(rows));
    if (!port::is_readable(rows, CbNewSRowSet(0) + std::uint64_t{count} * sizeof(SRow)))
        return true;
    const auto* row =
        reinterpret_cast<const SRow*>(reinterpret_cast<const BYTE*>(rows) + CbNewSRowSet(0));
    for (ULONG i = 0; i < count; ++i) {
        if (is_bad_row(row + i)) return true;
    }
    return false;
}

bool is_bad_tag_array(const SPropTagArray* tags) noexcept {
    return !readable(reinterpret_cast<const ULONG*>(tags)) ||
           !readable(reinterpret_cast<const ULONG*>(tags), std::uint64_t{count_of(tags)} + 1);
}

bool is_bad_column_set(const SPropTagArray* tags) noexcept {
    if (is_bad_tag_array(tags)) return true;
    const ULONG count = count_of(tags);
    const ULONG* const first = reinterpret_cast<const ULONG*>(tags) + 1;
    for (ULONG i = 0; i < count; ++i) {
        const ULONG tag = load(first + i);
        if (is_bad_tag(tag) || PROP_TYPE(tag) == PT_ERROR) return true;
    }
    return false;
}

bool is_bad_sort_order_set(const SSortOrderSet* orders) noexcept {
    constexpr ULONG kFixed = 3;  // counts that come before the sort orders
    const auto* const numbers = reinterpret_cast<const ULONG*>(orders);
    if (!readable(numbers, kFixed)) return true;
    const ULONG count = load(numbers);
    const ULONG categories = load(numbers + 1);
    if (categories > count || load(numbers + 2) > categories) return true;
    const auto* const order = reinterpret_cast<const SSortOrder*>(numbers + kFixed);
    if (!readable(order, count)) return true;
    for (ULONG i = 0; i < count; ++i) {
        const SSortOrder one = load(order + i);
        const bool known = one.ulOrder <= TABLE_SORT_COMBINE || one.ulOrder == 4 ||  // CATEG_MAX
                           one.ulOrder == 8;                                         // CATEG_MIN
        if (!known || is_bad_tag(one.ulPropTag) || PROP_TYPE(one.ulPropTag) == PT_ERROR)
            return true;
    }
    return false;
}

bool is_bad_entry_id(ULONG size, const void* id) noexcept {
    return size < sizeof(ENTRYID::abFlags) || !port::is_readable(id, size);
}

bool is_bad_entry_list(const ENTRYLIST* at) noexcept {
    if (!readable(at)) return true;
    const ENTRYLIST list = load(at);
    if (!readable(list.lpbin, list.cValues)) return true;
    for (ULONG i = 0; i < list.cValues; ++i) {
        const SBinary id = load(list.lpbin + i);
        if (is_bad_entry_id(id.cb, id.lpb)) return true;
    }
    return false;
}

bool is_bad_restriction(SRestriction* restriction) noexcept {
    Checker checker;
    return !readable(restriction) || AbiWalk(checker).restriction(restriction, 1) != S_OK;
}

bool are_bad_texts(char* const* texts, ULONG count) noexcept {
    return are_bad(texts, count);
}

bool are_bad_texts(WCHAR* const* texts, ULONG count) noexcept {
    return are_bad(texts, count);
}

bool are_bad_names(MAPINAMEID* const* names, ULONG count) noexcept {
    if (!readable(names, count)) return true;
    for (ULONG i = 0; i < count; ++i) {
        if (is_bad_name(load(names + i))) return true;
    }
    return false;
}

bool is_bad_object(const void* object) noexcept {
    using Method = const void*;
    const auto* const table_at = static_cast<const Method* const*>(object);
    if (!readable(table_at)) return true;
    const Method* const methods = load(table_at);
    if (!readable(methods, 3)) return true;
    for (int i = 0; i < 3; ++i) {
        if (!port::is_readable(load(methods + i), 1)) return true;
    }
    return false;
}

}  // namespace remapi::object
