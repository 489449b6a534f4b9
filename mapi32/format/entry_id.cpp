// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/entry_id.h"

namespace remapi::format {

std::optional<MAPIUID> entry_id_uid(BytesView entry_id) noexcept {
    if (entry_id.size() < kEntryIdHeaderBytes) return std::nullopt;
    MAPIUID uid;
    std::memcpy(uid.ab, entry_id.data() + kEntryIdFlagBytes, sizeof uid.ab);
    return uid;
}

bool entry_id_has_uid(BytesView entry_id, const MAPIUID& uid) noexcept {
    return entry_id.size() >= kEntryIdHeaderBytes &&
           std::memcmp(entry_id.data() + kEntryIdFlagBytes, uid.ab, sizeof uid.ab) == 0;
}

std::uint8_t entry_id_flags(BytesView entry_id) noexcept {
    return entry_id.empty() ? std::uint8_t{0} : entry_id[0];
}

bool is_long_term(BytesView entry_id) noexcept {
    constexpr std::uint8_t kAnyLimit =
        MAPI_SHORTTERM | MAPI_NOTRECIP | MAPI_THISSESSION | MAPI_NOW | MAPI_NOTRESERVED;
    return (entry_id_flags(entry_id) & kAnyLimit) == 0;
}

Bytes make_entry_id(std::uint8_t flags, const MAPIUID& uid, BytesView rest) {
    Writer writer;
    writer.u32(flags);
    writer.bytes(view_bytes(uid));
    writer.bytes(rest);
    return writer.take();
}

BytesView entry_id_rest(BytesView entry_id) noexcept {
    return entry_id.size() < kEntryIdHeaderBytes ? BytesView()
                                                 : entry_id.subspan(kEntryIdHeaderBytes);
}

bool same_uid(const MAPIUID& left, const MAPIUID& right) noexcept {
    return std::memcmp(left.ab, right.ab, sizeof left.ab) == 0;
}

}  // namespace remapi::format
