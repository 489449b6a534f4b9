// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/encoded_id.h"

#include "format/compound_entry_id.h"
#include "target.h"

using remapi::fuzz::require;
namespace format = remapi::format;

namespace {

void check_encoding(remapi::BytesView bytes) {
    const std::string text = format::encode_id(bytes);
    require(text.size() == format::encoded_id_length(bytes.size()), "the length is known before");
    require(bytes.size() <= format::encoded_id_room(text.size()), "the room is enough");
    require(format::decode_id(text) == remapi::to_bytes(bytes), "an id survives as text");
    const std::string_view any = remapi::fuzz::characters(bytes);
    if (const auto decoded = format::decode_id(any)) {
        require(format::encode_id(*decoded) == any, "an id has one text");
        require(decoded->size() <= format::encoded_id_room(any.size()), "the room is enough");
    }
}

void check_compound(remapi::BytesView bytes) {
    if (const auto parts = format::decompose_entry_id(bytes)) {
        const remapi::Bytes again = format::compose_entry_id(parts->store_key, parts->entry_id);
        const auto second = format::decompose_entry_id(again);
        require(second && remapi::equal_bytes(second->store_key, parts->store_key) &&
                    remapi::equal_bytes(second->entry_id, parts->entry_id),
                "both parts survive");
    }
    remapi::fuzz::Input input(bytes.data(), bytes.size());
    const remapi::BytesView key = input.bytes(1u + input.u8());
    if (key.empty() || input.rest().size() < 4) return;
    const remapi::Bytes made = format::compose_entry_id(key, input.rest());
    const auto parts = format::decompose_entry_id(made);
    require(parts && remapi::equal_bytes(parts->store_key, key) &&
                remapi::equal_bytes(parts->entry_id, input.rest()),
            "what was composed can be taken apart");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const remapi::BytesView bytes = remapi::view_bytes(data, size);
    check_encoding(bytes);
    check_compound(bytes);
    return 0;
}
