// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/copy_names.h"

#include "log/log.h"
#include "memory/buffer.h"
#include "object/props/tag_array.h"
#include "spi/props.h"

namespace remapi::spi {
namespace {

constexpr ULONG kFirstName = 0x8000;

bool same_mapping(IMAPIProp* source, IMAPIProp* target) {
    const PropertyBag left = read_properties(source, {PR_MAPPING_SIGNATURE});
    const PropertyBag right = read_properties(target, {PR_MAPPING_SIGNATURE});
    const BytesView signature = left.bytes(PR_MAPPING_SIGNATURE);
    return !signature.empty() && equal_bytes(signature, right.bytes(PR_MAPPING_SIGNATURE));
}

// The names that have one are asked for at once: a null name would fail the whole call.
void map_names(IMAPIProp* target, std::span<MAPINAMEID* const> names, std::span<const ULONG> tags,
               std::span<const std::size_t> places, std::vector<ULONG>& mapped) {
    std::vector<MAPINAMEID*> wanted;
    std::vector<std::size_t> at;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!names[i]) continue;
        wanted.push_back(names[i]);
        at.push_back(places[i]);
    }
    if (wanted.empty()) return;
    Buffer<SPropTagArray> ids;
    const HRESULT hr =
        target->GetIDsFromNames(narrow_size(wanted.size()), wanted.data(), MAPI_CREATE, ids.put());
    if (FAILED(hr)) {
        REMAPI_WARN(Spi, "named properties are not copied: the target answers 0x%08x",
                    static_cast<unsigned>(hr));
        return;
    }
    const auto found = object::view_tags(ids.get());
    for (std::size_t i = 0; i < at.size() && i < found.size(); ++i) {
        if (PROP_TYPE(found[i]) != PT_ERROR)
            mapped[at[i]] = PROP_TAG(PROP_TYPE(tags[at[i]]), PROP_ID(found[i]));
    }
}

}  // namespace

std::vector<ULONG> tags_in_target(IMAPIProp* source, std::span<const ULONG> tags,
                                  IMAPIProp* target) {
    std::vector<ULONG> mapped(tags.begin(), tags.end());
    std::vector<std::size_t> places;
    std::vector<ULONG> named;
    for (std::size_t i = 0; i < tags.size(); ++i) {
        if (PROP_ID(tags[i]) < kFirstName) continue;
        places.push_back(i);
        named.push_back(tags[i]);
    }
    if (named.empty() || same_mapping(source, target)) return mapped;
    const object::TagArray asked(named);
    SPropTagArray* ids = asked.get();
    ULONG count = 0;
    Buffer<MAPINAMEID*> names;
    const HRESULT hr = source->GetNamesFromIDs(&ids, nullptr, 0, &count, names.put());
    for (const std::size_t place : places) mapped[place] = 0;
    if (SUCCEEDED(hr) && names && count == named.size())
        map_names(target, {names.get(), count}, tags, places, mapped);
    return mapped;
}

}  // namespace remapi::spi
