// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "object/stream/backing.h"

namespace remapi::object {

/// How a file becomes a stream.
struct FileStreamOptions {
    /// STGM_READ, or STGM_READWRITE with or without STGM_CREATE (the file is then made empty);
    /// STGM_DELETEONRELEASE removes the file once the last clone is released.
    DWORD mode = STGM_READ;
    /// What the file's name is kept with; null: the routines of this module.
    LPALLOCATEBUFFER allocate = nullptr;
    LPFREEBUFFER free = nullptr;
};

/// An IStream over the file at `path`. Stat hands out the path.
/// Throws Error with STG_E_FILENOTFOUND, STG_E_ACCESSDENIED, STG_E_MEDIUMFULL or MAPI_E_DISK_ERROR,
/// or with what `allocate` answers.
/// Page: mapi/openstreamonfile.md
com::Ptr<IStream> open_file_stream(StringView path, const FileStreamOptions& options);
inline com::Ptr<IStream> open_file_stream(StringView path, DWORD mode) {
    return open_file_stream(path, FileStreamOptions{mode, nullptr, nullptr});
}

/// The same over a new file <prefix>HHHH.TMP in `folder`, HHHH being hexadecimal digits that no
/// other file there has. STGM_CREATE and STGM_READWRITE go without saying.
com::Ptr<IStream> open_temporary_stream(StringView folder, StringView prefix,
                                        const FileStreamOptions& options);

/// The bytes of a file, as `open_file_stream` has them, for what is no stream.
/// @param exclusive  takes the file's lock; Error(STG_E_LOCKVIOLATION) when another has it
std::shared_ptr<Backing> open_file_backing(StringView path, const FileStreamOptions& options,
                                           bool exclusive = false);
std::shared_ptr<Backing> open_temporary_backing(StringView folder, StringView prefix,
                                                const FileStreamOptions& options);

}  // namespace remapi::object
