// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/entry_id.h"

#include "format/search_key.h"
#include "target.h"
#include "text/text.h"

using remapi::fuzz::require;
namespace format = remapi::format;

namespace {

void check_entry_id(remapi::BytesView bytes) {
    const auto uid = format::entry_id_uid(bytes);
    require(uid.has_value() == (bytes.size() >= format::kEntryIdHeaderBytes),
            "20 bytes name a provider");
    require(format::is_long_term(bytes) || format::entry_id_flags(bytes) != 0,
            "what has no flags is long-term");
    if (!uid) return;
    require(format::entry_id_has_uid(bytes, *uid), "an entry id has its own UID");
    const remapi::BytesView rest = format::entry_id_rest(bytes);
    const remapi::Bytes made = format::make_entry_id(format::entry_id_flags(bytes), *uid, rest);
    require(made.size() == bytes.size(), "an entry id made of the same parts is as long");
    require(remapi::equal_bytes(format::entry_id_rest(made), rest), "the provider's part survives");
}

void check_search_key(remapi::BytesView bytes) {
    const auto first = format::parse_search_key(bytes);
    if (!first) return;
    const remapi::Bytes key =
        format::recipient_search_key(first->address_type, first->email_address);
    const auto second = format::parse_search_key(key);
    require(second.has_value(), "a search key of ours can be taken apart");
    require(format::recipient_search_key(second->address_type, second->email_address) == key,
            "a search key of ours survives the round trip");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const remapi::BytesView bytes = remapi::view_bytes(data, size);
    check_entry_id(bytes);
    check_search_key(bytes);
    return 0;
}
