// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Address space and memory from the system, below any heap. Nothing here gives address space back:
// who reserves keeps it until the process ends.
#pragma once

#include <cstddef>

namespace remapi::port {

/// What `reserve_pages` aligns to: the unit in which Windows hands out address space.
inline constexpr std::size_t kReserveBytes = 64 * 1024;

/// `size` bytes of address space, a multiple of kReserveBytes, aligned to kReserveBytes; they may
/// not be touched yet. Null when there is no such piece.
void* reserve_pages(std::size_t size) noexcept;
/// Makes reserved bytes usable; those that were not before are zero. False when there is no memory.
bool commit_pages(void* start, std::size_t size) noexcept;
/// Gives the memory of the whole pages within these bytes back; they may not be touched until they
/// are committed again.
void decommit_pages(void* start, std::size_t size) noexcept;

}  // namespace remapi::port
