// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/model/identity.h"

namespace remapi::localstore {
Bytes store_entry_id(const MAPIUID& store, StringView path) {
    format::Writer out;
    out.u16(kit::kIdLayoutVersion);
    out.u16(MAPI_STORE);
    out.bytes(view_bytes(store));
    out.text16(path);
    return format::make_entry_id(0, kProviderUid, out.take());
}

std::optional<StoreId> parse_store_entry_id(BytesView entry_id) {
    if (!format::entry_id_has_uid(entry_id, kProviderUid)) return std::nullopt;
    format::Reader in(format::entry_id_rest(entry_id));
    const std::uint16_t version = in.u16();
    const std::uint16_t type = in.u16();
    const BytesView uid = in.bytes(sizeof(MAPIUID));
    StoreId id;
    id.path = in.text16();
    if (in.failed() || version != kit::kIdLayoutVersion || type != MAPI_STORE) return std::nullopt;
    std::memcpy(id.store.ab, uid.data(), sizeof id.store.ab);
    return id;
}

}  // namespace remapi::localstore
