// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/model/search_criteria.h"

#include "providers/localstore/backend/stored_properties.h"

namespace remapi::localstore {
namespace {

constexpr std::uint8_t kCriteriaVersion = 1;
/// As deep as object::from_abi lets a restriction be.
constexpr unsigned kMostLevels = 64;

[[noreturn]] void fail_criteria() {
    throw Error(MAPI_E_CORRUPT_DATA, "reading what a search folder looks for");
}

void put_values(format::Writer& out, std::span<const PropValue> values) {
    StoredProperties stored;
    for (const PropValue& value : values) {
        if (value.tag() != 0) stored.values.set(value);
    }
    const Bytes blob = encode_properties(stored);
    out.u32(narrow_size(blob.size()));
    out.bytes(blob);
}

std::vector<PropValue> get_values(format::Reader& in) {
    const std::uint32_t size = in.u32();
    const BytesView blob = in.bytes(size);
    if (in.failed()) fail_criteria();
    const StoredProperties stored = decode_properties(blob);
    return {stored.values.values().begin(), stored.values.values().end()};
}

void put_node(format::Writer& out, const Restriction& node) {
    for (const ULONG number : {node.kind, node.operation, node.tag, node.second_tag, node.number})
        out.u32(number);
    put_values(out, {&node.value, 1});
    put_values(out, node.comment);
    out.u32(narrow_size(node.children.size()));
    for (const Restriction& child : node.children) put_node(out, child);
}

Restriction get_node(format::Reader& in, unsigned level) {
    if (level > kMostLevels) fail_criteria();
    Restriction node;
    for (ULONG* const number :
         {&node.kind, &node.operation, &node.tag, &node.second_tag, &node.number})
        *number = in.u32();
    const std::vector<PropValue> value = get_values(in);
    if (value.size() > 1) fail_criteria();
    if (!value.empty()) node.value = value[0];
    node.comment = get_values(in);
    const std::uint32_t children = in.u32();
    // No child takes less than this.
    constexpr std::size_t kSmallestNode = 8 * sizeof(std::uint32_t);
    if (in.failed() || children > in.rest().size() / kSmallestNode) fail_criteria();
    for (std::uint32_t i = 0; i < children; ++i) node.children.push_back(get_node(in, level + 1));
    return node;
}

}  // namespace

Bytes encode_restriction(const Restriction& restriction) {
    format::Writer out;
    out.u8(kCriteriaVersion);
    put_node(out, restriction);
    return out.take();
}

Restriction decode_restriction(BytesView bytes) {
    format::Reader in(bytes);
    if (in.u8() != kCriteriaVersion) fail_criteria();
    Restriction restriction = get_node(in, 0);
    if (in.failed() || !in.rest().empty()) fail_criteria();
    return restriction;
}

}  // namespace remapi::localstore
