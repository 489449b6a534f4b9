// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/props/abi_find.h"

#include "memory/buffer.h"
#include "object/props/abi_walk.h"

namespace remapi::object {
namespace {

constexpr ULONG kIdentifier = 0xFFFF0000;

// The bits of a tag that count when `tag` is looked for.
ULONG mask_of(ULONG tag) noexcept {
    return PROP_TYPE(tag) == PT_UNSPECIFIED ? kIdentifier : ~ULONG{0};
}

bool is_wide(ULONG tag) noexcept {
    const ULONG type = PROP_TYPE(tag) & ~static_cast<ULONG>(MVI_FLAG);
    return type == PT_UNICODE;
}

template <class Matches>
SPropValue* first_of(SPropValue* values, ULONG count, Matches matches) noexcept {
    constexpr ULONG kAtOnce = 4;
    ULONG i = 0;
    for (; count - i >= kAtOnce; i += kAtOnce) {
        if (matches(tag_at(values + i))) return values + i;
        if (matches(tag_at(values + i + 1))) return values + i + 1;
        if (matches(tag_at(values + i + 2))) return values + i + 2;
        if (matches(tag_at(values + i + 3))) return values + i + 3;
    }
    for (; i < count; ++i) {
        if (matches(tag_at(values + i))) return values + i;
    }
    return nullptr;
}

}  // namespace

SPropValue* find_prop(SPropValue* values, ULONG count, ULONG tag) noexcept {
    if (!values) return nullptr;
    if (PROP_TYPE(tag) != PT_UNSPECIFIED)
        return first_of(values, count, [tag](ULONG found) { return found == tag; });
    return first_of(values, count, [tag](ULONG found) { return PROP_ID(found) == PROP_ID(tag); });
}

bool has_prop(IMAPIProp* object, ULONG tag) {
    if (!object) return false;
    Buffer<SPropTagArray> tags;
    // The width of a listed text is the one that is asked for.
    if (FAILED(object->GetPropList(is_wide(tag) ? MAPI_UNICODE : 0, tags.put())) || !tags)
        return false;
    const ULONG mask = mask_of(tag);
    for (ULONG i = 0; i < tags->cValues; ++i) {
        if ((tags->aulPropTag[i] & mask) == (tag & mask)) return true;
    }
    return false;
}

HRESULT get_one_prop(IMAPIProp* object, ULONG tag, SPropValue** value) {
    if (!value) return MAPI_E_INVALID_PARAMETER;
    *value = nullptr;
    if (!object) return MAPI_E_INVALID_PARAMETER;

    SizedSPropTagArray(1, wanted) = {1, {tag}};
    Buffer<SPropValue> values;
    ULONG count = 0;
    const HRESULT hr =
        object->GetProps(reinterpret_cast<SPropTagArray*>(&wanted), 0, &count, values.put());
    if (FAILED(hr)) return hr;
    if (count != 1 || !values)
        throw Error(MAPI_E_CALL_FAILED, "GetProps returned the wrong number of values");
    if (PROP_TYPE(values[0].ulPropTag) == PT_ERROR) {
        const SCODE code = values[0].Value.err;  // in band: not thrown
        return FAILED(code) ? code : MAPI_E_NOT_FOUND;
    }
    *value = values.release();
    return S_OK;
}

HRESULT set_one_prop(IMAPIProp* object, SPropValue* value) {
    if (!object || !value) return MAPI_E_INVALID_PARAMETER;
    Buffer<SPropProblemArray> problems;
    const HRESULT hr = object->SetProps(1, value, problems.put());
    if (FAILED(hr)) return hr;
    if (!problems || problems->cProblem == 0) return S_OK;
    const SCODE code = problems->aProblem[0].scode;
    return FAILED(code) ? code : MAPI_E_CALL_FAILED;
}

}  // namespace remapi::object
