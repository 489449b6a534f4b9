// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "simple/request.h"

namespace remapi::simple {

/// Copies the file into a new attachment of `message`, in pieces: the caller may delete it as soon
/// as its call returns (quirk Q15). Throws SimpleError: MAPI_E_ATTACHMENT_NOT_FOUND,
/// MAPI_E_ATTACHMENT_OPEN_FAILURE, MAPI_E_ATTACHMENT_WRITE_FAILURE, MAPI_E_DISK_FULL.
/// @param body_units  length of the message's body: a position behind it means "not in the text"
/// (quirk Q13)
void attach_file(IMessage& message, const FileRequest& file, std::size_t body_units);

}  // namespace remapi::simple
