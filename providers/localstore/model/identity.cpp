// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/model/identity.h"

namespace remapi::localstore {
namespace {

constexpr std::uint16_t kLayoutVersion = 1;

Bytes object_part(ObjectId object) {
    format::Writer out;
    out.u16(kLayoutVersion);
    out.u16(static_cast<std::uint16_t>(object.type));
    const auto row = static_cast<std::uint64_t>(object.row);
    out.u32(static_cast<std::uint32_t>(row));
    out.u32(static_cast<std::uint32_t>(row >> 32));
    return out.take();
}

}  // namespace

Bytes object_entry_id(const MAPIUID& store, ObjectId object) {
    return format::make_entry_id(0, store, object_part(object));
}

std::optional<ObjectId> parse_object_entry_id(const MAPIUID& store, BytesView entry_id) {
    if (!format::entry_id_has_uid(entry_id, store)) return std::nullopt;
    format::Reader in(format::entry_id_rest(entry_id));
    const std::uint16_t version = in.u16();
    const std::uint16_t type = in.u16();
    const std::uint64_t low = in.u32();
    const std::uint64_t row = low | static_cast<std::uint64_t>(in.u32()) << 32;
    if (in.failed() || !in.rest().empty() || version != kLayoutVersion) return std::nullopt;
    if (type != MAPI_FOLDER && type != MAPI_MESSAGE) return std::nullopt;
    return ObjectId{type, static_cast<std::int64_t>(row)};
}

Bytes object_record_key(const MAPIUID& store, ObjectId object) {
    Bytes key = to_bytes(view_bytes(store));
    const Bytes part = object_part(object);
    key.insert(key.end(), part.begin(), part.end());
    return key;
}

Bytes store_entry_id(const MAPIUID& store, StringView path) {
    format::Writer out;
    out.u16(kLayoutVersion);
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
    if (in.failed() || version != kLayoutVersion || type != MAPI_STORE) return std::nullopt;
    std::memcpy(id.store.ab, uid.data(), sizeof id.store.ab);
    return id;
}

}  // namespace remapi::localstore
