// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <memory>

#include "providers/convert/mime/mime_document.h"

namespace remapi::mime {

/// The MIME form of a message: header, the text as text/plain, beside it text/html when there is
/// HTML, pictures of the HTML in multipart/related, attachments in base64, messages within it as
/// message/rfc822. Never TNEF. Attachments are read when the document is read: the document keeps
/// `source` alive.
/// Throws what `source` throws, and Error(MAPI_E_TOO_COMPLEX) when messages are nested over 50
/// deep.
MimeDocument compose(const std::shared_ptr<MessageSource>& source);

}  // namespace remapi::mime
