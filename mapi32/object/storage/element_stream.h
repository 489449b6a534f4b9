// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/storage/storage_core.h"
#include "object/stream/backing.h"

namespace remapi::object {

/// A stream in a compound file, opened with `mode` (STGM_READ, STGM_WRITE or STGM_READWRITE, and
/// STGM_SHARE_EXCLUSIVE). Once it is destroyed it answers STG_E_REVERTED.
com::Ptr<IStream> make_element_stream(std::shared_ptr<StorageCore> core, ElementRef element,
                                      DWORD mode);

}  // namespace remapi::object
