// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Copying between any two objects, whatever their providers: properties, recipients, attachments,
// messages, folders.
// Pages: mapi/imapisupport-docopyto.md, mapi/imapisupport-docopyprops.md,
// mapi/imapisupport-copymessages.md, mapi/imapisupport-copyfolder.md
#pragma once

#include <span>

#include "format/bytes.h"

namespace remapi::spi {

struct CopyOptions {
    bool move = false;                  ///< MAPI_MOVE, MESSAGE_MOVE, FOLDER_MOVE
    bool keep_existing = false;         ///< MAPI_NOREPLACE
    IMAPIProgress* progress = nullptr;  ///< told how far it is; may be null
};

/// Copies all properties of `source` but the excluded ones to `target`, and recipients,
/// attachments, sub-folders and contents where both have them and neither their interface nor their
/// tag is excluded.
/// @param problems  may be null; [out] in its own block, or null when all went well
/// Errors: MAPI_E_COLLISION (keep_existing), MAPI_E_FOLDER_CYCLE, MAPI_E_NO_SUPPORT; what the
/// objects answer.
void copy_object(IMAPIProp* source, std::span<const IID> excluded_interfaces,
                 const SPropTagArray* excluded, IMAPIProp* target, const CopyOptions& options,
                 SPropProblemArray** problems);

/// Copies the named properties only.
void copy_properties(IMAPIProp* source, const SPropTagArray& included, IMAPIProp* target,
                     const CopyOptions& options, SPropProblemArray** problems);

/// Copies messages of `source` by entry id. Returns MAPI_W_PARTIAL_COMPLETION when some could not
/// be.
HRESULT copy_messages(IMAPIFolder* source, const ENTRYLIST& messages, IMAPIFolder* target,
                      const CopyOptions& options);

/// Copies the folder `entry` of `source` into `target`, under `new_name` when that is not empty,
/// with its sub-folders when `recursive`. Errors: MAPI_E_COLLISION when the name is taken,
/// MAPI_E_FOLDER_CYCLE.
HRESULT copy_folder(IMAPIFolder* source, BytesView entry, IMAPIFolder* target, StringView new_name,
                    bool recursive, const CopyOptions& options);

}  // namespace remapi::spi
