// SPDX-License-Identifier: LGPL-2.1-or-later
//
// GetNamesFromIDs and GetIDsFromNames. Ids below 0x8000 are named by themselves, in the set
// PS_MAPI. Page: mapi/mapi-named-properties.md
#include "object/props/abi_value.h"
#include "object/props/prop_calls.h"
#include "object/props/tag_array.h"

namespace remapi::object {
namespace {

constexpr ULONG kFirstNamedId = 0x8000;
constexpr ULONG kKnownFlags = MAPI_NO_STRINGS | MAPI_NO_IDS;

using Names = std::vector<std::optional<PropName>>;

Names names_of(PropSource& source, std::span<const ULONG> tags) {
    std::vector<ULONG> ids;
    for (const ULONG tag : tags) {
        if (PROP_ID(tag) >= kFirstNamedId) ids.push_back(PROP_ID(tag));
    }
    const Names found = source.names_from_ids(ids);
    Names names;
    std::size_t next = 0;
    for (const ULONG tag : tags) {
        if (PROP_ID(tag) >= kFirstNamedId) {
            names.push_back(next < found.size() ? found[next] : std::nullopt);
            ++next;
        } else {
            names.push_back(PropName{PS_MAPI, static_cast<LONG>(PROP_ID(tag)), {}});
        }
    }
    return names;
}

bool excluded_by(const PropName& name, ULONG flags) noexcept {
    return (flags & (name.number ? MAPI_NO_IDS : MAPI_NO_STRINGS)) != 0;
}

MAPINAMEID** pack_names(const Names& names) {
    auto block = Buffer<MAPINAMEID*>::allocate(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!names[i]) continue;
        auto* name = block.link<MAPINAMEID>(1);
        name->lpguid = block.link<GUID>(1);
        *name->lpguid = names[i]->set;
        name->ulKind = names[i]->number ? MNID_ID : MNID_STRING;
        if (names[i]->number) {
            name->Kind.lID = *names[i]->number;
        } else {
            name->Kind.lpwstrName = block.link_text<WCHAR>(StringView(names[i]->text));
        }
        block[i] = name;
    }
    return block.release();
}

HRESULT give_all_names(PropSource& source, SPropTagArray** tags, const GUID* set, ULONG flags,
                       ULONG* count, MAPINAMEID*** names) {
    std::vector<ULONG> ids;
    Names chosen;
    for (auto& [id, name] : source.all_names()) {
        if (excluded_by(name, flags) || (set && !IsEqualGUID(name.set, *set))) continue;
        ids.push_back(PROP_TAG(PT_UNSPECIFIED, id));
        chosen.push_back(std::move(name));
    }
    Buffer<SPropTagArray> tag_block = pack_tags(ids);
    if (!chosen.empty()) *names = pack_names(chosen);
    *count = narrow_size(chosen.size());
    *tags = tag_block.release();
    return S_OK;
}

PropName from_abi(const MAPINAMEID& name) {
    const bool valid = name.lpguid && (name.ulKind == MNID_ID ||
                                       (name.ulKind == MNID_STRING && name.Kind.lpwstrName));
    if (!valid) throw Error(MAPI_E_INVALID_PARAMETER, "a property name without set or name");
    if (name.ulKind == MNID_ID) return {*name.lpguid, name.Kind.lID, {}};
    return {*name.lpguid, std::nullopt, String(name.Kind.lpwstrName)};
}

// The id that a name of the set PS_MAPI spells, 0 for one that spells none.
ULONG reserved_id(const PropName& name) noexcept {
    const bool valid =
        name.number && *name.number > 0 && static_cast<ULONG>(*name.number) < kFirstNamedId;
    return valid ? static_cast<ULONG>(*name.number) : 0;
}

}  // namespace

HRESULT get_names_from_ids(PropSource& source, SPropTagArray** tags, const GUID* set, ULONG flags,
                           ULONG* count, MAPINAMEID*** names) {
    if (!tags || !count || !names) return MAPI_E_INVALID_PARAMETER;
    *count = 0;
    *names = nullptr;
    if ((flags & ~kKnownFlags) != 0) return MAPI_E_UNKNOWN_FLAGS;
    if (!*tags) return give_all_names(source, tags, set, flags, count, names);
    if ((*tags)->cValues == 0) return MAPI_E_INVALID_PARAMETER;

    // The set and the kind do not matter where ids are given.
    const Names found = names_of(source, view_tags(*tags));
    bool missing = false;
    for (const auto& name : found) missing = missing || !name;
    *names = pack_names(found);
    *count = narrow_size(found.size());
    return missing ? MAPI_W_ERRORS_RETURNED : S_OK;
}

HRESULT get_ids_from_names(PropSource& source, ULONG count, MAPINAMEID** names, ULONG flags,
                           SPropTagArray** tags) {
    if (!tags) return MAPI_E_INVALID_PARAMETER;
    *tags = nullptr;
    if ((flags & ~MAPI_CREATE) != 0) return MAPI_E_UNKNOWN_FLAGS;
    if (!names) {
        if (count != 0 || (flags & MAPI_CREATE) != 0) return MAPI_E_INVALID_PARAMETER;
        std::vector<ULONG> all;
        for (const auto& [id, name] : source.all_names())
            all.push_back(PROP_TAG(PT_UNSPECIFIED, id));
        *tags = pack_tags(all).release();
        return S_OK;
    }
    if (count == 0) return MAPI_E_INVALID_PARAMETER;

    std::vector<PropName> wanted;
    std::vector<ULONG> ids(count, 0);
    std::vector<std::size_t> asked;  // positions whose names the source decides on
    for (ULONG i = 0; i < count; ++i) {
        if (!names[i]) return MAPI_E_INVALID_PARAMETER;
        PropName name = from_abi(*names[i]);
        if (IsEqualGUID(name.set, PS_MAPI)) {
            ids[i] = reserved_id(name);
            continue;
        }
        asked.push_back(i);
        wanted.push_back(std::move(name));
    }
    const std::vector<ULONG> answers = source.ids_from_names(wanted, (flags & MAPI_CREATE) != 0);
    for (std::size_t i = 0; i < asked.size() && i < answers.size(); ++i) ids[asked[i]] = answers[i];

    bool missing = false;
    for (ULONG& id : ids) {
        missing = missing || id == 0;
        id = PROP_TAG(id == 0 ? PT_ERROR : PT_UNSPECIFIED, id);
    }
    *tags = pack_tags(ids).release();
    return missing ? MAPI_W_ERRORS_RETURNED : S_OK;
}

}  // namespace remapi::object
