// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/notify/notification.h"

#include <climits>

#include "format/entry_id.h"
#include "object/notify/notification_block.h"
#include "object/props/abi_value.h"

namespace remapi::object {
namespace {

using format::view_entry_id;

void put_id(Buffer<NOTIFICATION>& block, const Bytes& id, ULONG& size, LPENTRYID& pointer) {
    size = narrow_size(id.size());
    pointer = pack_entry_id(id, block.get());
}

}  // namespace

Buffer<NOTIFICATION> pack(const ObjectEvent& event) {
    auto block = Buffer<NOTIFICATION>::allocate();
    block->ulEventType = event.type;
    if (event.type == fnevNewMail) {
        NEWMAIL_NOTIFICATION& mail = block->info.newmail;
        put_id(block, event.entry_id, mail.cbEntryID, mail.lpEntryID);
        put_id(block, event.parent_id, mail.cbParentID, mail.lpParentID);
        mail.ulFlags = MAPI_UNICODE;
        mail.lpszMessageClass =
            reinterpret_cast<LPTSTR>(block.link_text<WCHAR>(StringView(event.message_class)));
        mail.ulMessageFlags = event.message_flags;
        return block;
    }
    OBJECT_NOTIFICATION& object = block->info.obj;
    object.ulObjType = event.object_type;
    put_id(block, event.entry_id, object.cbEntryID, object.lpEntryID);
    put_id(block, event.parent_id, object.cbParentID, object.lpParentID);
    put_id(block, event.old_id, object.cbOldID, object.lpOldID);
    put_id(block, event.old_parent_id, object.cbOldParentID, object.lpOldParentID);
    if (!event.tags.empty()) {
        const std::size_t bytes =
            offsetof(SPropTagArray, aulPropTag) + event.tags.size() * sizeof(ULONG);
        object.lpPropTagArray =
            static_cast<SPropTagArray*>(Buffer<BYTE>::link_to(block.get(), bytes));
        object.lpPropTagArray->cValues = narrow_size(event.tags.size());
        std::memcpy(object.lpPropTagArray->aulPropTag, event.tags.data(),
                    event.tags.size() * sizeof(ULONG));
    }
    return block;
}

Buffer<NOTIFICATION> copy_notifications(std::span<const NOTIFICATION> notifications) {
    auto* const events = const_cast<NOTIFICATION*>(notifications.data());
    const auto count = static_cast<int>(notifications.size());
    if (notifications.size() > INT_MAX) throw Error(MAPI_E_NOT_ENOUGH_MEMORY, "notifications");
    ULONG size = 0;
    check(count_notifications(count, events, &size), "copying notifications");
    auto block = Buffer<NOTIFICATION>::allocate_bytes(size);
    check(copy_notifications(count, events, block.get(), nullptr), "copying notifications");
    return block;
}

std::vector<BytesView> subjects_of(const NOTIFICATION& notification) {
    std::vector<BytesView> subjects;
    const auto add = [&subjects](ULONG size, const ENTRYID* id) {
        if (size > 0 && id) subjects.push_back(view_entry_id(size, id));
    };
    const auto& info = notification.info;
    switch (notification.ulEventType) {
        case fnevCriticalError:
            add(info.err.cbEntryID, info.err.lpEntryID);
            break;
        case fnevNewMail:
            add(info.newmail.cbEntryID, info.newmail.lpEntryID);
            add(info.newmail.cbParentID, info.newmail.lpParentID);
            break;
        case fnevStatusObjectModified:
            add(info.statobj.cbEntryID, info.statobj.lpEntryID);
            break;
        case fnevTableModified:
        case fnevExtended:
            break;
        default:
            add(info.obj.cbEntryID, info.obj.lpEntryID);
            add(info.obj.cbParentID, info.obj.lpParentID);
            add(info.obj.cbOldID, info.obj.lpOldID);
            add(info.obj.cbOldParentID, info.obj.lpOldParentID);
    }
    return subjects;
}

}  // namespace remapi::object
