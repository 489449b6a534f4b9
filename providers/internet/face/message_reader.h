// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <memory>

#include "com/ptr.h"
#include "object/props/property_bag.h"
#include "providers/convert/mime/message_source.h"

namespace remapi::internet {

/// A MAPI message as MIME composition wants it. Its From is whom it represents, otherwise `sender`;
/// recipients that are shown are its SMTP recipients of classes To and Cc but those for a resend
/// (MAPI_P1). `message` is kept alive. Throws what the message's methods answer.
std::shared_ptr<mime::MessageSource> read_message(com::Ptr<IMessage> message, mime::Mailbox sender);

/// Whether a row of a recipient table is an Internet address.
bool is_smtp(const PropertyBag& recipient) noexcept;

}  // namespace remapi::internet
