// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/props/abi_copy.h"

#include "object/props/abi_check.h"
#include "object/props/abi_pack.h"

namespace remapi::object {
namespace {

bool is_array(int count, const SPropValue* values) noexcept {
    return count >= 0 && (values || count == 0);
}

std::uint64_t array_bytes(int count) noexcept {
    return static_cast<std::uint64_t>(count) * sizeof(SPropValue);
}

bool can_be_counted(const SPropValue& value) noexcept {
    const ULONG id = PROP_ID(value.ulPropTag);
    if (id == PROP_ID_NULL || id == PROP_ID_INVALID) return false;
    // The count is the first member of every multi-valued structure.
    const bool multiple = (data_type(value.ulPropTag) & MV_FLAG) != 0;
    return !multiple || value.Value.MVl.cValues != 0;
}

SCODE told_size(const Layout& layout, ULONG* size) noexcept {
    if (layout.end() > Layout::kLimit) return MAPI_E_INVALID_PARAMETER;
    if (size) *size = static_cast<ULONG>(layout.end());
    return S_OK;
}

// How far into a block an array may lie whose base is the block's, not its own.
constexpr std::uintptr_t kFarthest = std::uintptr_t{1} << 28;

// Where the block that holds the array is now: its old or its new base when the array lies in it,
// otherwise the array starts the block.
std::uintptr_t present_base(std::uintptr_t array, std::uintptr_t from, std::uintptr_t to) noexcept {
    const std::uintptr_t nearer = array - from < array - to ? from : to;
    return array - nearer < kFarthest ? nearer : array;
}

bool all_types_known(int count, const SPropValue* values) noexcept {
    for (int i = 0; i < count; ++i) {
        if (!is_value_type(load(reinterpret_cast<const ULONG*>(values + i)))) return false;
    }
    return true;
}

template <class Element>
ULONG many_bytes(ULONG count) noexcept {
    const std::uint64_t size = std::uint64_t{count} * sizeof(Element);
    return size > Layout::kLimit ? 0 : static_cast<ULONG>(size);
}

template <class T, class Size>
ULONG sum_of(const T* elements, ULONG count, Size size) noexcept {
    std::uint64_t sum = 0;
    for (ULONG i = 0; elements && i < count && sum <= Layout::kLimit; ++i)
        sum += size(load(elements + i));
    return sum > Layout::kLimit ? 0 : static_cast<ULONG>(sum);
}

template <class Char>
std::uint64_t text_bytes(const Char* text) noexcept {
    return text ? (text_units(text) + 1) * sizeof(Char) : 0;
}

ULONG measured(SPropValue& value) noexcept {
    Measurer measurer;
    if (AbiWalk(measurer).data(value, 0) != S_OK) return 0;
    return static_cast<ULONG>(measurer.layout.end());
}

ULONG larger_size(SPropValue& value) noexcept {
    const auto& data = value.Value;
    switch (data_type(value.ulPropTag)) {
        case PT_MV_I2:
            return many_bytes<short>(data.MVi.cValues);
        case PT_MV_LONG:
        case PT_MV_R4:
            return many_bytes<LONG>(data.MVl.cValues);
        case PT_MV_DOUBLE:
        case PT_MV_APPTIME:
        case PT_MV_CURRENCY:
        case PT_MV_SYSTIME:
        case PT_MV_I8:
            return many_bytes<LARGE_INTEGER>(data.MVli.cValues);
        case PT_MV_CLSID:
            return many_bytes<GUID>(data.MVguid.cValues);
        case PT_MV_STRING8:
            return sum_of(data.MVszA.lppszA, data.MVszA.cValues, text_bytes<char>);
        case PT_MV_UNICODE:
            return sum_of(data.MVszW.lppszW, data.MVszW.cValues, text_bytes<WCHAR>);
        case PT_MV_BINARY:
            return sum_of(data.MVbin.lpbin, data.MVbin.cValues,
                          [](const SBinary& bin) { return std::uint64_t{bin.cb}; });
        default:
            return measured(value);
    }
}

}  // namespace

SCODE count_props(int count, SPropValue* values, ULONG* size) noexcept {
    if (!is_array(count, values)) return MAPI_E_INVALID_PARAMETER;
    Measurer measurer;
    measurer.layout = Layout(array_bytes(count));
    for (int i = 0; i < count; ++i) {
        SPropValue value = load(values + i);
        // One walk for each value: the limit of its parts is its own.
        if (!can_be_counted(value) || AbiWalk(measurer).data(value, 0) != S_OK ||
            !measurer.layout.end_value())
            return MAPI_E_INVALID_PARAMETER;
    }
    return told_size(measurer.layout, size);
}

SCODE copy_props(int count, SPropValue* values, void* destination, ULONG* size) noexcept {
    if (!is_array(count, values) || !destination) return MAPI_E_INVALID_PARAMETER;
    Copier copier(destination, array_bytes(count));
    auto* const to = static_cast<SPropValue*>(destination);
    for (int i = 0; i < count; ++i) {
        SPropValue value = load(values + i);
        if (AbiWalk(copier).data(value, 0) != S_OK || !copier.layout.end_value())
            return MAPI_E_INVALID_PARAMETER;
        store(to + i, value);
    }
    return told_size(copier.layout, size);
}

SCODE relocate_props(int count, SPropValue* values, const void* old_base, void* new_base,
                     ULONG* size) noexcept {
    if (!is_array(count, values) || !all_types_known(count, values))
        return MAPI_E_INVALID_PARAMETER;
    const auto from = reinterpret_cast<std::uintptr_t>(old_base);
    const auto to = reinterpret_cast<std::uintptr_t>(new_base);
    const auto array = reinterpret_cast<std::uintptr_t>(values);
    Relocator relocator(from, to, present_base(array, from, to), size != nullptr);
    relocator.layout = Layout(array_bytes(count));
    for (int i = 0; i < count; ++i) {
        if (AbiWalk(relocator).value(values + i) != S_OK || !relocator.layout.end_value())
            return MAPI_E_INVALID_PARAMETER;
    }
    return told_size(relocator.layout, size);
}

SCODE duplicate_props(int count, SPropValue* values, ALLOCATEBUFFER* allocate,
                      SPropValue** duplicate) noexcept {
    if (!duplicate) return MAPI_E_INVALID_PARAMETER;
    *duplicate = nullptr;
    ULONG size = 0;
    if (!allocate) return MAPI_E_INVALID_PARAMETER;
    SCODE code = count_props(count, values, &size);
    void* block = nullptr;
    if (code == S_OK) code = allocate(size, &block);
    if (FAILED(code)) return code;
    if (!block) return MAPI_E_NOT_ENOUGH_MEMORY;
    code = copy_props(count, values, block, nullptr);
    if (code == S_OK) *duplicate = static_cast<SPropValue*>(block);
    return code;
}

SCODE copy_value(SPropValue* destination, SPropValue* source, ALLOCATEMORE* allocate_more,
                 void* root) noexcept {
    if (!destination || !source) return MAPI_E_INVALID_PARAMETER;
    SPropValue value = load(source);
    Measurer measurer;
    SCODE code = AbiWalk(measurer).data(value, 0);
    if (code != S_OK) return code;
    const std::uint64_t size = measurer.layout.end();
    void* block = nullptr;
    if (size != 0) {
        if (!allocate_more) return MAPI_E_INVALID_PARAMETER;
        code = allocate_more(static_cast<ULONG>(size), root, &block);
        if (FAILED(code)) return code;
        if (!block) return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    Copier copier(block, 0);
    code = AbiWalk(copier).data(value, 0);
    if (code == S_OK) store(destination, value);
    return code;
}

ULONG value_size(SPropValue* at) noexcept {
    if (!at) return 0;
    SPropValue value = load(at);
    switch (data_type(value.ulPropTag)) {
        case PT_NULL:
            return 0;
        case PT_I2:
            return sizeof(value.Value.i);
        case PT_BOOLEAN:
            return sizeof(value.Value.b);
        case PT_LONG:
        case PT_R4:
        case PT_ERROR:
        case PT_OBJECT:
            return sizeof(value.Value.l);
        case PT_DOUBLE:
        case PT_APPTIME:
        case PT_CURRENCY:
        case PT_I8:
        case PT_SYSTIME:
            return sizeof(value.Value.li);
        case PT_STRING8:
            return static_cast<ULONG>(text_bytes(value.Value.lpszA));
        case PT_UNICODE:
            return static_cast<ULONG>(text_bytes(value.Value.lpszW));
        case PT_BINARY:
            return value.Value.bin.cb;
        case PT_CLSID:
            return sizeof(GUID);
        default:
            return larger_size(value);
    }
}

}  // namespace remapi::object
