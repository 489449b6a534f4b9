// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/props/abi_copy.h"

#include "object/props/abi_check.h"
#include "object/props/abi_pack.h"
#include "port/cpu.h"

namespace remapi::object {
namespace {

bool is_array(int count, const SPropValue* values) noexcept {
    return count == 0 || (count > 0 && values &&
                          static_cast<ULONG>(count) <= Layout::kLimit / sizeof(SPropValue));
}

ULONG array_bytes(int count) noexcept {
    return static_cast<ULONG>(count) * sizeof(SPropValue);
}

bool can_be_counted(SPropValue* at) noexcept {
    const ULONG tag = tag_at(at);
    const ULONG id = PROP_ID(tag);
    if (id == PROP_ID_NULL || id == PROP_ID_INVALID) return false;
    // The count is the first member of every multi-valued structure.
    const bool multiple = (data_type(tag) & MV_FLAG) != 0;
    return !multiple || load(held<ULONG>(at)) != 0;
}

// Visits a value and what it points to. One walk for each: the limit of its parts is its own.
template <class Handler>
bool pack_next(Handler& handler, SPropValue* at) noexcept {
    if (type_of(tag_at(at)).place == Place::InValue) return true;  // nothing to pack
    return walk(handler, at) == S_OK && handler.end_value();
}

template <Registers registers>
SCODE measure(int count, SPropValue* values, ULONG* size) noexcept {
    MeasurerWith<registers> measurer(array_bytes(count));
    for (SPropValue* const end = values + count; values != end; ++values) {
        if (!can_be_counted(values) || !pack_next(measurer, values))
            return MAPI_E_INVALID_PARAMETER;
    }
    return told_size(measurer, size);
}

[[gnu::flatten]] SCODE measure_plainly(int count, SPropValue* values, ULONG* size) noexcept {
    return measure<kRegisters>(count, values, size);
}

REMAPI_WIDE_REGISTERS [[gnu::flatten]] SCODE measure_by_wide(int count, SPropValue* values,
                                                             ULONG* size) noexcept {
    return measure<kBestRegisters>(count, values, size);
}

template <Registers registers>
SCODE pack(int count, const SPropValue* values, void* destination, ULONG* size) noexcept {
    CopierWith<registers> copier(destination, array_bytes(count));
    auto* to = static_cast<SPropValue*>(destination);
    for (const SPropValue* const end = values + count; values != end; ++values, ++to) {
        assign(to, values);
        if (!pack_next(copier, to)) return MAPI_E_INVALID_PARAMETER;
    }
    return told_size(copier, size);
}

[[gnu::flatten]] SCODE pack_plainly(int count, const SPropValue* values, void* destination,
                                    ULONG* size) noexcept {
    return pack<kRegisters>(count, values, destination, size);
}

REMAPI_WIDE_REGISTERS [[gnu::flatten]] SCODE pack_by_wide(int count, const SPropValue* values,
                                                          void* destination, ULONG* size) noexcept {
    return pack<kBestRegisters>(count, values, destination, size);
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
        if (!is_value_type(tag_at(values + i))) return false;
    }
    return true;
}

// 0 for what no ULONG can say.
ULONG narrowed(std::uint64_t size) noexcept {
    return size > Layout::kLimit ? 0 : static_cast<ULONG>(size);
}

// Whether a function that is marked REMAPI_WIDE_REGISTERS is there to be called instead.
bool can_do_better() noexcept {
    return kBestRegisters != kRegisters && port::has_wide_registers();
}

template <Registers registers = kRegisters, class Char>
std::uint64_t text_size(const Char* text) noexcept {
    return text ? text_bytes<registers>(text) : 0;
}

template <class Char>
REMAPI_WIDE_REGISTERS [[gnu::flatten]] ULONG size_of_text_by_wide(const Char* text) noexcept {
    return narrowed(text_size<kBestRegisters>(text));
}

template <class T, class Size>
ULONG sum_of(const T* elements, ULONG count, Size size) noexcept {
    std::uint64_t sum = 0;
    for (ULONG i = 0; elements && i < count && sum <= Layout::kLimit; ++i)
        sum += size(load(elements + i));
    return narrowed(sum);
}

ULONG many_size(SPropValue* at) noexcept {
    const SPropValue value = load(at);
    const auto& data = value.Value;
    const ULONG count = data.MVl.cValues;  // the first member of every multi-valued structure
    const PropertyType& element = element_type_of(value.ulPropTag);
    switch (element.place) {
        case Place::InValue:
        case Place::Guid:
            return narrowed(std::uint64_t{count} * element.size_bytes);
        case Place::NarrowText:
            return sum_of(data.MVszA.lppszA, count, text_size<kRegisters, char>);
        case Place::WideText:
            return sum_of(data.MVszW.lppszW, count, text_size<kRegisters, WCHAR>);
        case Place::Bytes:
            return sum_of(data.MVbin.lpbin, count,
                          [](const SBinary& bin) { return std::uint64_t{bin.cb}; });
        case Place::Structure:
        case Place::Unknown:
            break;
    }
    return 0;
}

}  // namespace

