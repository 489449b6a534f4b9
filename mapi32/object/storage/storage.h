// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "com/ptr.h"
#include "object/storage/storage_core.h"

namespace remapi::object {

/// The storage `element` of a compound file, opened with `mode` (STGM_ bits).
///
/// Direct mode: changes are there at once for everybody who uses the same file object; Commit of
/// any storage or stream, and the last Release, make the source a complete file. Transacted root:
/// nothing reaches the source before Commit of the root. Transacted substorage: nothing reaches
/// its parent before its own Commit. Revert drops what was not committed; what was opened from the
/// storage then answers STG_E_REVERTED, as do elements that are destroyed while open. Objects keep
/// the file open that they belong to, so they may outlive their parents. An element is open once
/// at a time (STG_E_ACCESSDENIED).
/// @param name  what Stat says of the root; empty for none
com::Ptr<IStorage> make_storage(std::shared_ptr<StorageCore> core, ElementRef element, DWORD mode,
                                String name = String());

}  // namespace remapi::object
