// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/kit/object_id.h"

namespace remapi::kit {
namespace {

Bytes object_part(ObjectId object) {
    format::Writer out;
    out.u16(kIdLayoutVersion);
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
    if (in.failed() || !in.rest().empty() || version != kIdLayoutVersion) return std::nullopt;
    if (type != MAPI_FOLDER && type != MAPI_MESSAGE) return std::nullopt;
    return ObjectId{type, static_cast<std::int64_t>(row)};
}

Bytes object_record_key(const MAPIUID& store, ObjectId object) {
    Bytes key = to_bytes(view_bytes(store));
    const Bytes part = object_part(object);
    key.insert(key.end(), part.begin(), part.end());
    return key;
}

}  // namespace remapi::kit
