// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IPropData's own methods, copying, names, and what PropSource asks for.
#include <algorithm>

#include "object/iprop/prop_data.h"
#include "object/props/abi_value.h"
#include "object/props/tag_array.h"
#include "port/random.h"

namespace remapi::object {
namespace {

constexpr ULONG kFirstOwnId = 0x8000;
constexpr std::size_t kMostNames = 0xFFFE - kFirstOwnId + 1;
constexpr ULONG kLevels = IPROP_READONLY | IPROP_READWRITE;
constexpr ULONG kStates = IPROP_CLEAN | IPROP_DIRTY;

bool is_consistent_access(ULONG access) noexcept {
    return (access & ~(kLevels | kStates)) == 0 && (access & kLevels) != kLevels &&
           (access & kStates) != kStates;
}

ULONG access_of(const ValueStore::Slot& slot) noexcept {
    return (slot.read_only ? IPROP_READONLY : IPROP_READWRITE) | (slot.dirty ? IPROP_DIRTY : 0);
}

bool same_id(ULONG left, ULONG right) noexcept {
    return PROP_ID(left) == PROP_ID(right);
}

}  // namespace

void PropData::give_problems(const SPropProblemArray* found, SPropProblemArray** problems) const {
    if (problems) *problems = m_memory.problems(found);
}

STDMETHODIMP PropData::CopyTo(ULONG excluded_count, LPCIID excluded, SPropTagArray* excluded_tags,
                              ULONG_PTR ui_param, IMAPIProgress* progress, LPCIID iid,
                              void* destination, ULONG flags,
                              SPropProblemArray** problems) noexcept {
    return abi::guard("IMAPIProp::CopyTo", [&]() -> HRESULT {
        if (problems) *problems = nullptr;
        Buffer<SPropProblemArray> found;
        const HRESULT hr = copy_to(*this, owner(),
                                   {excluded_count, excluded, excluded_tags, ui_param, progress,
                                    iid, destination, flags, problems ? found.put() : nullptr});
        give_problems(found.get(), problems);
        return hr;
    });
}

STDMETHODIMP PropData::CopyProps(SPropTagArray* tags, ULONG_PTR ui_param, IMAPIProgress* progress,
                                 LPCIID iid, void* destination, ULONG flags,
                                 SPropProblemArray** problems) noexcept {
    return abi::guard("IMAPIProp::CopyProps", [&]() -> HRESULT {
        if (problems) *problems = nullptr;
        Buffer<SPropProblemArray> found;
        const HRESULT hr = copy_props(*this, owner(),
                                      {0, nullptr, tags, ui_param, progress, iid, destination,
                                       flags, problems ? found.put() : nullptr});
        give_problems(found.get(), problems);
        return hr;
    });
}

STDMETHODIMP PropData::GetNamesFromIDs(SPropTagArray** tags, GUID* set, ULONG flags, ULONG* count,
                                       MAPINAMEID*** names) noexcept {
    return abi::guard("IMAPIProp::GetNamesFromIDs", [&]() -> HRESULT {
        if (!tags || !count || !names) return MAPI_E_INVALID_PARAMETER;
        const bool all = !*tags;
        SPropTagArray* asked = *tags;
        Buffer<MAPINAMEID*> found;
        const HRESULT hr = get_names_from_ids(*this, &asked, set, flags, count, found.put());
        const auto found_tags = Buffer<SPropTagArray>::attach(all ? asked : nullptr);
        *names = nullptr;
        if (FAILED(hr)) return hr;
        SPropTagArray* const given = found_tags ? m_memory.tags(view_tags(asked)) : nullptr;
        try {
            if (found) *names = m_memory.names({found.get(), *count});
        } catch (...) {
            if (given) m_memory.free(given);
            *count = 0;
            throw;
        }
        if (given) *tags = given;
        return hr;
    });
}

STDMETHODIMP PropData::GetIDsFromNames(ULONG count, MAPINAMEID** names, ULONG flags,
                                       SPropTagArray** tags) noexcept {
    return abi::guard("IMAPIProp::GetIDsFromNames", [&]() -> HRESULT {
        if (!tags) return MAPI_E_INVALID_PARAMETER;
        *tags = nullptr;
        Buffer<SPropTagArray> found;
        const HRESULT hr = get_ids_from_names(*this, count, names, flags, found.put());
        if (found) *tags = m_memory.tags(view_tags(found.get()));
        return hr;
    });
}

STDMETHODIMP PropData::HrSetObjAccess(ULONG access) noexcept {
    if (access != IPROP_READONLY && access != IPROP_READWRITE) return MAPI_E_INVALID_PARAMETER;
    const port::Lock lock(m_mutex);
    m_writable = access == IPROP_READWRITE;
    return S_OK;
}

STDMETHODIMP PropData::HrSetPropAccess(SPropTagArray* tags, ULONG* access) noexcept {
    return abi::guard("IPropData::HrSetPropAccess", [&]() -> HRESULT {
        if (!tags || !access) return MAPI_E_INVALID_PARAMETER;
        if (!std::all_of(access, access + tags->cValues, is_consistent_access)) {
            return MAPI_E_INVALID_PARAMETER;
        }
        const port::Lock lock(m_mutex);
        if (!m_writable) return MAPI_E_NO_ACCESS;
        for (ULONG i = 0; i < tags->cValues; ++i) {
            const ULONG tag = tags->aulPropTag[i];
            if (ValueStore::Slot* const slot = m_values.find(tag)) {
                if ((access[i] & kLevels) != 0) slot->read_only = (access[i] & IPROP_READONLY) != 0;
                if ((access[i] & kStates) != 0) slot->dirty = (access[i] & IPROP_DIRTY) != 0;
            } else if ((access[i] & IPROP_CLEAN) != 0) {
                std::erase_if(m_deleted, [tag](ULONG deleted) { return same_id(deleted, tag); });
            }
        }
        return S_OK;
    });
}

STDMETHODIMP PropData::HrGetPropAccess(SPropTagArray** tags, ULONG** access) noexcept {
    return abi::guard("IPropData::HrGetPropAccess", [&]() -> HRESULT {
        if (!tags || !access) return MAPI_E_INVALID_PARAMETER;
        *access = nullptr;
        std::vector<ULONG> asked;
        std::vector<ULONG> answers;
        {
            const port::Lock lock(m_mutex);
            if (*tags) {
                asked.assign(view_tags(*tags).begin(), view_tags(*tags).end());
            } else {
                for (const auto& slot : m_values.slots()) asked.push_back(slot.value.ulPropTag);
                asked.insert(asked.end(), m_deleted.begin(), m_deleted.end());
            }
            for (const ULONG tag : asked) {
                const ValueStore::Slot* const slot = m_values.find(tag);
                answers.push_back(slot ? access_of(*slot) : 0);
            }
        }
        SPropTagArray* const given = *tags ? nullptr : m_memory.tags(asked);
        void* block = nullptr;
        try {
            block = m_memory.allocate(std::max(answers.size(), std::size_t{1}) * sizeof(ULONG));
        } catch (...) {
            if (given) m_memory.free(given);
            throw;
        }
        if (!answers.empty()) std::memcpy(block, answers.data(), answers.size() * sizeof(ULONG));
        *access = static_cast<ULONG*>(block);
        if (given) *tags = given;
        return S_OK;
    });
}

STDMETHODIMP PropData::HrAddObjProps(SPropTagArray* tags, SPropProblemArray** problems) noexcept {
    return abi::guard("IPropData::HrAddObjProps", [&]() -> HRESULT {
        if (problems) *problems = nullptr;
        if (!tags) return MAPI_E_INVALID_PARAMETER;
        std::vector<Problem> refused;
        {
            const port::Lock lock(m_mutex);
            if (!m_writable) return MAPI_E_NO_ACCESS;
            const auto wanted = view_tags(tags);
            const bool objects_only = std::all_of(wanted.begin(), wanted.end(), [](ULONG tag) {
                return PROP_TYPE(tag) == PT_OBJECT;
            });
            if (!objects_only) return MAPI_E_INVALID_TYPE;
            for (ULONG i = 0; i < tags->cValues; ++i) {
                SPropValue object = {};
                object.ulPropTag = wanted[i];
                const SCODE code = put(object, 0);
                if (FAILED(code)) refused.push_back({i, wanted[i], code});
            }
        }
        if (refused.empty()) return S_OK;
        Buffer<SPropProblemArray> found;
        put_problems(refused, found.put());
        give_problems(found.get(), problems);
        return MAPI_W_PARTIAL_COMPLETION;
    });
}

std::optional<PropValue> PropData::load(ULONG tag) {
    const port::Lock lock(m_mutex);
    const ValueStore::Slot* const slot = m_values.find(tag);
    if (slot) {
        const ULONG type = PROP_TYPE(slot->value.ulPropTag);
        if (type == PT_SRESTRICTION || type == PT_ACTIONS) {
            return PropValue::error(tag, MAPI_E_TYPE_NO_SUPPORT);
        }
        PropValue value = from_abi(slot->value);
        const ULONG stored = stored_tag(value.tag());
        return std::move(value).with_tag(stored);
    }
    // Ids that other objects give to other names are told apart by it when properties are copied.
    if (!same_id(tag, PR_MAPPING_SIGNATURE) || m_names.empty()) return std::nullopt;
    return PropValue(PR_MAPPING_SIGNATURE, view_bytes(&*m_signature, sizeof(GUID)));
}

std::vector<ULONG> PropData::list() {
    const port::Lock lock(m_mutex);
    std::vector<ULONG> tags;
    tags.reserve(m_values.slots().size());
    for (const ValueStore::Slot& slot : m_values.slots()) tags.push_back(slot.value.ulPropTag);
    return tags;
}

SCODE PropData::store(const PropValue& value) {
    const Buffer<SPropValue> packed = pack(value);
    ULONG bytes = 0;
    const SCODE code = ValueStore::measure(packed[0], bytes);
    if (FAILED(code)) return code;
    const port::Lock lock(m_mutex);
    return m_writable ? put(packed[0], bytes) : MAPI_E_NO_ACCESS;
}

SCODE PropData::erase(ULONG tag) {
    const port::Lock lock(m_mutex);
    return m_writable ? drop(tag) : MAPI_E_NO_ACCESS;
}

bool PropData::writable() const {
    const port::Lock lock(m_mutex);
    return m_writable;
}

// Page: mapi/imapiprop-savechanges.md
void PropData::save(ULONG flags) {
    if ((flags & KEEP_OPEN_READWRITE) != 0 && !writable()) {
        throw Error(MAPI_E_NO_ACCESS, "keeping a read-only object open for writing");
    }
}

std::vector<ULONG> PropData::ids_from_names(std::span<const PropName> names, bool create) {
    const port::Lock lock(m_mutex);
    std::vector<ULONG> ids;
    for (const PropName& name : names) {
        auto found = std::find(m_names.begin(), m_names.end(), name);
        if (found == m_names.end()) {
            if (!create || m_names.size() == kMostNames) {
                ids.push_back(0);
                continue;
            }
            if (!m_signature) port::random_bytes(&m_signature.emplace(), sizeof(GUID));
            found = m_names.insert(found, name);
        }
        ids.push_back(kFirstOwnId + static_cast<ULONG>(found - m_names.begin()));
    }
    return ids;
}

std::vector<std::optional<PropName>> PropData::names_from_ids(std::span<const ULONG> ids) {
    const port::Lock lock(m_mutex);
    std::vector<std::optional<PropName>> names;
    for (const ULONG id : ids) {
        const bool known = id >= kFirstOwnId && id - kFirstOwnId < m_names.size();
        names.push_back(known ? std::optional(m_names[id - kFirstOwnId]) : std::nullopt);
    }
    return names;
}

std::vector<std::pair<ULONG, PropName>> PropData::all_names() {
    const port::Lock lock(m_mutex);
    std::vector<std::pair<ULONG, PropName>> all;
    ULONG id = kFirstOwnId;
    for (const PropName& name : m_names) all.emplace_back(id++, name);
    return all;
}

com::Ptr<IPropData> create_prop_data(const IID* iid, const CallerMemory& memory) {
    if (iid && !IsEqualGUID(*iid, IID_IMAPIPropData)) {
        throw Error(MAPI_E_INTERFACE_NOT_SUPPORTED, "a property object of another interface");
    }
    return com::make<PropData>(memory);
}

}  // namespace remapi::object