[[gnu::flatten]] ULONG size_of_text(const char* text) noexcept {
    if (can_do_better()) return size_of_text_by_wide(text);
    return narrowed(text_size(text));
}

[[gnu::flatten]] ULONG size_of_text(const WCHAR* text) noexcept {
    if (can_do_better()) return size_of_text_by_wide(text);
    return narrowed(text_size(text));
}

ULONG size_of_any(SPropValue* at) noexcept {
    const PropertyType& type = type_of(tag_at(at));
    if (type.size_bytes != 0) return type.size_bytes;
    switch (type.place) {
        case Place::NarrowText:
            return size_of_text(load(held<LPSTR>(at)));
        case Place::WideText:
            return size_of_text(load(held<LPWSTR>(at)));
        case Place::Bytes:
            return load(held<ULONG>(at));
        case Place::Structure: {
            Measurer measurer;
            return walk_any(measurer, at) == S_OK ? measurer.layout.end() : 0;
        }
        default:
            return many_size(at);
    }
}

SCODE count_props(int count, SPropValue* values, ULONG* size) noexcept {
    if (!is_array(count, values)) return MAPI_E_INVALID_PARAMETER;
    return can_do_better() ? measure_by_wide(count, values, size)
                           : measure_plainly(count, values, size);
}

SCODE copy_props(int count, SPropValue* values, void* destination, ULONG* size) noexcept {
    if (!is_array(count, values) || !destination) return MAPI_E_INVALID_PARAMETER;
    return can_do_better() ? pack_by_wide(count, values, destination, size)
                           : pack_plainly(count, values, destination, size);
}

[[gnu::flatten]] SCODE relocate_props(int count, SPropValue* values, const void* old_base,
                                      void* new_base, ULONG* size) noexcept {
    if (!is_array(count, values) || !all_types_known(count, values))
        return MAPI_E_INVALID_PARAMETER;
    const auto from = reinterpret_cast<std::uintptr_t>(old_base);
    const auto to = reinterpret_cast<std::uintptr_t>(new_base);
    const auto array = reinterpret_cast<std::uintptr_t>(values);
    Relocator relocator(from, to, present_base(array, from, to), array, array_bytes(count));
    for (SPropValue* const end = values + count; values != end; ++values) {
        if (!pack_next(relocator, values)) return MAPI_E_INVALID_PARAMETER;
    }
    return told_size(relocator, size);
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

[[gnu::flatten]] SCODE copy_value(SPropValue* destination, SPropValue* source,
                                  ALLOCATEMORE* allocate_more, void* root) noexcept {
    if (!destination || !source) return MAPI_E_INVALID_PARAMETER;
    SPropValue value = load(source);  // once: what was measured is what is copied
    Measurer measurer;
    SCODE code = walk(measurer, &value);
    if (code != S_OK) return code;
    const ULONG size = measurer.layout.end();
    void* block = nullptr;
    if (size != 0) {
        if (!allocate_more) return MAPI_E_INVALID_PARAMETER;
        code = allocate_more(size, root, &block);
        if (FAILED(code)) return code;
        if (!block) return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    Copier copier(block);
    code = walk(copier, &value);
    if (code == S_OK) store(destination, value);
    return code;
}

}  // namespace remapi::object
