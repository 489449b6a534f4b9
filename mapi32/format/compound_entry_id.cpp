// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/compound_entry_id.h"

#include "format/entry_id.h"

namespace remapi::format {
namespace {

constexpr std::uint32_t kVersion = 1;

}  // namespace

// Flags of the object's identifier, UID, version, size of the key, key, the object's identifier.
Bytes compose_entry_id(BytesView store_key, BytesView entry_id) {
    if (entry_id.size() < kEntryIdFlagBytes) {
        throw Error(MAPI_E_INVALID_ENTRYID, "composing an entry id under 4 bytes");
    }
    Writer rest;
    rest.u32(kVersion);
    rest.u32(narrow_size(store_key.size()));
    rest.bytes(store_key);
    rest.bytes(entry_id);
    return make_entry_id(entry_id_flags(entry_id), kCompoundUid, rest.take());
}

std::optional<CompoundEntryId> decompose_entry_id(BytesView entry_id) {
    if (!entry_id_has_uid(entry_id, kCompoundUid)) return std::nullopt;
    Reader reader(entry_id_rest(entry_id));
    const std::uint32_t version = reader.u32();
    CompoundEntryId parts;
    parts.store_key = reader.bytes(reader.u32());
    parts.entry_id = reader.rest();
    if (reader.failed() || version != kVersion || parts.store_key.empty() ||
        parts.entry_id.size() < kEntryIdFlagBytes) {
        return std::nullopt;
    }
    return parts;
}

}  // namespace remapi::format
