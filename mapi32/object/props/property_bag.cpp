// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/props/property_bag.h"

#include <algorithm>

namespace remapi::object {
namespace {

template <class Values>
auto position_of(Values& values, ULONG tag) noexcept {
    return std::lower_bound(values.begin(), values.end(), PROP_ID(tag),
                            [](const PropValue& value, ULONG id) { return value.id() < id; });
}

}  // namespace

PropertyBag::PropertyBag(std::initializer_list<PropValue> values) {
    m_values.reserve(values.size());
    for (const PropValue& value : values) set(value);
}

PropertyBag::PropertyBag(std::vector<PropValue> values) {
    m_values.reserve(values.size());
    for (PropValue& value : values) set(std::move(value));
}

const PropValue* PropertyBag::find(ULONG tag) const noexcept {
    const auto found = position_of(m_values, tag);
    return found != m_values.end() && found->id() == PROP_ID(tag) ? &*found : nullptr;
}

const PropValue* PropertyBag::find_typed(ULONG tag) const noexcept {
    const PropValue* found = find(tag);
    return found && found->type() == PROP_TYPE(stored_tag(tag)) ? found : nullptr;
}

void PropertyBag::set(PropValue value) {
    if (value.is_error() || value.tag() == PR_NULL) return;
    const ULONG tag = stored_tag(value.tag());
    if (tag != value.tag()) value = std::move(value).with_tag(tag);
    const auto found = position_of(m_values, tag);
    if (found != m_values.end() && found->id() == PROP_ID(tag)) {
        *found = std::move(value);
    } else {
        m_values.insert(found, std::move(value));
    }
}

bool PropertyBag::remove(ULONG tag) {
    const auto found = position_of(m_values, tag);
    if (found == m_values.end() || found->id() != PROP_ID(tag)) return false;
    m_values.erase(found);
    return true;
}

std::vector<ULONG> PropertyBag::tags() const {
    std::vector<ULONG> tags;
    tags.reserve(m_values.size());
    for (const PropValue& value : m_values) tags.push_back(value.tag());
    return tags;
}

std::int64_t PropertyBag::number(ULONG tag, std::int64_t fallback) const noexcept {
    const PropValue* found = find(tag);
    if (!found) return fallback;
    if (const auto* value = found->get_if<std::int32_t>()) return *value;
    if (const auto* value = found->get_if<std::int64_t>()) return *value;
    if (const auto* value = found->get_if<std::uint64_t>())
        return static_cast<std::int64_t>(*value);
    if (const auto* value = found->get_if<std::int16_t>()) return *value;
    if (const auto* value = found->get_if<bool>()) return *value ? 1 : 0;
    return fallback;
}

bool PropertyBag::truth(ULONG tag, bool fallback) const noexcept {
    const PropValue* found = find(tag);
    return found ? found->truth(fallback) : fallback;
}

StringView PropertyBag::text(ULONG tag) const noexcept {
    const PropValue* found = find(tag);
    const auto* value = found ? found->get_if<String>() : nullptr;
    return value ? StringView(*value) : StringView();
}

BytesView PropertyBag::bytes(ULONG tag) const noexcept {
    const PropValue* found = find(tag);
    const auto* value = found ? found->get_if<Bytes>() : nullptr;
    return value ? BytesView(*value) : BytesView();
}

std::vector<PropValue> PropertyBag::select(std::span<const ULONG> tags, ULONG flags) const {
    std::vector<PropValue> slots;
    slots.reserve(tags.size());
    for (const ULONG tag : tags) {
        const PropValue* found = find(tag);
        if (PROP_TYPE(tag) == PT_NULL) {
            slots.emplace_back();
        } else if (found) {
            slots.push_back(value_as(*found, PROP_TYPE(tag), flags));
        } else {
            slots.push_back(PropValue::error(tag, MAPI_E_NOT_FOUND));
        }
    }
    return slots;
}

}  // namespace remapi::object
