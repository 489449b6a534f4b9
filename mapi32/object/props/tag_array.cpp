// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/props/tag_array.h"

namespace remapi::object {

Buffer<SPropTagArray> pack_tags(std::span<const ULONG> tags) {
    const std::size_t bytes = offsetof(SPropTagArray, aulPropTag) +
                              std::size_t{memory::array_bytes(tags.size(), sizeof(ULONG))};
    auto block = Buffer<SPropTagArray>::allocate_bytes(bytes);
    block->cValues = narrow_size(tags.size());
    if (!tags.empty()) std::memcpy(block->aulPropTag, tags.data(), tags.size() * sizeof(ULONG));
    return block;
}

}  // namespace remapi::object
