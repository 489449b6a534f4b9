// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/conversation_index.h"

#include "format/guid.h"

namespace remapi::format {
namespace {

constexpr std::uint8_t kReserved = 1;
constexpr unsigned kHeaderTimeShift = 16;  // low bits that the header leaves out
constexpr unsigned kNearShift = 18;  // low bits that a child leaves out, difference under 2^49
constexpr unsigned kFarShift = 23;   // the same for larger differences
constexpr std::uint64_t kNearLimit = std::uint64_t{1} << 49;
constexpr std::uint32_t kFarBit = 0x80000000u;

bool is_index(BytesView index) noexcept {
    return index.size() >= kConversationHeaderBytes && index[0] == kReserved &&
           (index.size() - kConversationHeaderBytes) % kConversationChildBytes == 0;
}

// The reserved byte is at the same time the highest byte of the file time, which is 1 from 1829 to
// 2057.
std::uint64_t header_time(BytesView index) noexcept {
    std::uint64_t time = 0;
    for (std::size_t i = 0; i < 6; ++i) time = (time << 8) | index[i];
    return time << kHeaderTimeShift;
}

}  // namespace

Bytes start_conversation(std::uint64_t file_time, const GUID& thread) {
    Writer writer;
    writer.u8(kReserved);
    for (int shift = 48; shift >= 16; shift -= 8) {
        writer.u8(static_cast<std::uint8_t>(file_time >> shift));
    }
    writer.bytes(guid_bytes(thread));
    return writer.take();
}

Bytes reply_to_conversation(BytesView parent, std::uint64_t file_time, std::uint8_t random,
                            const GUID& thread) {
    if (!is_index(parent)) return start_conversation(file_time, thread);

    const std::uint64_t started = header_time(parent);
    const std::uint64_t difference = file_time > started ? file_time - started : 0;
    std::uint32_t word = 0;
    if (difference < kNearLimit) {
        word = static_cast<std::uint32_t>(difference >> kNearShift);
    } else {
        word = kFarBit | (static_cast<std::uint32_t>(difference >> kFarShift) & ~kFarBit);
    }
    Writer writer;
    writer.bytes(parent);
    for (int shift = 24; shift >= 0; shift -= 8)
        writer.u8(static_cast<std::uint8_t>(word >> shift));
    writer.u8(random);
    return writer.take();
}

std::optional<ConversationIndex> decode_conversation_index(BytesView index) {
    if (!is_index(index)) return std::nullopt;
    ConversationIndex result;
    result.time = header_time(index);
    result.thread = guid_from_bytes(index.subspan(6, sizeof(GUID))).value_or(GUID{});
    for (BytesView rest = index.subspan(kConversationHeaderBytes); !rest.empty();
         rest = rest.subspan(kConversationChildBytes)) {
        std::uint32_t word = 0;
        for (std::size_t i = 0; i < 4; ++i) word = (word << 8) | rest[i];
        const unsigned shift = (word & kFarBit) != 0 ? kFarShift : kNearShift;
        result.children.push_back({static_cast<std::uint64_t>(word & ~kFarBit) << shift,
                                   static_cast<std::uint8_t>(rest[4] >> 4),
                                   static_cast<std::uint8_t>(rest[4] & 0x0F)});
    }
    return result;
}

}  // namespace remapi::format
