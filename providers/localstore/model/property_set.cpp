// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/model/property_set.h"

#include <algorithm>

namespace remapi::localstore {
namespace {

/// Above this, GetProps sends its caller to a stream.
constexpr std::size_t kGetPropsBytes = 1u << 20;

}  // namespace

PropertySet::PropertySet(const std::shared_ptr<Database>& database, BytesView blob) {
    StoredProperties stored = decode_properties(blob);
    m_values = std::move(stored.values);
    for (const StreamReference& reference : stored.streams) {
        m_large.push_back({reference.tag, std::make_shared<LargeValue>(database, reference)});
    }
}

void PropertySet::add(const std::shared_ptr<Database>& database, BytesView blob) {
    PropertySet more(database, blob);
    std::vector<PropValue> values(m_values.values().begin(), m_values.values().end());
    values.insert(values.end(), more.m_values.values().begin(), more.m_values.values().end());
    m_values = PropertyBag(std::move(values));
    m_large.insert(m_large.end(), more.m_large.begin(), more.m_large.end());
}

std::shared_ptr<LargeValue> PropertySet::find_large(ULONG tag) const {
    for (const Large& large : m_large) {
        if (PROP_ID(large.tag) == PROP_ID(tag)) return large.value;
    }
    return nullptr;
}

std::optional<PropValue> PropertySet::load(ULONG tag) const {
    for (const Large& large : m_large) {
        if (PROP_ID(large.tag) != PROP_ID(tag)) continue;
        if (large.value->size() > kGetPropsBytes)
            return PropValue::error(large.tag, MAPI_E_NOT_ENOUGH_MEMORY);
        return value_of_stream(large.tag, large.value->all(kGetPropsBytes));
    }
    const PropValue* value = find(tag);
    return value ? std::optional(*value) : std::nullopt;
}

std::optional<PropValue> PropertySet::load_whole(ULONG tag, std::size_t limit) const {
    for (const Large& large : m_large) {
        if (PROP_ID(large.tag) == PROP_ID(tag))
            return value_of_stream(large.tag, large.value->all(limit));
    }
    const PropValue* value = find(tag);
    return value ? std::optional(*value) : std::nullopt;
}

std::vector<ULONG> PropertySet::tags() const {
    std::vector<ULONG> tags = m_values.tags();
    for (const Large& large : m_large) tags.push_back(large.tag);
    return tags;
}

std::uint64_t PropertySet::size_bytes() const {
    std::uint64_t bytes = 0;
    for (const PropValue& value : m_values.values()) bytes += value.size_bytes();
    for (const Large& large : m_large) bytes += large.value->size();
    return bytes;
}

void PropertySet::set(const std::shared_ptr<Database>& database, const PropValue& value) {
    const PropValue stored = value.with_tag(object::stored_tag(value.tag()));
    const std::optional<Bytes> bytes = stream_bytes(stored);
    if (bytes && bytes->size() > LargeValue::kInlineBytes) {
        auto large = std::make_shared<LargeValue>(database);
        large->write_at(0, bytes->data(), bytes->size());
        set_large(stored.tag(), std::move(large));
        return;
    }
    remove_large(stored.tag());
    m_values.set(stored);
}

void PropertySet::set_large(ULONG tag, std::shared_ptr<LargeValue> value) {
    const ULONG stored = object::stored_tag(tag);
    m_values.remove(stored);
    remove_large(stored);
    if (value->size() <= LargeValue::kInlineBytes) {
        m_values.set(value_of_stream(stored, value->all(LargeValue::kInlineBytes)));
    } else {
        m_large.push_back({stored, std::move(value)});
    }
}

void PropertySet::fork_large() {
    for (Large& large : m_large) large.value = large.value->fork();
}

void PropertySet::remove_large(ULONG tag) {
    m_large.erase(
        std::remove_if(m_large.begin(), m_large.end(),
                       [&](const Large& large) { return PROP_ID(large.tag) == PROP_ID(tag); }),
        m_large.end());
}

bool PropertySet::remove(ULONG tag) {
    const std::size_t before = m_large.size();
    remove_large(tag);
    return m_values.remove(tag) || m_large.size() != before;
}

}  // namespace remapi::localstore
