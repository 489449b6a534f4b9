// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <functional>

#include "format/bytes.h"
#include "object/stream/backing.h"

namespace remapi::object {

/// What becomes of changed bytes; called without a lock. What it throws is Commit's answer.
using WriteBack = std::function<void(const Bytes& bytes)>;

/// How a memory stream behaves.
struct MemoryStreamOptions {
    bool writable = true;
    /// STGM_TRANSACTED: only Commit hands the bytes to `write_back`, Revert goes back to the last
    /// Commit. Otherwise the last Release does so as well, if there was a change since.
    bool transacted = false;
    WriteBack write_back;
    IUnknown* owner = nullptr;   ///< kept alive by the stream; may be null
    std::uint64_t position = 0;  ///< where the first Read or Write goes
};

/// An IStream over bytes in memory; clones share them.
/// Page: mapi/imapiprop-openproperty.md (streams over properties)
com::Ptr<IStream> make_memory_stream(Bytes bytes, MemoryStreamOptions options = {});

}  // namespace remapi::object
