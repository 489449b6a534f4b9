// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/props/abi_compare.h"

#include <algorithm>
#include <type_traits>

#include "object/props/abi_bytes.h"
#include "object/props/abi_text.h"
#include "text/like.h"

namespace remapi::object {
namespace {

template <class Number>
requires std::is_arithmetic_v<Number> LONG order_of(Number left, Number right)
noexcept {
    if (left < right) return -1;
    if (right < left) return 1;
    if (left == right) return 0;
    // Something is not a number: those come last and are all the same.
    return static_cast<LONG>(left != left) - static_cast<LONG>(right != right);
}

std::uint64_t as_time(FILETIME time) noexcept {
    return std::uint64_t{time.dwHighDateTime} << 32 | time.dwLowDateTime;
}

LONG order_of(FILETIME left, FILETIME right) noexcept {
    return order_of(as_time(left), as_time(right));
}

LONG order_of(LARGE_INTEGER left, LARGE_INTEGER right) noexcept {
    return order_of(left.QuadPart, right.QuadPart);
}

LONG order_of_bytes(const void* left, std::size_t left_size, const void* right,
                    std::size_t right_size) noexcept {
    const std::size_t common = std::min(left_size, right_size);
    const int order = compare_memory(left, right, common);
    return order != 0 ? order : order_of(left_size, right_size);
}

LONG order_of(const SBinary& left, const SBinary& right) noexcept {
    return order_of_bytes(left.lpb, left.lpb ? left.cb : 0, right.lpb, right.lpb ? right.cb : 0);
}

LONG order_of(const GUID& left, const GUID& right) noexcept {
    return order_of_bytes(&left, sizeof left, &right, sizeof right);
}

// Null comes before every identifier.
LONG order_of(const GUID* left, const GUID* right) noexcept {
    if (!left || !right) return order_of(left != nullptr, right != nullptr);
    return compare_memory(left, right, sizeof(GUID));
}

LONG order_of(StringView left, StringView right) noexcept {
    const std::size_t common = std::min(left.size(), right.size());
    LONG by_case = 0;
    for (std::size_t i = 0; i < common; ++i) {
        if (left[i] == right[i]) continue;
        const WideChar a = text::fold(left[i]);
        const WideChar b = text::fold(right[i]);
        if (a != b) return a < b ? -1 : 1;
        // A folded letter is a small one.
        if (by_case == 0)
            by_case = left[i] == a ? -1 : right[i] == b ? 1 : left[i] < right[i] ? -1 : 1;
    }
    return left.size() == right.size() ? by_case : order_of(left.size(), right.size());
}

LONG order_of(const WCHAR* left, const WCHAR* right) {
    String left_copy;
    String right_copy;
    return order_of(abi_text(left, left_copy), abi_text(right, right_copy));
}

LONG order_of(const char* left, const char* right) {
    String left_copy;
    String right_copy;
    return order_of(abi_text(left, left_copy), abi_text(right, right_copy));
}

template <class T>
LONG order_of_many(const T* left, ULONG left_count, const T* right, ULONG right_count) {
    if (!left) left_count = 0;
    if (!right) right_count = 0;
    for (ULONG i = 0; i < std::min(left_count, right_count); ++i) {
        const LONG order = order_of(load(left + i), load(right + i));
        if (order != 0) return order;
    }
    return order_of(left_count, right_count);
}

// Restrictions and rule actions have no order; what they are made of has.
LONG order_of_parts(SPropValue& left, SPropValue& right) {
    if (left.Value.lpszA == right.Value.lpszA) return 0;
    const Bytes left_bytes = canonical_bytes(left);
    const Bytes right_bytes = canonical_bytes(right);
    return order_of_bytes(left_bytes.data(), left_bytes.size(), right_bytes.data(),
                          right_bytes.size());
}

LONG order_of_multiple(ULONG type, const _PV& a, const _PV& b) {
    switch (type) {
        case PT_MV_I2:
            return order_of_many(a.MVi.lpi, a.MVi.cValues, b.MVi.lpi, b.MVi.cValues);
        case PT_MV_LONG:
            return order_of_many(a.MVl.lpl, a.MVl.cValues, b.MVl.lpl, b.MVl.cValues);
        case PT_MV_R4:
            return order_of_many(a.MVflt.lpflt, a.MVflt.cValues, b.MVflt.lpflt, b.MVflt.cValues);
        case PT_MV_DOUBLE:
        case PT_MV_APPTIME:
            return order_of_many(a.MVdbl.lpdbl, a.MVdbl.cValues, b.MVdbl.lpdbl, b.MVdbl.cValues);
        case PT_MV_CURRENCY:
        case PT_MV_I8:
            return order_of_many(a.MVli.lpli, a.MVli.cValues, b.MVli.lpli, b.MVli.cValues);
        case PT_MV_SYSTIME:
            return order_of_many(a.MVft.lpft, a.MVft.cValues, b.MVft.lpft, b.MVft.cValues);
        case PT_MV_CLSID:
            return order_of_many(a.MVguid.lpguid, a.MVguid.cValues, b.MVguid.lpguid,
                                 b.MVguid.cValues);
        case PT_MV_BINARY:
            return order_of_many(a.MVbin.lpbin, a.MVbin.cValues, b.MVbin.lpbin, b.MVbin.cValues);
        case PT_MV_STRING8:
            return order_of_many(a.MVszA.lppszA, a.MVszA.cValues, b.MVszA.lppszA, b.MVszA.cValues);
        case PT_MV_UNICODE:
            return order_of_many(a.MVszW.lppszW, a.MVszW.cValues, b.MVszW.lppszW, b.MVszW.cValues);
        default:
            return 0;
    }
}

// What may take memory.
[[gnu::noinline]] LONG order_of_larger(SPropValue* left_at, SPropValue* right_at) {
    SPropValue left = load(left_at);
    SPropValue right = load(right_at);
    const ULONG type = data_type(left.ulPropTag);
    switch (type) {
        case PT_STRING8:
            return order_of(left.Value.lpszA, right.Value.lpszA);
        case PT_UNICODE:
            return order_of(left.Value.lpszW, right.Value.lpszW);
        case PT_SRESTRICTION:
        case PT_ACTIONS:
            return order_of_parts(left, right);
        default:
            return order_of_multiple(type, left.Value, right.Value);
    }
}

template <class T>
LONG order_of_held(SPropValue* left, SPropValue* right) noexcept {
    return order_of(load(held<T>(left)), load(held<T>(right)));
}

// Values of fixed size and bytes are compared where they are.
LONG order_of_same_type(ULONG type, SPropValue* left, SPropValue* right) {
    switch (type) {
        case PT_NULL:
            return 0;
        case PT_I2:
            return order_of_held<short>(left, right);
        case PT_LONG:
        case PT_OBJECT:
        case PT_ERROR:
            return order_of_held<LONG>(left, right);
        case PT_BOOLEAN:
            return order_of(load(held<short>(left)) != 0, load(held<short>(right)) != 0);
        case PT_R4:
            return order_of_held<float>(left, right);
        case PT_DOUBLE:
        case PT_APPTIME:
            return order_of_held<double>(left, right);
        case PT_CURRENCY:
        case PT_I8:
            return order_of_held<LARGE_INTEGER>(left, right);
        case PT_SYSTIME:
            return order_of_held<FILETIME>(left, right);
        case PT_CLSID:
            return order_of_held<GUID*>(left, right);
        case PT_BINARY:
            return order_of_binaries(left, right);
        default:
            return order_of_larger(left, right);
    }
}

bool is_like(const SPropValue& text, const SPropValue& expression) {
    String text_copy;
    String expression_copy;
    switch (data_type(text.ulPropTag)) {
        case PT_STRING8:
            return text::is_like(abi_text(text.Value.lpszA, text_copy),
                                 abi_text(expression.Value.lpszA, expression_copy));
        case PT_UNICODE:
            return text::is_like(abi_text(text.Value.lpszW, text_copy),
                                 abi_text(expression.Value.lpszW, expression_copy));
        default:
            return false;
    }
}

}  // namespace

[[gnu::flatten]] LONG order_of_binaries(SPropValue* left, SPropValue* right) noexcept {
    return order_of_held<SBinary>(left, right);
}

[[gnu::flatten]] LONG compare_props(SPropValue* left, SPropValue* right) {
    if (!left || !right) return order_of(left != nullptr, right != nullptr);
    const ULONG type = data_type(tag_at(left));
    const LONG by_type = order_of(type, data_type(tag_at(right)));
    return by_type != 0 ? by_type : order_of_same_type(type, left, right);
}

bool order_holds(ULONG relop, int order) noexcept {
    switch (relop) {
        case RELOP_LT:
            return order < 0;
        case RELOP_LE:
            return order <= 0;
        case RELOP_GT:
            return order > 0;
        case RELOP_GE:
            return order >= 0;
        case RELOP_EQ:
            return order == 0;
        case RELOP_NE:
            return order != 0;
        default:
            return false;
    }
}

bool prop_relation_holds(SPropValue* left, ULONG relop, SPropValue* right) {
    if (!left || !right || relop > RELOP_RE) return false;
    const ULONG type = data_type(tag_at(left));
    if (type != data_type(tag_at(right))) return false;
    if (relop == RELOP_RE) return is_like(load(left), load(right));
    return order_holds(relop, order_of_same_type(type, left, right));
}

bool are_equal_names(const MAPINAMEID* left_at, const MAPINAMEID* right_at) noexcept {
    if (!left_at || !right_at) return false;
    const MAPINAMEID left = load(left_at);
    const MAPINAMEID right = load(right_at);
    if (left.ulKind != right.ulKind || !left.lpguid || !right.lpguid) return false;
    if (order_of(load(left.lpguid), load(right.lpguid)) != 0) return false;
    if (left.ulKind == MNID_ID) return left.Kind.lID == right.Kind.lID;
    const WCHAR* const a = left.Kind.lpwstrName;
    const WCHAR* const b = right.Kind.lpwstrName;
    if (left.ulKind != MNID_STRING || !a || !b) return false;
    const std::size_t units = text_units(a);
    return units == text_units(b) &&
           std::memcmp(static_cast<const void*>(a), static_cast<const void*>(b),
                       units * sizeof(WCHAR)) == 0;
}

}  // namespace remapi::object
