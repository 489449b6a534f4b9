// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <span>

#include "memory/buffer.h"
#include "object/props/prop_value.h"

namespace remapi::object {

/// Something that happened to an object of a store or address book.
/// Pages: mapi/object_notification.md, mapi/newmail_notification.md
struct ObjectEvent {
    ULONG type = fnevObjectModified;  ///< one fnevObject...; fnevNewMail; fnevSearchComplete
    ULONG object_type = MAPI_MESSAGE;
    Bytes entry_id;
    Bytes parent_id;
    Bytes old_id;  ///< moved, copied: where it came from
    Bytes old_parent_id;
    std::vector<ULONG> tags;  ///< modified: what changed, when known
    String message_class;     ///< new mail
    ULONG message_flags = 0;  ///< new mail: MSGFLAG_
};

/// The notification that tells of `event`, in one block with linked ones.
Buffer<NOTIFICATION> pack(const ObjectEvent& event);

/// A deep copy of notifications in one block, for handing on to another thread or process part.
/// Throws Error(MAPI_E_INVALID_PARAMETER) for an unknown event type and what count_notifications
/// refuses. Page: mapi/notification.md
Buffer<NOTIFICATION> copy_notifications(std::span<const NOTIFICATION> notifications);

/// The entry ids that `notification` is about: object, parent, old object, old parent, as far as it
/// has them. Views into it.
std::vector<BytesView> subjects_of(const NOTIFICATION& notification);

}  // namespace remapi::object
