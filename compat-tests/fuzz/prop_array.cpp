// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Arrays of property values through everything that works on them as they are: counting, copying,
// relocating, duplicating, checking, comparing, searching.
#include <algorithm>

#include "memory/allocator.h"
#include "object/props/abi_check.h"
#include "object/props/abi_compare.h"
#include "object/props/abi_contains.h"
#include "object/props/abi_copy.h"
#include "object/props/abi_find.h"
#include "prop_values.h"

using remapi::fuzz::Input;
using remapi::fuzz::require;
namespace object = remapi::object;

namespace {

using Block = std::vector<std::uint64_t>;

Block block_of(ULONG size) {
    return Block(size / sizeof(std::uint64_t) + 1, 0x5A5A5A5A5A5A5A5A);
}

SPropValue* values_in(Block& block) {
    return reinterpret_cast<SPropValue*>(block.data());
}

void check_equal(int count, SPropValue* expected, SPropValue* actual) {
    for (int i = 0; i < count; ++i)
        require(object::compare_props(expected + i, actual + i) == 0, "a copy equals its source");
}

/// To the base `standard` and back, at another place.
void check_relocation(int count, SPropValue* values, Block& packed, std::uintptr_t standard) {
    auto* const base = reinterpret_cast<void*>(standard);
    require(object::relocate_props(count, values_in(packed), packed.data(), base, nullptr) == S_OK,
            "what was packed can be relocated");
    Block moved = packed;
    std::fill(packed.begin(), packed.end(), 0);
    ULONG size = 0;
    require(object::relocate_props(count, values_in(moved), base, moved.data(), &size) == S_OK,
            "what was relocated can be relocated back");
    require(size <= moved.size() * sizeof(std::uint64_t), "no size grows");
    check_equal(count, values, values_in(moved));
}

void check_packing(int count, SPropValue* values, std::uintptr_t standard) {
    ULONG size = 0;
    if (object::count_props(count, values, &size) != S_OK) return;
    ULONG sum = 0;
    for (int i = 0; i < count; ++i) {
        ULONG one = 0;
        require(object::count_props(1, values + i, &one) == S_OK,
                "parts of an array can be counted");
        sum += one;
    }
    require(sum == size, "an array is as large as its values");
    Block packed = block_of(size);
    ULONG written = 0;
    require(object::copy_props(count, values, packed.data(), &written) == S_OK,
            "what can be counted can be copied");
    require(written == size, "as many bytes are written as were counted");
    check_equal(count, values, values_in(packed));
    require(object::are_bad_values(static_cast<ULONG>(count), values) ==
                object::are_bad_values(static_cast<ULONG>(count), values_in(packed)),
            "a copy is as good as its source");
    check_relocation(count, values, packed, standard);
}

void check_one(SPropValue* value) {
    (void)object::value_size(value);
    (void)object::is_bad_value(value);
    void* root = nullptr;
    require(remapi::memory::allocate_buffer(sizeof(SPropValue), &root) == S_OK, "memory");
    SPropValue copy;
    const SCODE code = object::copy_value(&copy, value, remapi::memory::allocate_more, root);
    if (code == S_OK) require(object::compare_props(&copy, value) == 0, "a copy equals its source");
    remapi::memory::free_buffer(root);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    remapi::fuzz::ValueMaker maker(input);
    const ULONG count = input.u8() % 8;
    const std::uintptr_t standard = input.u8();
    const auto level = static_cast<ULONG>(input.number(4));
    SPropValue* const values = maker.values(count);
    const int known = values ? static_cast<int>(count) : 0;
    check_packing(static_cast<int>(count), values, standard);
    for (int i = 0; i < known; ++i) {
        check_one(values + i);
        (void)object::find_prop(values, count, level);
        const int next = (i + 1) % known;
        try {
            const LONG order = object::compare_props(values + i, values + next);
            const LONG reverse = object::compare_props(values + next, values + i);
            require((order < 0) == (reverse > 0) && (order == 0) == (reverse == 0),
                    "an order is the same from both sides");
            (void)object::prop_relation_holds(values + i, RELOP_RE, values + next);
        } catch (const remapi::Error&) {
            // a restriction that is malformed has no order
        }
        (void)object::prop_contains(values + i, values + next, level);
    }
    return 0;
}
