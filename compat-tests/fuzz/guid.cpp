// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/guid.h"

#include "target.h"

using remapi::fuzz::require;
namespace format = remapi::format;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const remapi::BytesView bytes = remapi::view_bytes(data, size);
    const std::string_view text = remapi::fuzz::characters(bytes);
    if (const auto guid = format::parse_guid(text)) {
        const auto again = format::parse_guid(format::guid_text(*guid));
        require(again && format::guid_bytes(*again) == format::guid_bytes(*guid),
                "a GUID survives as text");
    }
    if (const auto uid = format::parse_uid(text)) {
        const auto again = format::parse_uid(format::uid_text(*uid));
        require(again && remapi::equal_bytes(remapi::view_bytes(*again), remapi::view_bytes(*uid)),
                "a UID survives as text");
    }
    const auto guid = format::guid_from_bytes(bytes);
    require(guid.has_value() == (size == sizeof(GUID)), "16 bytes are a GUID");
    if (guid) {
        require(remapi::equal_bytes(format::guid_bytes(*guid), bytes), "a GUID survives as bytes");
        const MAPIUID uid = format::uid_from_guid(*guid);
        require(format::guid_bytes(format::guid_from_uid(uid)) == format::guid_bytes(*guid),
                "a GUID survives as UID");
    }
    return 0;
}
