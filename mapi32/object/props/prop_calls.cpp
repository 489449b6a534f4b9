// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/props/prop_calls.h"

#include "object/props/abi_value.h"
#include "object/props/tag_array.h"

namespace remapi::object {
namespace {

bool is_large(const PropValue& value, std::size_t limit) {
    const ULONG type = value.type();
    const bool may_be = type == PT_BINARY || value.is_text();
    return limit != 0 && may_be && value.size_bytes() > limit;
}

std::vector<PropValue> all_values(PropSource& source, ULONG flags) {
    std::vector<PropValue> values;
    for (const ULONG tag : source.list()) {
        std::optional<PropValue> value = source.load(tag);
        if (!value && PROP_TYPE(tag) == PT_OBJECT) value = PropValue(tag, 0);
        if (!value) continue;  // removed by another thread since it was listed
        values.push_back(is_large(*value, source.large_value_bytes())
                             ? PropValue::error(tag, MAPI_E_NOT_ENOUGH_MEMORY)
                             : value_as(*value, PT_UNSPECIFIED, flags));
    }
    return values;
}

std::vector<PropValue> wanted_values(PropSource& source, std::span<const ULONG> tags, ULONG flags) {
    std::vector<PropValue> values;
    values.reserve(tags.size());
    for (const ULONG tag : tags) {
        if (tag == PR_NULL) {
            values.emplace_back();
            continue;
        }
        const std::optional<PropValue> value = source.load(tag);
        values.push_back(value ? value_as(*value, PROP_TYPE(tag), flags)
                               : PropValue::error(tag, MAPI_E_NOT_FOUND));
    }
    return values;
}

bool any_error(std::span<const PropValue> values) noexcept {
    for (const PropValue& value : values) {
        if (value.is_error()) return true;
    }
    return false;
}

bool is_empty_multiple(const SPropValue& value) noexcept {
    const ULONG type = PROP_TYPE(value.ulPropTag);
    // The count is the first member of every multi-valued structure.
    return (type & MV_FLAG) != 0 && (type & MV_INSTANCE) == 0 && value.Value.MVl.cValues == 0;
}

bool is_ignored(const SPropValue& value) noexcept {
    return PROP_TYPE(value.ulPropTag) == PT_ERROR || PROP_TYPE(value.ulPropTag) == PT_NULL;
}

struct Pending {
    ULONG index;
    PropValue value;
};

}  // namespace

HRESULT get_last_error(ULONG, MAPIERROR** error) {
    if (!error) return MAPI_E_INVALID_PARAMETER;
    *error = nullptr;
    return S_OK;
}

HRESULT get_props(PropSource& source, const SPropTagArray* tags, ULONG flags, ULONG* count,
                  SPropValue** values) {
    if (!count || !values) return MAPI_E_INVALID_PARAMETER;
    *count = 0;
    *values = nullptr;
    if (tags && tags->cValues == 0) return MAPI_E_INVALID_PARAMETER;

    const std::vector<PropValue> slots =
        tags ? wanted_values(source, view_tags(tags), flags) : all_values(source, flags);
    Buffer<SPropValue> block = pack(slots);
    *count = narrow_size(slots.size());
    *values = block.release();
    return any_error(slots) ? MAPI_W_ERRORS_RETURNED : S_OK;
}

HRESULT get_prop_list(PropSource& source, ULONG flags, SPropTagArray** tags) {
    if (!tags) return MAPI_E_INVALID_PARAMETER;
    *tags = nullptr;
    std::vector<ULONG> all = source.list();
    for (ULONG& tag : all) tag = tag_in_width(tag, flags);
    *tags = pack_tags(all).release();
    return S_OK;
}

HRESULT open_property(PropSource& source, IUnknown* owner, ULONG tag, const IID* iid, ULONG options,
                      ULONG flags, IUnknown** object) {
    if (!object) return MAPI_E_INVALID_PARAMETER;
    *object = nullptr;
    if (!iid || PROP_TYPE(tag) == PT_UNSPECIFIED) return MAPI_E_INVALID_PARAMETER;
    if ((flags & (MAPI_CREATE | MAPI_MODIFY)) != 0 && !source.writable()) return MAPI_E_NO_ACCESS;
    *object = source.open_property(owner, tag, *iid, options, flags).detach();
    return S_OK;
}

HRESULT set_props(PropSource& source, ULONG count, const SPropValue* values,
                  SPropProblemArray** problems) {
    if (problems) *problems = nullptr;
    if (count == 0 || !values) return MAPI_E_INVALID_PARAMETER;
    if (!source.writable()) return MAPI_E_NO_ACCESS;

    // Everything is looked at before anything is changed.
    std::vector<Problem> refused;
    std::vector<Pending> pending;
    pending.reserve(count);
    for (ULONG i = 0; i < count; ++i) {
        const SPropValue& value = values[i];
        if (is_ignored(value)) continue;
        if (PROP_TYPE(value.ulPropTag) == PT_OBJECT || is_empty_multiple(value)) {
            return MAPI_E_INVALID_PARAMETER;
        }
        if (!representation_of(value.ulPropTag)) {
            refused.push_back({i, value.ulPropTag, MAPI_E_INVALID_TYPE});
            continue;
        }
        PropValue ours = from_abi(value);
        const ULONG tag = stored_tag(ours.tag());
        pending.push_back({i, std::move(ours).with_tag(tag)});
    }
    for (const Pending& entry : pending) {
        const SCODE code = source.store(entry.value);
        if (FAILED(code)) refused.push_back({entry.index, values[entry.index].ulPropTag, code});
    }
    put_problems(refused, problems);
    return S_OK;
}

HRESULT delete_props(PropSource& source, const SPropTagArray* tags, SPropProblemArray** problems) {
    if (problems) *problems = nullptr;
    if (!tags || tags->cValues == 0) return MAPI_E_INVALID_PARAMETER;
    if (!source.writable()) return MAPI_E_NO_ACCESS;

    std::vector<Problem> refused;
    for (ULONG i = 0; i < tags->cValues; ++i) {
        const ULONG tag = tags->aulPropTag[i];
        const SCODE code = source.erase(tag);
        if (FAILED(code)) refused.push_back({i, tag, code});
    }
    put_problems(refused, problems);
    return S_OK;
}

}  // namespace remapi::object
