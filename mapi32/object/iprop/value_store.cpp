// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/iprop/value_store.h"

#include <algorithm>

#include "object/props/abi_pack.h"

namespace remapi::object {
namespace {

constexpr std::size_t kChunkBytes = 2048;
// How much may lie idle before everything is packed anew.
constexpr std::size_t kToleratedWaste = 4096;

// Copies what `value` points to into `room`; the pointers are then those of the copy.
void copy_data(SPropValue& value, BYTE* room, ULONG bytes) noexcept {
    switch (PROP_TYPE(value.ulPropTag)) {
        case PT_UNICODE:
        case PT_STRING8:
            std::memcpy(room, value.Value.lpszA, bytes);
            value.Value.lpszA = reinterpret_cast<LPSTR>(room);
            return;
        default: {
            Copier copier(room, 0);
            AbiWalk(copier).data(value, 0);
        }
    }
}

}  // namespace

SCODE ValueStore::measure(const SPropValue& value, ULONG& bytes) noexcept {
    SPropValue walked = value;
    Measurer measurer;
    const SCODE code = AbiWalk(measurer).data(walked, 0);
    bytes = static_cast<ULONG>(measurer.layout.end());
    return code;
}

ValueStore::Position ValueStore::position_of(ULONG id) noexcept {
    for (std::size_t i = m_hint; i < m_slots.size() && i < m_hint + 2; ++i) {
        if (PROP_ID(m_slots[i].value.ulPropTag) == id) {
            return m_slots.begin() + static_cast<std::ptrdiff_t>(i);
        }
    }
    return std::lower_bound(m_slots.begin(), m_slots.end(), id, [](const Slot& slot, ULONG wanted) {
        return PROP_ID(slot.value.ulPropTag) < wanted;
    });
}

ValueStore::Slot* ValueStore::find(ULONG tag) noexcept {
    const Position at = position_of(PROP_ID(tag));
    if (at == m_slots.end() || PROP_ID(at->value.ulPropTag) != PROP_ID(tag)) return nullptr;
    m_hint = static_cast<std::size_t>(at - m_slots.begin());
    return &*at;
}

ValueStore::Slot& ValueStore::set(const SPropValue& value, ULONG bytes) {
    if (m_wasted > kToleratedWaste && m_wasted > m_used / 2) compact();
    Slot* slot = find(value.ulPropTag);
    const bool fits = slot && slot->room_bytes >= bytes;
    BYTE* const room = fits ? slot->room : take(bytes);
    if (!slot) {
        const Position at = position_of(PROP_ID(value.ulPropTag));
        slot = &*m_slots.insert(at, Slot{});
        m_hint = static_cast<std::size_t>(slot - m_slots.data());
    } else if (!fits) {
        m_wasted += slot->room_bytes;
    }
    if (!fits) {
        slot->room = room;
        slot->room_bytes = bytes;
    }
    slot->value = value;
    if (bytes != 0) copy_data(slot->value, room, bytes);
    slot->dirty = true;
    return *slot;
}

bool ValueStore::remove(ULONG tag) noexcept {
    const Slot* const slot = find(tag);
    if (!slot) return false;
    m_wasted += slot->room_bytes;
    m_slots.erase(m_slots.begin() + (slot - m_slots.data()));
    return true;
}

BYTE* ValueStore::take(ULONG bytes) {
    if (bytes == 0) return nullptr;
    constexpr std::size_t kAlignment = Layout::kAlignment;
    const std::size_t size = (std::size_t{bytes} + kAlignment - 1) & ~(kAlignment - 1);
    if (size > m_left) {
        const std::size_t chunk = std::max(size, kChunkBytes);
        m_chunks.push_back(std::make_unique<BYTE[]>(chunk));
        m_wasted += m_left;
        m_next = m_chunks.back().get();
        m_left = chunk;
        m_used += chunk;
    }
    BYTE* const taken = m_next;
    m_next += size;
    m_left -= size;
    return taken;
}

void ValueStore::compact() {
    std::vector<std::unique_ptr<BYTE[]>> before;
    before.swap(m_chunks);
    m_left = m_used = m_wasted = 0;
    for (Slot& slot : m_slots) {
        if (slot.room_bytes == 0) continue;
        ULONG bytes = 0;
        measure(slot.value, bytes);
        BYTE* const room = take(bytes);
        if (bytes != 0) copy_data(slot.value, room, bytes);
        slot.room = room;
        slot.room_bytes = bytes;
    }
}

ULONG packed_bytes(std::span<const SPropValue> values) {
    Measurer measurer;
    measurer.layout = Layout(values.size_bytes());
    for (SPropValue value : values) {
        const bool fits = AbiWalk(measurer).data(value, 0) == S_OK && measurer.layout.end_value();
        if (!fits) throw Error(MAPI_E_NOT_ENOUGH_MEMORY, "property values over 4 GiB");
    }
    return narrow_size(static_cast<std::size_t>(measurer.layout.end()));
}

void pack_raw(std::span<const SPropValue> values, void* block) noexcept {
    Copier copier(block, values.size_bytes());
    auto* const to = static_cast<SPropValue*>(block);
    for (std::size_t i = 0; i < values.size(); ++i) {
        SPropValue value = values[i];
        AbiWalk(copier).data(value, 0);
        copier.layout.end_value();
        to[i] = value;
    }
}

}  // namespace remapi::object
