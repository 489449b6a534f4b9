// SPDX-License-Identifier: LGPL-2.1-or-later
//
// CopyTo and CopyProps to any IMAPIProp, ours or a stranger's. Values go over by SetProps; what
// that finds too large goes over by a stream; PT_OBJECT properties are the source's own business.
#include <algorithm>

#include "object/props/abi_value.h"
#include "object/props/prop_calls.h"
#include "object/props/tag_array.h"
#include "text/text.h"

namespace remapi::object {
namespace {

constexpr ULONG kFirstMappedId = 0x8000;
constexpr ULONG kCopyFlags = MAPI_MOVE | MAPI_NOREPLACE | MAPI_DECLINE_OK | MAPI_DIALOG;

/// One property on its way.
struct CopiedValue {
    ULONG index;      ///< what problems name it by
    ULONG tag;        ///< at the source
    PropValue value;  ///< under the destination's tag
    SCODE result = S_OK;
};

bool same_object(IUnknown* left, IUnknown* right) {
    const com::Ptr<IUnknown> a = com::query<IUnknown>(left);
    const com::Ptr<IUnknown> b = com::query<IUnknown>(right);
    return a.get() == b.get();
}

// Checks what both calls share and finds the destination.
HRESULT open_destination(IUnknown* owner, const CopyArguments& arguments,
                         com::Ptr<IMAPIProp>& out) {
    if (!arguments.destination_iid || !arguments.destination) return MAPI_E_INVALID_PARAMETER;
    if (arguments.excluded_count > 0 && !arguments.excluded) return MAPI_E_INVALID_PARAMETER;
    if ((arguments.flags & ~kCopyFlags) != 0) return MAPI_E_UNKNOWN_FLAGS;
    for (ULONG i = 0; i < arguments.excluded_count; ++i) {
        const IID& iid = arguments.excluded[i];
        if (IsEqualGUID(iid, IID_IMAPIProp) || IsEqualGUID(iid, IID_IUnknown)) {
            return MAPI_E_INTERFACE_NOT_SUPPORTED;
        }
    }
    auto* unknown = static_cast<IUnknown*>(arguments.destination);
    if (same_object(owner, unknown)) return MAPI_E_NO_ACCESS;
    com::Ptr<IUnknown> named;
    if (FAILED(unknown->QueryInterface(*arguments.destination_iid, named.put_as<void>()))) {
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    }
    out = com::query<IMAPIProp>(named.get());
    return out ? S_OK : MAPI_E_INTERFACE_NOT_SUPPORTED;
}

std::vector<ULONG> existing_ids(IMAPIProp& destination) {
    Buffer<SPropTagArray> tags;
    check(destination.GetPropList(MAPI_UNICODE, tags.put()), "IMAPIProp::GetPropList");
    std::vector<ULONG> ids;
    for (const ULONG tag : view_tags(tags.get())) ids.push_back(PROP_ID(tag));
    return ids;
}

Bytes mapping_signature(IMAPIProp& object) {
    const TagArray wanted{PR_MAPPING_SIGNATURE};
    ULONG count = 0;
    Buffer<SPropValue> values;
    const HRESULT hr = object.GetProps(wanted.get(), MAPI_UNICODE, &count, values.put());
    const bool found = SUCCEEDED(hr) && count == 1 && values[0].ulPropTag == PR_MAPPING_SIGNATURE;
    return found ? to_bytes(view_bytes(values[0].Value.bin)) : Bytes();
}

// The id that `id` has at the destination; 0 when it gives none.
ULONG destination_id(PropSource& source, IMAPIProp& destination, ULONG id) {
    const std::vector<std::optional<PropName>> names = source.names_from_ids({&id, 1});
    if (names.empty() || !names[0]) return id;  // no name: nothing to keep
    PropName name = *names[0];
    MAPINAMEID ours = {};
    ours.lpguid = &name.set;
    ours.ulKind = name.number ? MNID_ID : MNID_STRING;
    if (name.number) {
        ours.Kind.lID = *name.number;
    } else {
        ours.Kind.lpwstrName = name.text.data();
    }
    MAPINAMEID* pointer = &ours;
    Buffer<SPropTagArray> tags;
    const HRESULT hr = destination.GetIDsFromNames(1, &pointer, MAPI_CREATE, tags.put());
    if (FAILED(hr) || !tags || tags->cValues != 1) return 0;
    return PROP_ID(tags->aulPropTag[0]);
}

void map_named(PropSource& source, IMAPIProp& destination, std::vector<CopiedValue>& items) {
    const std::optional<PropValue> ours = source.load(PR_MAPPING_SIGNATURE);
    const auto* signature = ours ? ours->get_if<Bytes>() : nullptr;
    if (!signature || *signature == mapping_signature(destination)) return;
    for (CopiedValue& item : items) {
        if (PROP_ID(item.tag) < kFirstMappedId) continue;
        const ULONG id = destination_id(source, destination, PROP_ID(item.tag));
        if (id == 0) {
            item.result = MAPI_E_NO_SUPPORT;
        } else {
            const ULONG type = item.value.type();
            item.value = std::move(item.value).with_tag(PROP_TAG(type, id));
        }
    }
}

Bytes stream_form(const PropValue& value) {
    if (const auto* bytes = value.get_if<Bytes>()) return *bytes;
    const String& text = value.text();
    return to_bytes(view_bytes(text.data(), text.size() * sizeof(WideChar)));
}

// Puts a value that SetProps finds too large.
SCODE put_by_stream(IMAPIProp& destination, const PropValue& value) {
    if (value.type() != PT_BINARY && value.type() != PT_UNICODE) return MAPI_E_NOT_ENOUGH_MEMORY;
    com::Ptr<IStream> stream;
    HRESULT hr = destination.OpenProperty(value.tag(), &IID_IStream, STGM_READWRITE,
                                          MAPI_CREATE | MAPI_MODIFY, stream.put_as<IUnknown>());
    if (FAILED(hr)) return hr;
    const Bytes bytes = stream_form(value);
    ULONG written = 0;
    hr = stream->Write(bytes.data(), narrow_size(bytes.size()), &written);
    if (SUCCEEDED(hr) && written != bytes.size()) hr = STG_E_MEDIUMFULL;
    return FAILED(hr) ? hr : stream->Commit(STGC_DEFAULT);
}

SCODE put_one(IMAPIProp& destination, const PropValue& value) {
    const Buffer<SPropValue> packed = pack(value);
    Buffer<SPropProblemArray> problems;
    HRESULT hr = destination.SetProps(1, packed.get(), problems.put());
    if (SUCCEEDED(hr) && problems && problems->cProblem > 0) hr = problems->aProblem[0].scode;
    return hr == MAPI_E_NOT_ENOUGH_MEMORY ? put_by_stream(destination, value) : hr;
}

// All in one call; one by one only when that fails, to learn which of them it is.
void put_all(IMAPIProp& destination, std::vector<CopiedValue>& items) {
    std::vector<CopiedValue*> sent;
    std::vector<PropValue> values;
    for (CopiedValue& item : items) {
        if (FAILED(item.result)) continue;
        sent.push_back(&item);
        values.push_back(item.value);
    }
    if (values.empty()) return;

    const Buffer<SPropValue> packed = pack(values);
    Buffer<SPropProblemArray> problems;
    if (FAILED(destination.SetProps(narrow_size(values.size()), packed.get(), problems.put()))) {
        for (CopiedValue* item : sent) item->result = put_one(destination, item->value);
        return;
    }
    for (ULONG i = 0; problems && i < problems->cProblem; ++i) {
        const SPropProblem& problem = problems->aProblem[i];
        if (problem.ulIndex >= sent.size()) continue;
        CopiedValue& item = *sent[problem.ulIndex];
        item.result = problem.scode == MAPI_E_NOT_ENOUGH_MEMORY
                          ? put_by_stream(destination, item.value)
                          : problem.scode;
    }
}

HRESULT copy(PropSource& source, IUnknown* owner, const CopyArguments& arguments,
             IMAPIProp& destination, std::span<const ULONG> tags, bool absent_is_a_problem) {
    const bool keep = (arguments.flags & MAPI_NOREPLACE) != 0;
    const std::vector<ULONG> kept = keep ? existing_ids(destination) : std::vector<ULONG>();
    const CopyRequest request{&destination, arguments.flags,
                              std::span(arguments.excluded, arguments.excluded_count),
                              arguments.ui_param, arguments.progress};
    std::vector<Problem> problems;
    std::vector<CopiedValue> items;
    for (ULONG i = 0; i < tags.size(); ++i) {
        const ULONG tag = tags[i];
        if (std::find(kept.begin(), kept.end(), PROP_ID(tag)) != kept.end()) continue;
        if (PROP_TYPE(tag) == PT_OBJECT) {
            const SCODE code = source.copy_object(owner, tag, request);
            if (FAILED(code)) problems.push_back({i, tag, code});
            continue;
        }
        const std::optional<PropValue> value = source.load(tag);
        if (value && !value->is_error()) {
            items.push_back({i, tag, *value});
        } else if (value || absent_is_a_problem) {
            const SCODE code = value ? static_cast<SCODE>(value->number()) : MAPI_E_NOT_FOUND;
            problems.push_back({i, tag, code});
        }
    }
    map_named(source, destination, items);
    put_all(destination, items);
    for (const CopiedValue& item : items) {
        if (FAILED(item.result)) {
            problems.push_back({item.index, item.tag, item.result});
        } else if ((arguments.flags & MAPI_MOVE) != 0) {
            source.erase(item.tag);  // what cannot be removed stays, as computed properties must
        }
    }
    put_problems(problems, arguments.problems);
    return S_OK;
}

}  // namespace

HRESULT copy_to(PropSource& source, IUnknown* owner, const CopyArguments& arguments) {
    if (arguments.problems) *arguments.problems = nullptr;
    if (arguments.tags && arguments.tags->cValues == 0) return MAPI_E_INVALID_PARAMETER;
    com::Ptr<IMAPIProp> destination;
    const HRESULT hr = open_destination(owner, arguments, destination);
    if (FAILED(hr)) return hr;

    std::vector<ULONG> tags = source.list();
    for (const ULONG excluded : view_tags(arguments.tags)) {
        std::erase_if(tags, [&](ULONG tag) { return PROP_ID(tag) == PROP_ID(excluded); });
    }
    return copy(source, owner, arguments, *destination, tags, false);
}

HRESULT copy_props(PropSource& source, IUnknown* owner, const CopyArguments& arguments) {
    if (arguments.problems) *arguments.problems = nullptr;
    if (!arguments.tags || arguments.tags->cValues == 0) return MAPI_E_INVALID_PARAMETER;
    com::Ptr<IMAPIProp> destination;
    const HRESULT hr = open_destination(owner, arguments, destination);
    if (FAILED(hr)) return hr;
    return copy(source, owner, arguments, *destination, view_tags(arguments.tags), true);
}

}  // namespace remapi::object
