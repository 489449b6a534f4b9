// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/stream/backing.h"
#include "port/wide.h"

namespace remapi::object {

/// An IStream over the file at `path`.
/// @param mode  STGM_READ, or STGM_READWRITE with or without STGM_CREATE (the file is then made
/// empty);
///              STGM_DELETEONRELEASE removes the file once the last clone is released
/// Throws Error with STG_E_FILENOTFOUND, STG_E_ACCESSDENIED, STG_E_MEDIUMFULL or MAPI_E_DISK_ERROR.
/// Page: mapi/openstreamonfile.md
com::Ptr<IStream> open_file_stream(StringView path, DWORD mode);

}  // namespace remapi::object
