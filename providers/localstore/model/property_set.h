// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "providers/localstore/model/large_value.h"

namespace remapi::localstore {

/// The properties of one object: small values in a bag, large ones by reference. A value: copies
/// share large values, which do not change once they are in a set. No two threads may change one at
/// once.
class PropertySet {
public:
    PropertySet() = default;
    explicit PropertySet(PropertyBag values) : m_values(std::move(values)) {}
    /// What the blob of a saved object says. Errors: MAPI_E_CORRUPT_DATA.
    PropertySet(const std::shared_ptr<Database>& database, BytesView blob);
    /// Adds what another blob of the same object says.
    void add(const std::shared_ptr<Database>& database, BytesView blob);

    const PropertyBag& values() const noexcept { return m_values; }
    /// The small value with the id of `tag`; null when there is none or it is large.
    const PropValue* find(ULONG tag) const noexcept { return m_values.find(tag); }
    /// The large value with the id of `tag`; null when there is none or it is small.
    std::shared_ptr<LargeValue> find_large(ULONG tag) const;
    bool has(ULONG tag) const { return find(tag) || find_large(tag); }
    /// The value as GetProps answers it: the small one, a large one up to a megabyte, else an error
    /// slot with MAPI_E_NOT_ENOUGH_MEMORY. nullopt when there is none.
    std::optional<PropValue> load(ULONG tag) const;
    /// The whole value whatever its size, up to `limit` bytes. Throws
    /// Error(MAPI_E_NOT_ENOUGH_MEMORY) over it.
    std::optional<PropValue> load_whole(ULONG tag, std::size_t limit) const;
    std::vector<ULONG> tags() const;
    std::uint64_t size_bytes() const;

    /// Sets a small or large value; strings are kept as PT_UNICODE.
    void set(const std::shared_ptr<Database>& database, const PropValue& value);
    void set_large(ULONG tag, std::shared_ptr<LargeValue> value);
    bool remove(ULONG tag);
    /// Replaces each large value by a copy of its own. Outside a transaction.
    void fork_large();

    /// Everything large, for saving.
    struct Large {
        ULONG tag;
        std::shared_ptr<LargeValue> value;
    };
    const std::vector<Large>& large() const noexcept { return m_large; }

private:
    void remove_large(ULONG tag);

    PropertyBag m_values;
    std::vector<Large> m_large;
};

}  // namespace remapi::localstore
