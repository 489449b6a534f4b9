// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <cstddef>

namespace remapi::memory {

/// Where a heap's memory comes from: port/pages.h, or what a test puts in its place.
struct PageSource {
    void* (*reserve)(std::size_t size) noexcept;
    bool (*commit)(void* start, std::size_t size) noexcept;
    void (*decommit)(void* start, std::size_t size) noexcept;
};

}  // namespace remapi::memory
