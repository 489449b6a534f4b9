// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <span>

#include "memory/buffer.h"

namespace remapi::object {

/// The tags of a client's array; null is none. Page: mapi/sproptagarray.md
inline std::span<const ULONG> view_tags(const SPropTagArray* tags) noexcept {
    return tags ? std::span<const ULONG>(tags->aulPropTag, tags->cValues)
                : std::span<const ULONG>();
}

/// A tag array in a block of its own, for a caller across the ABI. No tags: an array that says 0.
Buffer<SPropTagArray> pack_tags(std::span<const ULONG> tags);

/// A tag array for a call outwards:
///   const TagArray wanted{PR_ENTRYID, PR_DISPLAY_NAME_W};
///   object->GetProps(wanted.get(), ...)
class TagArray {
public:
    TagArray(std::initializer_list<ULONG> tags) : TagArray(std::span(tags.begin(), tags.size())) {}
    explicit TagArray(std::span<const ULONG> tags) : m_block(pack_tags(tags)) {}
    /// Never written to by a well-behaved callee, whatever the missing const says.
    SPropTagArray* get() const noexcept { return m_block.get(); }

private:
    Buffer<SPropTagArray> m_block;
};

}  // namespace remapi::object
