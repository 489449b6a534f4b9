// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/table/key_map.h"

namespace remapi::object {

/// Finds numbers from 1 by 64-bit keys. Keys whose lower halves are small and differ, as those of
/// rows in memory are, are places in a list; the others are hashed. Not for use from two threads at
/// once.
class RowIndex {
public:
    using Id = KeyMap::Id;
    using Key = std::uint64_t;

    void clear() noexcept {
        m_listed.clear();
        m_hashed.clear();
        m_size = 0;
    }
    void reserve(std::size_t count) { m_listed.reserve(count); }
    void insert(Key key, Id id) {
        const std::size_t place = place_of(key);
        if (place >= m_listed.size() && place <= kSpread * (m_size + 1)) {
            m_listed.resize(place + 1);
        }
        if (place < m_listed.size() && m_listed[place] == 0) {
            m_listed[place] = id;
        } else {
            m_hashed.insert(KeyMap::hash_of(key), id);
        }
        ++m_size;
    }
    /// The one of `key`, which `same` tells from others; 0 when there is none.
    template <class Same>
    Id find(Key key, Same same) const {
        const std::size_t place = place_of(key);
        if (place < m_listed.size() && m_listed[place] != 0 && same(m_listed[place])) {
            return m_listed[place];
        }
        return m_hashed.find(KeyMap::hash_of(key), same);
    }
    void erase(Key key, Id id) noexcept {
        const std::size_t place = place_of(key);
        if (place < m_listed.size() && m_listed[place] == id) {
            m_listed[place] = 0;
        } else {
            m_hashed.erase(KeyMap::hash_of(key), id);
        }
        --m_size;
    }

private:
    static constexpr std::size_t kSpread = 4;  ///< so many places for each key at most

    static std::size_t place_of(Key key) noexcept { return static_cast<std::uint32_t>(key); }

    std::vector<Id> m_listed;
    KeyMap m_hashed;
    std::size_t m_size = 0;
};

}  // namespace remapi::object
