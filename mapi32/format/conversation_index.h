// SPDX-License-Identifier: LGPL-2.1-or-later
//
// PR_CONVERSATION_INDEX: a header of 22 bytes that all messages of a thread share, and 5 bytes for
// each generation of replies. Pages: mapi/tracking-conversations.md,
// mapi/sccreateconversationindex.md, [MS-OXOMSG] 2.2.1.3
#pragma once

#include <optional>

#include "format/bytes.h"

namespace remapi::format {

constexpr std::size_t kConversationHeaderBytes = 22;
constexpr std::size_t kConversationChildBytes = 5;

/// A conversation index, taken apart. File times are in 100 ns UTC.
struct ConversationIndex {
    std::uint64_t time = 0;  ///< the header's, to 6.5536 ms: the low 16 bits are zero
    GUID thread = {};
    struct Child {
        std::uint64_t difference = 0;  ///< to the header's time in 100 ns, as far as kept
        std::uint8_t random = 0;       ///< 4 bits
        std::uint8_t sequence = 0;     ///< 4 bits
    };
    std::vector<Child> children;
};

/// The index of a message that starts a thread.
Bytes start_conversation(std::uint64_t file_time, const GUID& thread);

/// The index of a reply to the message with the index `parent`, made at `file_time`. `random` is
/// any byte. A parent that is no index starts a new thread, named `thread`.
Bytes reply_to_conversation(BytesView parent, std::uint64_t file_time, std::uint8_t random,
                            const GUID& thread);

/// nullopt when the length is not 22 + n * 5 or the first byte is not 1.
std::optional<ConversationIndex> decode_conversation_index(BytesView index);

}  // namespace remapi::format
