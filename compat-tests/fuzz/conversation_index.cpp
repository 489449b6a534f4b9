// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/conversation_index.h"

#include "target.h"

using remapi::fuzz::require;
namespace format = remapi::format;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    remapi::fuzz::Input input(data, size);
    const std::uint64_t time = input.number(8);
    const std::uint8_t random = input.u8();
    const remapi::BytesView parent = input.rest();
    const auto index = format::decode_conversation_index(parent);
    const remapi::Bytes reply = format::reply_to_conversation(parent, time, random, GUID{});
    const auto answered = format::decode_conversation_index(reply);
    require(answered.has_value(), "a reply has an index");
    if (!index) {
        require(reply.size() == format::kConversationHeaderBytes,
                "a reply to no thread starts one");
        return 0;
    }
    require(answered->children.size() == index->children.size() + 1,
            "a reply is one generation further");
    require(answered->time == index->time, "a reply keeps the time of its thread");
    require(remapi::equal_bytes(remapi::BytesView(reply).first(parent.size()), parent),
            "a reply's index starts with its parent's");
    return 0;
}
