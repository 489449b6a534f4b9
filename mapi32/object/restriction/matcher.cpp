// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/restriction/matcher.h"

#include <algorithm>

#include "object/props/abi_compare.h"
#include "object/restriction/text_pattern.h"
#include "text/like.h"

namespace remapi::object {

/// A restriction with what makes matching quick.
struct Matcher::Node {
    const Restriction* from = nullptr;
    std::vector<std::unique_ptr<Node>> children;
    Cell value;
    std::unique_ptr<TextPattern> pattern;
    mutable std::atomic<ULONG> left{0};  ///< how often a count restriction may still match
};

namespace {

// What could not be read is absent.
const Cell* readable(const RowView& row, ULONG tag) noexcept {
    const Cell* const found = row.find(tag);
    return found && !found->is_error() ? found : nullptr;
}

bool holds_many_of(const Cell& values, const Cell& single) noexcept {
    return values.kind() == CellKind::Many && single.kind() != CellKind::Many &&
           plain_type(values.tag) == (plain_type(single.tag) | MV_FLAG);
}

bool is_like(const Cell& cell, const Cell& expression) {
    return cell.kind() == CellKind::Text && expression.kind() == CellKind::Text &&
           text::is_like(cell.text(), expression.text());
}

bool bits_match(const Restriction& restriction, const RowView& row) {
    const Cell* const found = readable(row, restriction.tag);
    if (!found || found->kind() != CellKind::Whole) return false;
    const bool any = (static_cast<ULONG>(found->number) & restriction.number) != 0;
    return any == (restriction.operation == BMR_NEZ);
}

bool size_matches(const Restriction& restriction, const RowView& row) {
    const Cell* const found = readable(row, restriction.tag);
    if (!found) return false;
    const std::size_t size = cell_size_bytes(*found, restriction.tag);
    const int order = size < restriction.number ? -1 : size > restriction.number ? 1 : 0;
    return order_holds(restriction.operation, order);
}

bool sub_matches(const Restriction& restriction, const MatchSubobject& subobject) {
    if (!subobject)
        throw Error(MAPI_E_TOO_COMPLEX, "a sub-object restriction on a table without sub-objects");
    return subobject(restriction.tag, restriction.children.at(0));
}

// Takes one of what is left, from whichever thread.
bool counted(std::atomic<ULONG>& left) noexcept {
    ULONG seen = left.load(std::memory_order_relaxed);
    while (seen != 0) {
        if (left.compare_exchange_weak(seen, seen - 1, std::memory_order_relaxed)) return true;
    }
    return false;
}

}  // namespace

Matcher::Matcher(std::shared_ptr<const Restriction> restriction)
    : m_restriction(std::move(restriction)), m_root(compiled(*m_restriction, m_store)) {}

Matcher::~Matcher() = default;

std::unique_ptr<Matcher::Node> Matcher::compiled(const Restriction& restriction, CellStore& store) {
    auto node = std::make_unique<Node>();
    node->from = &restriction;
    node->left = restriction.number;
    const bool about_others = restriction.kind == RES_SUBRESTRICTION;
    for (const Restriction& child : restriction.children) {
        if (!about_others) node->children.push_back(compiled(child, store));
    }
    if (restriction.kind == RES_CONTENT) {
        node->pattern =
            std::make_unique<TextPattern>(restriction.operation, cell_of(restriction.value, store));
    } else if (restriction.kind == RES_PROPERTY) {
        node->value = cell_of(restriction.value, store);
    }
    return node;
}

bool Matcher::matches(const RowView& row, const MatchSubobject& subobject) const {
    return node_matches(*m_root, row, subobject);
}

bool Matcher::property_matches(const Node& node, const RowView& row) {
    const ULONG relop = node.from->operation;
    const Cell* const found = readable(row, node.from->tag);
    if (!found) return relop == RELOP_NE;
    if (!holds_many_of(*found, node.value)) return relation_holds(relop, *found, node.value);
    return std::any_of(found->many().begin(), found->many().end(),
                       [&](const Cell& one) { return relation_holds(relop, one, node.value); });
}

bool Matcher::props_match(const Node& node, const RowView& row) {
    const ULONG relop = node.from->operation;
    const Cell* const left = readable(row, node.from->tag);
    const Cell* const right = readable(row, node.from->second_tag);
    if (!left || !right) return relop == RELOP_NE && (left || right);
    return relation_holds(relop, *left, *right);
}

bool Matcher::node_matches(const Node& node, const RowView& row, const MatchSubobject& subobject) {
    const auto child_matches = [&](const std::unique_ptr<Node>& child) {
        return node_matches(*child, row, subobject);
    };
    const Restriction& from = *node.from;
    const auto& children = node.children;
    switch (from.kind) {
        case RES_AND:
            return std::all_of(children.begin(), children.end(), child_matches);
        case RES_OR:
            return std::any_of(children.begin(), children.end(), child_matches);
        case RES_NOT:
            return !child_matches(children.at(0));
        case RES_COMMENT:
        case kResAnnotation:
            return children.empty() || child_matches(children[0]);
        case kResCount:
            return child_matches(children.at(0)) && counted(node.left);
        case RES_SUBRESTRICTION:
            return sub_matches(from, subobject);
        case RES_CONTENT: {
            const Cell* const found = readable(row, from.tag);
            return found && node.pattern->found_in(*found);
        }
        case RES_PROPERTY:
            return property_matches(node, row);
        case RES_COMPAREPROPS:
            return props_match(node, row);
        case RES_BITMASK:
            return bits_match(from, row);
        case RES_SIZE:
            return size_matches(from, row);
        case RES_EXIST:
            return readable(row, from.tag) != nullptr;
        default:
            throw Error(MAPI_E_TOO_COMPLEX, "a restriction of an unknown kind");
    }
}

bool relation_holds(ULONG relop, const Cell& left, const Cell& right) {
    if (plain_type(left.tag) != plain_type(right.tag)) return relop == RELOP_NE;
    if (relop == RELOP_RE) return is_like(left, right);
    return order_holds(relop, compare_cells(left, right));
}

bool compare_holds(ULONG relop, const PropValue& left, const PropValue& right) {
    CellStore store;
    return relation_holds(relop, cell_of(left, store), cell_of(right, store));
}

bool contains_value(ULONG fuzzy_level, const PropValue& text, const PropValue& pattern) {
    CellStore store;
    return TextPattern(fuzzy_level, cell_of(pattern, store)).found_in(cell_of(text, store));
}

bool matches(const Restriction& restriction, const PropertyBag& row,
             const MatchSubobject& subobject) {
    // The matcher does not outlive the call, so it need not own the restriction.
    const std::shared_ptr<const Restriction> borrowed(std::shared_ptr<void>(), &restriction);
    const CompactRowPtr cells = CompactRow::make(row);
    return Matcher(borrowed).matches({cells.get()}, subobject);
}

}  // namespace remapi::object
