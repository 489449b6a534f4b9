// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMAPIProp's methods that read and write values. prop_data_access.cpp has IPropData's own and the
// rest.
#include "object/iprop/prop_data.h"

#include "object/props/abi_value.h"
#include "object/props/tag_array.h"

namespace remapi::object {
namespace {

SPropValue error_slot(ULONG tag, SCODE code) noexcept {
    SPropValue slot = {};
    slot.ulPropTag = PROP_TAG(PT_ERROR, PROP_ID(tag));
    slot.Value.err = code;
    return slot;
}

bool is_left_out(const SPropValue& value) noexcept {
    return PROP_TYPE(value.ulPropTag) == PT_ERROR || PROP_TYPE(value.ulPropTag) == PT_NULL;
}

// What makes the whole call fail.
bool is_refused(const SPropValue& value) noexcept {
    const ULONG type = PROP_TYPE(value.ulPropTag);
    // The count is the first member of every multi-valued structure.
    return type == PT_OBJECT || ((type & MV_FLAG) != 0 && value.Value.MVl.cValues == 0);
}

bool has_usable_tag(const SPropValue& value) noexcept {
    const ULONG id = PROP_ID(value.ulPropTag);
    return id != PROP_ID_NULL && id != PROP_ID_INVALID &&
           (PROP_TYPE(value.ulPropTag) & MV_INSTANCE) != MV_INSTANCE;
}

}  // namespace

/// What GetProps answers, still in our own memory.
struct PropData::Answer {
    std::vector<SPropValue> values;
    std::vector<Buffer<SPropValue>> converted;  ///< what values in another type point to
    bool errors = false;
};

// The value of `slot` in another type. The caller holds the lock.
SPropValue PropData::convert(const ValueStore::Slot& slot, ULONG type, ULONG flags,
                             Answer& answer) {
    try {
        PropValue value = from_abi(slot.value);
        const ULONG stored = stored_tag(value.tag());
        value = value_as(std::move(value).with_tag(stored), type, flags);
        answer.converted.push_back(pack(value));
        return answer.converted.back()[0];
    } catch (const Error&) {  // a restriction or rule action, which has no other type
        return error_slot(slot.value.ulPropTag, MAPI_E_UNEXPECTED_TYPE);
    }
}

SPropValue PropData::pick(ULONG tag, ULONG flags, Answer& answer) {
    if (tag == PR_NULL) {
        SPropValue nothing = {};
        nothing.ulPropTag = PR_NULL;
        return nothing;
    }
    const ValueStore::Slot* const slot = m_values.find(tag);
    if (!slot) return error_slot(tag, MAPI_E_NOT_FOUND);
    const ULONG stored = slot->value.ulPropTag;
    const bool any_type = PROP_TYPE(tag) == PT_UNSPECIFIED;
    const ULONG type = any_type ? PROP_TYPE(tag_in_width(stored, flags)) : PROP_TYPE(tag);
    return type == PROP_TYPE(stored) ? slot->value : convert(*slot, type, flags, answer);
}

// The caller holds the lock.
PropData::Answer PropData::answer(const SPropTagArray* tags, ULONG flags) {
    Answer answer;
    if (tags) {
        answer.values.reserve(tags->cValues);
        for (const ULONG tag : view_tags(tags)) answer.values.push_back(pick(tag, flags, answer));
    } else {
        answer.values.reserve(m_values.slots().size());
        for (const ValueStore::Slot& slot : m_values.slots()) {
            const ULONG tag = PROP_TAG(PT_UNSPECIFIED, PROP_ID(slot.value.ulPropTag));
            answer.values.push_back(pick(tag, flags, answer));
        }
    }
    for (const SPropValue& value : answer.values) {
        answer.errors = answer.errors || PROP_TYPE(value.ulPropTag) == PT_ERROR;
    }
    return answer;
}

STDMETHODIMP PropData::GetProps(SPropTagArray* tags, ULONG flags, ULONG* count,
                                SPropValue** values) noexcept {
    return abi::guard("IMAPIProp::GetProps", [&]() -> HRESULT {
        if (!count || !values) return MAPI_E_INVALID_PARAMETER;
        *count = 0;
        *values = nullptr;
        if (tags && tags->cValues == 0) return MAPI_E_INVALID_PARAMETER;
        // The caller's routine runs without our lock; what changes meanwhile is read again.
        while (true) {
            std::uint64_t seen = 0;
            ULONG bytes = 0;
            {
                const port::Lock lock(m_mutex);
                seen = m_changes;
                bytes = packed_bytes(answer(tags, flags).values);
            }
            if (bytes == 0) return S_OK;
            void* const block = m_memory.allocate(bytes);
            {
                const port::Lock lock(m_mutex);
                if (m_changes == seen) {
                    const Answer answered = answer(tags, flags);
                    pack_raw(answered.values, block);
                    *count = narrow_size(answered.values.size());
                    *values = static_cast<SPropValue*>(block);
                    return answered.errors ? MAPI_W_ERRORS_RETURNED : S_OK;
                }
            }
            m_memory.free(block);
        }
    });
}

STDMETHODIMP PropData::GetPropList(ULONG flags, SPropTagArray** tags) noexcept {
    return abi::guard("IMAPIProp::GetPropList", [&]() -> HRESULT {
        if (!tags) return MAPI_E_INVALID_PARAMETER;
        *tags = nullptr;
        std::vector<ULONG> all = list();
        for (ULONG& tag : all) tag = tag_in_width(tag, flags);
        *tags = m_memory.tags(all);
        return S_OK;
    });
}

// Sets a value that was measured. The caller holds the lock.
SCODE PropData::put(const SPropValue& value, ULONG bytes) {
    const ValueStore::Slot* const slot = m_values.find(value.ulPropTag);
    if (slot && slot->read_only) return MAPI_E_NO_ACCESS;
    m_values.set(value, bytes);
    ++m_changes;
    if (!slot && !m_deleted.empty()) {
        std::erase_if(m_deleted,
                      [&](ULONG tag) { return PROP_ID(tag) == PROP_ID(value.ulPropTag); });
    }
    return S_OK;
}

STDMETHODIMP PropData::SetProps(ULONG count, SPropValue* values,
                                SPropProblemArray** problems) noexcept {
    return abi::guard("IMAPIProp::SetProps", [&]() -> HRESULT {
        if (problems) *problems = nullptr;
        if (count == 0 || !values) return MAPI_E_INVALID_PARAMETER;
        std::vector<Problem> refused;
        {
            const port::Lock lock(m_mutex);
            if (!m_writable) return MAPI_E_NO_ACCESS;
            // Everything is looked at before anything is changed.
            std::vector<ULONG> bytes(count, 0);
            for (ULONG i = 0; i < count; ++i) {
                if (is_left_out(values[i])) continue;
                if (is_refused(values[i])) return MAPI_E_INVALID_PARAMETER;
                const SCODE code = ValueStore::measure(values[i], bytes[i]);
                if (FAILED(code) && code != MAPI_E_NO_SUPPORT) return code;
                if (FAILED(code) || !has_usable_tag(values[i])) {
                    refused.push_back({i, values[i].ulPropTag, MAPI_E_INVALID_TYPE});
                }
            }
            std::size_t next_refused = 0;
            const std::size_t refused_before = refused.size();
            for (ULONG i = 0; i < count; ++i) {
                if (next_refused < refused_before && refused[next_refused].index == i) {
                    ++next_refused;
                    continue;
                }
                if (is_left_out(values[i])) continue;
                const SCODE code = put(values[i], bytes[i]);
                if (FAILED(code)) refused.push_back({i, values[i].ulPropTag, code});
            }
        }
        if (problems && !refused.empty()) {
            Buffer<SPropProblemArray> found;
            put_problems(refused, found.put());
            give_problems(found.get(), problems);
        }
        return S_OK;
    });
}

// The caller holds the lock.
SCODE PropData::drop(ULONG tag) {
    const ValueStore::Slot* const slot = m_values.find(tag);
    if (!slot) return MAPI_E_NOT_FOUND;
    if (slot->read_only) return MAPI_E_NO_ACCESS;
    m_deleted.push_back(slot->value.ulPropTag);
    m_values.remove(tag);
    ++m_changes;
    return S_OK;
}

STDMETHODIMP PropData::DeleteProps(SPropTagArray* tags, SPropProblemArray** problems) noexcept {
    return abi::guard("IMAPIProp::DeleteProps", [&]() -> HRESULT {
        if (problems) *problems = nullptr;
        Buffer<SPropProblemArray> found;
        const HRESULT hr = delete_props(*this, tags, problems ? found.put() : nullptr);
        give_problems(found.get(), problems);
        return hr;
    });
}

}  // namespace remapi::object
