// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <optional>

#include "com/ptr.h"
#include "port/wide.h"

namespace remapi::object {

/// The arguments of OpenStreamOnFile, texts in UTF-16.
struct StreamOnFile {
    LPALLOCATEBUFFER allocate = nullptr;
    LPFREEBUFFER free = nullptr;
    ULONG flags = 0;
    std::optional<String> file;  ///< a folder with SOF_UNIQUEFILENAME
    std::optional<String> prefix;
};

/// Opens a file as a stream, or a new temporary one.
/// Errors: MAPI_E_INVALID_PARAMETER for a missing routine, for flags that must not stand together,
/// for a prefix of more than three characters or with a separator; MAPI_E_UNKNOWN_FLAGS;
/// MAPI_E_NOT_FOUND, MAPI_E_NO_ACCESS, MAPI_E_NOT_ENOUGH_DISK, MAPI_E_DISK_ERROR, and what
/// `allocate` answers.
/// Page: mapi/openstreamonfile.md
HRESULT open_stream_on_file(const StreamOnFile& arguments, IStream** out);

}  // namespace remapi::object
