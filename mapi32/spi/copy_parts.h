// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The pieces of the copy engine that are about one kind of sub-object.
#pragma once

#include "spi/copy_engine.h"

namespace remapi::spi {

/// Everything from `from`'s start to its end; commits `to`.
HRESULT copy_bytes(IStream* from, IStream* to);
/// Replaces the recipients of `to` by those of `from`.
void copy_recipients(IMessage* from, IMessage* to);
/// Adds copies of all attachments, each saved.
void copy_attachments(IMessage* from, IMessage* to);
/// The embedded message of an attachment, where it has one; OLE objects by stream.
void copy_attached_object(IAttach* from, IAttach* to);
/// One message by entry id, saved. Answers why it could not be copied.
HRESULT copy_message(IMAPIFolder* source, BytesView entry, IMAPIFolder* target);
/// All messages, associated ones included. MAPI_W_PARTIAL_COMPLETION when some could not be copied.
HRESULT copy_contents(IMAPIFolder* source, IMAPIFolder* target, const CopyOptions& options);
/// All sub-folders with all that is in them. MAPI_W_PARTIAL_COMPLETION as above.
HRESULT copy_subfolders(IMAPIFolder* source, IMAPIFolder* target, const CopyOptions& options);
/// Whether `inner` is `outer` or lies below it.
bool contains(IMAPIFolder* outer, IMAPIFolder* inner);

}  // namespace remapi::spi
