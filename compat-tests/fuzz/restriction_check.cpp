// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Restrictions as a client may hand them over: null, shared and circular parts, unknown kinds.
#include "object/props/abi_check.h"
#include "object/props/abi_copy.h"
#include "object/restriction/restriction.h"
#include "prop_values.h"

using remapi::fuzz::Input;
using remapi::fuzz::require;
namespace object = remapi::object;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    remapi::fuzz::ValueMaker maker(input);
    SRestriction restriction = maker.restriction();
    const bool bad = object::is_bad_restriction(&restriction);

    SPropValue value;
    std::memset(&value, 0, sizeof value);
    value.ulPropTag = PROP_TAG(PT_SRESTRICTION, 0x6800);
    value.Value.lpszA = reinterpret_cast<LPSTR>(&restriction);
    ULONG bytes = 0;
    const SCODE counted = object::count_props(1, &value, &bytes);
    require(bad || counted == S_OK, "a restriction that is not bad can be counted");
    if (counted != S_OK) return 0;

    std::vector<std::uint64_t> block(bytes / sizeof(std::uint64_t) + 1);
    require(object::copy_props(1, &value, block.data(), nullptr) == S_OK,
            "a restriction that can be counted can be copied");
    const auto* const copy = reinterpret_cast<const SPropValue*>(block.data());
    auto* const copied = reinterpret_cast<SRestriction*>(copy->Value.lpszA);
    require(object::is_bad_restriction(copied) == bad, "a copy is as good as its source");
    // The copy is aligned, as a client's is that goes on to a table.
    try {
        (void)object::from_abi(*copied);
    } catch (const remapi::Error&) {
        return 0;  // what tables do not take
    }
    return 0;
}
