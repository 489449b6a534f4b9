// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "format/compound_file_source.h"
#include "object/stream/backing.h"

namespace remapi::object {

/// The bytes of somebody's stream from `origin` on. What makes it longer is written as zeros, never
/// asked for by SetSize, which says nothing of what it adds. Its position is moved.
/// Page: mapi/avoiding-using-istream-setsize-to-extend-a-stream.md
std::shared_ptr<Backing> backing_on_stream(IStream* stream, std::uint64_t origin, bool writable);
/// The bytes of somebody's ILockBytes.
std::shared_ptr<Backing> backing_on_lock_bytes(ILockBytes* bytes, bool writable);

/// What a compound file lies in, as format/ wants it.
std::shared_ptr<format::BlockSource> source_on_backing(std::shared_ptr<Backing> backing);

}  // namespace remapi::object
