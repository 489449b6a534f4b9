// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace remapi::object {

/// Finds numbers from 1 by a hash: open addressing with linear probing, eight bytes a slot. Several
/// may have one hash; a predicate tells them apart. Not for use from two threads at once.
class KeyMap {
public:
    using Id = std::uint32_t;

    std::size_t size() const noexcept { return m_size; }
    void clear() noexcept {
        m_slots.clear();
        m_size = 0;
    }
    void reserve(std::size_t count) {
        std::size_t slots = kSmallest;
        while (slots * 2 < count * 3) slots *= 2;
        if (slots > m_slots.size()) grow(slots);
    }
    void insert(std::uint64_t hash, Id id) {
        if ((m_size + 1) * 3 > m_slots.size() * 2) {
            grow(m_slots.empty() ? kSmallest : m_slots.size() * 2);
        }
        put({short_hash(hash), id});
        ++m_size;
    }
    /// The one of this hash that `same` holds for; 0 when there is none.
    template <class Same>
    Id find(std::uint64_t hash, Same same) const {
        if (m_slots.empty()) return 0;
        const std::uint32_t wanted = short_hash(hash);
        for (std::size_t at = wanted & mask(); m_slots[at].id != 0; at = (at + 1) & mask()) {
            if (m_slots[at].hash == wanted && same(m_slots[at].id)) return m_slots[at].id;
        }
        return 0;
    }
    void erase(std::uint64_t hash, Id id) noexcept {
        if (m_slots.empty()) return;
        std::size_t at = short_hash(hash) & mask();
        while (m_slots[at].id != id) {
            if (m_slots[at].id == 0) return;
            at = (at + 1) & mask();
        }
        // What comes behind moves up, as far as it is not before its own place then.
        std::size_t hole = at;
        for (;;) {
            at = (at + 1) & mask();
            if (m_slots[at].id == 0) break;
            const std::size_t home = m_slots[at].hash & mask();
            if (((at - home) & mask()) < ((at - hole) & mask())) continue;
            m_slots[hole] = m_slots[at];
            hole = at;
        }
        m_slots[hole] = {};
        --m_size;
    }

    /// Spreads the bits of a number.
    static std::uint64_t hash_of(std::uint64_t key) noexcept {
        key *= 0x9E3779B97F4A7C15u;
        return key ^ (key >> 32);
    }

private:
    struct Slot {
        std::uint32_t hash = 0;
        Id id = 0;
    };
    static constexpr std::size_t kSmallest = 16;

    static std::uint32_t short_hash(std::uint64_t hash) noexcept {
        return static_cast<std::uint32_t>(hash ^ (hash >> 32));
    }
    std::size_t mask() const noexcept { return m_slots.size() - 1; }
    void put(Slot slot) noexcept {
        std::size_t at = slot.hash & mask();
        while (m_slots[at].id != 0) at = (at + 1) & mask();
        m_slots[at] = slot;
    }
    void grow(std::size_t slots) {
        std::vector<Slot> old(slots);
        old.swap(m_slots);
        for (const Slot& slot : old) {
            if (slot.id != 0) put(slot);
        }
    }

    std::vector<Slot> m_slots;
    std::size_t m_size = 0;
};

}  // namespace remapi::object
