// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "abi/error.h"

namespace remapi::object {

/// Property values as the ABI has them, at most one for each id, ordered by id. Setting a value
/// that is there already takes no memory as long as it does not grow. No two threads may use one at
/// once.
class ValueStore {
public:
    struct Slot {
        SPropValue value;  ///< what it points to is the store's
        BYTE* room;        ///< where what it points to lies
        ULONG room_bytes;
        bool read_only;
        bool dirty;
    };

    ValueStore() = default;
    ValueStore(const ValueStore&) = delete;
    ValueStore& operator=(const ValueStore&) = delete;

    /// Bytes of what `value` points to, all pointers checked.
    /// Errors: MAPI_E_NO_SUPPORT for an unknown type; MAPI_E_INVALID_PARAMETER for a null pointer
    /// where data must be, or too much.
    static SCODE measure(const SPropValue& value, ULONG& bytes) noexcept;

    /// The one with the id of `tag`, whatever its type; null if there is none. Valid until the next
    /// `set` or `remove`.
    Slot* find(ULONG tag) noexcept;
    /// Copies `value`, of which measure said `bytes`, over the one with its id; `slot` is then
    /// dirty. A new one may be changed.
    Slot& set(const SPropValue& value, ULONG bytes);
    /// False when there was none with the id of `tag`.
    bool remove(ULONG tag) noexcept;
    std::span<const Slot> slots() const noexcept { return m_slots; }

private:
    using Position = std::vector<Slot>::iterator;
    Position position_of(ULONG id) noexcept;
    BYTE* take(ULONG bytes);
    void compact();

    std::vector<Slot> m_slots;
    std::size_t m_hint = 0;  ///< what was found last: the next one often comes next
    std::vector<std::unique_ptr<BYTE[]>> m_chunks;
    BYTE* m_next = nullptr;
    std::size_t m_left = 0;
    std::size_t m_used = 0;
    std::size_t m_wasted = 0;  ///< of m_used: what no value points to any more
};

/// Bytes of a packed array (props/abi_copy.h) of `values`, each of which measure accepted.
/// Throws Error(MAPI_E_NOT_ENOUGH_MEMORY) over 4 GiB.
ULONG packed_bytes(std::span<const SPropValue> values);
/// Packs them into `block`.
void pack_raw(std::span<const SPropValue> values, void* block) noexcept;

}  // namespace remapi::object
