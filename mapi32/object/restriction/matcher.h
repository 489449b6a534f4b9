// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <atomic>

#include "object/restriction/restriction.h"
#include "object/table/compact_row.h"

namespace remapi::object {

/// A restriction made ready for many rows: constants as cells, patterns compiled. Any thread may
/// match with it. A count restriction counts for as long as the matcher lives.
class Matcher {
public:
    /// Throws Error(MAPI_E_TOO_COMPLEX) for what cannot be matched with.
    explicit Matcher(std::shared_ptr<const Restriction> restriction);
    ~Matcher();
    Matcher(const Matcher&) = delete;
    Matcher& operator=(const Matcher&) = delete;

    /// Whether `row` satisfies the restriction; semantics as object::matches.
    bool matches(const RowView& row, const MatchSubobject& subobject = nullptr) const;

private:
    struct Node;
    static std::unique_ptr<Node> compiled(const Restriction& restriction, CellStore& store);
    static bool node_matches(const Node& node, const RowView& row, const MatchSubobject& subobject);
    static bool property_matches(const Node& node, const RowView& row);
    static bool props_match(const Node& node, const RowView& row);

    const std::shared_ptr<const Restriction> m_restriction;
    CellStore m_store;
    std::unique_ptr<Node> m_root;
};

/// Whether `left` `relop` `right` holds; cells of different types never do, but for RELOP_NE.
bool relation_holds(ULONG relop, const Cell& left, const Cell& right);

}  // namespace remapi::object
