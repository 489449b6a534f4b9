// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Compound files of our own as IStorage. What mapi32 itself opens it opens by layer_storage.
#pragma once

#include "com/ptr.h"
#include "format/compound_file_sectors.h"
#include "object/stream/backing.h"

namespace remapi::object {

/// Makes an empty compound file in `backing`, whose contents are lost, and opens it.
/// @param mode  STGM_ bits; see storage_modes.h for which
/// Throws Error with STG_E_INVALIDFLAG, STG_E_INVALIDFUNCTION or what the backing throws.
com::Ptr<IStorage> create_docfile(std::shared_ptr<Backing> backing, DWORD mode,
                                  format::CompoundVersion version = format::CompoundVersion::Three);

/// Opens the compound file in `backing`. Throws Error as above, and with STG_E_FILEALREADYEXISTS
/// when it is none, STG_E_DOCFILECORRUPT when it is broken, STG_E_OLDDLL when its version is
/// unknown.
com::Ptr<IStorage> open_docfile(std::shared_ptr<Backing> backing, DWORD mode);

/// Opens or makes a compound file in `backing`: with ole32 on PE, natively as above, in direct mode
/// for one user. Throws Error.
com::Ptr<IStorage> layer_storage(std::shared_ptr<Backing> backing, bool create, bool writable);

}  // namespace remapi::object
