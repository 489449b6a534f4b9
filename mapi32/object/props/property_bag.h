// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <span>

#include "object/props/prop_value.h"

namespace remapi::object {

/// Properties of one thing, at most one for each id, ordered by id. Strings are kept as PT_UNICODE.
/// A value; no two threads may change one at once.
class PropertyBag {
public:
    PropertyBag() = default;
    PropertyBag(std::initializer_list<PropValue> values);
    explicit PropertyBag(std::vector<PropValue> values);

    /// The property with the id of `tag`, whatever its type. Null when there is none.
    const PropValue* find(ULONG tag) const noexcept;
    /// The same, null also when the type is another (the widths of strings count as one type).
    const PropValue* find_typed(ULONG tag) const noexcept;

    /// Replaces whatever has the same id. PT_ERROR and PR_NULL are not kept.
    void set(PropValue value);
    /// False when there was none with the id of `tag`.
    bool remove(ULONG tag);
    void clear() noexcept { m_values.clear(); }

    std::span<const PropValue> values() const noexcept { return m_values; }
    std::vector<ULONG> tags() const;
    std::size_t size() const noexcept { return m_values.size(); }
    bool empty() const noexcept { return m_values.empty(); }

    // What is asked for most. The fallback is answered when the property is absent or of another
    // kind.
    std::int64_t number(ULONG tag, std::int64_t fallback = 0) const noexcept;
    bool truth(ULONG tag, bool fallback = false) const noexcept;
    StringView text(ULONG tag) const noexcept;
    BytesView bytes(ULONG tag) const noexcept;

    /// One slot for each of `tags` in their order, error slots where there is no such value.
    std::vector<PropValue> select(std::span<const ULONG> tags, ULONG flags) const;

    friend bool operator==(const PropertyBag&, const PropertyBag&) = default;

private:
    std::vector<PropValue> m_values;
};

}  // namespace remapi::object

namespace remapi {
using object::PropertyBag;
}  // namespace remapi
