// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What the methods of a folder share: which interfaces they are asked for, and how they answer when
// some of many items could not be done.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "abi/iids.h"

namespace remapi::localstore {

inline bool is_folder_interface(const IID* iid) {
    return !iid || IsEqualGUID(*iid, IID_IMAPIFolder) || IsEqualGUID(*iid, IID_IMAPIContainer) ||
           IsEqualGUID(*iid, IID_IMAPIProp) || IsEqualGUID(*iid, IID_IUnknown);
}

inline bool is_message_interface(const IID* iid) {
    return !iid || IsEqualGUID(*iid, IID_IMessage) || IsEqualGUID(*iid, IID_IMAPIProp) ||
           IsEqualGUID(*iid, IID_IUnknown);
}

/// CopyMessages and others, as far as the number of messages tells it.
inline HRESULT outcome(std::size_t wanted, std::size_t done) {
    return done == wanted ? S_OK : MAPI_W_PARTIAL_COMPLETION;
}

/// `items` in portions of up to `size`.
template <class Item>
std::vector<std::span<const Item>> batches(const std::vector<Item>& items, std::size_t size) {
    std::vector<std::span<const Item>> parts;
    for (std::size_t at = 0; at < items.size(); at += size) {
        parts.emplace_back(items.data() + at, std::min(size, items.size() - at));
    }
    return parts;
}

}  // namespace remapi::localstore
