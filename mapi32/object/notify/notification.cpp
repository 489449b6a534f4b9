// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/notify/notification.h"

#include "format/entry_id.h"
#include "object/props/abi_value.h"

namespace remapi::object {
namespace {

using format::view_entry_id;

/// Gives out copies that die with one root block.
class Copier {
public:
    explicit Copier(void* root) noexcept : m_root(root) {}

    ENTRYID* entry_id(ULONG size, const ENTRYID* from) const {
        return pack_entry_id(view_entry_id(size, from), m_root);
    }
    LPTSTR text(const void* from, ULONG flags) const {
        if (!from) return nullptr;
        if ((flags & MAPI_UNICODE) != 0) return zero_terminated(static_cast<const WCHAR*>(from));
        return zero_terminated(static_cast<const char*>(from));
    }
    SPropTagArray* tags(const SPropTagArray* from) const {
        if (!from) return nullptr;
        const std::size_t bytes =
            offsetof(SPropTagArray, aulPropTag) + std::size_t{from->cValues} * sizeof(ULONG);
        void* copy = Buffer<BYTE>::link_to(m_root, bytes);
        std::memcpy(copy, from, bytes);
        return static_cast<SPropTagArray*>(copy);
    }
    SPropValue* values(ULONG count, const SPropValue* from) const {
        if (count == 0 || !from) return nullptr;
        auto* copy = static_cast<SPropValue*>(
            Buffer<BYTE>::link_to(m_root, memory::array_bytes(count, sizeof(SPropValue))));
        pack_into(copy, from_abi(count, from), m_root);
        return copy;
    }
    SPropValue value(const SPropValue& from) const {
        // A deleted row's prior row may be all zero, which is no valid value to copy.
        if (from.ulPropTag == 0) return from;
        SPropValue copy = {};
        const PropValue ours = from_abi(from);
        pack_into(&copy, std::span(&ours, 1), m_root);
        return copy;
    }
    MAPIERROR* error(const MAPIERROR* from, ULONG flags) const {
        if (!from) return nullptr;
        auto* copy = static_cast<MAPIERROR*>(Buffer<BYTE>::link_to(m_root, sizeof(MAPIERROR)));
        *copy = *from;
        copy->lpszError = text(from->lpszError, flags);
        copy->lpszComponent = text(from->lpszComponent, flags);
        return copy;
    }
    BYTE* bytes(ULONG size, const BYTE* from) const {
        return reinterpret_cast<BYTE*>(pack_entry_id(view_bytes(from, size), m_root));
    }

private:
    template <class Char>
    LPTSTR zero_terminated(const Char* from) const {
        const std::size_t bytes = (std::char_traits<Char>::length(from) + 1) * sizeof(Char);
        void* copy = Buffer<BYTE>::link_to(m_root, bytes);
        std::memcpy(copy, from, bytes);
        return static_cast<LPTSTR>(copy);
    }
    void* m_root;
};

void copy_object(const Copier& copier, OBJECT_NOTIFICATION& to, const OBJECT_NOTIFICATION& from) {
    to.lpEntryID = copier.entry_id(from.cbEntryID, from.lpEntryID);
    to.lpParentID = copier.entry_id(from.cbParentID, from.lpParentID);
    to.lpOldID = copier.entry_id(from.cbOldID, from.lpOldID);
    to.lpOldParentID = copier.entry_id(from.cbOldParentID, from.lpOldParentID);
    to.lpPropTagArray = copier.tags(from.lpPropTagArray);
}

void copy_table(const Copier& copier, TABLE_NOTIFICATION& to, const TABLE_NOTIFICATION& from) {
    to.propIndex = copier.value(from.propIndex);
    to.propPrior = copier.value(from.propPrior);
    to.row.lpProps = copier.values(from.row.cValues, from.row.lpProps);
}

void copy_new_mail(const Copier& copier, NEWMAIL_NOTIFICATION& to,
                   const NEWMAIL_NOTIFICATION& from) {
    to.lpEntryID = copier.entry_id(from.cbEntryID, from.lpEntryID);
    to.lpParentID = copier.entry_id(from.cbParentID, from.lpParentID);
    to.lpszMessageClass = copier.text(from.lpszMessageClass, from.ulFlags);
}

// `to` starts as a flat copy of `from`; here its pointers get their own data.
void copy_one(const Copier& copier, NOTIFICATION& to, const NOTIFICATION& from) {
    switch (from.ulEventType) {
        case fnevCriticalError:
            to.info.err.lpEntryID =
                copier.entry_id(from.info.err.cbEntryID, from.info.err.lpEntryID);
            to.info.err.lpMAPIError =
                copier.error(from.info.err.lpMAPIError, from.info.err.ulFlags);
            return;
        case fnevNewMail:
            return copy_new_mail(copier, to.info.newmail, from.info.newmail);
        case fnevObjectCreated:
        case fnevObjectDeleted:
        case fnevObjectModified:
        case fnevObjectMoved:
        case fnevObjectCopied:
        case fnevSearchComplete:
            return copy_object(copier, to.info.obj, from.info.obj);
        case fnevTableModified:
            return copy_table(copier, to.info.tab, from.info.tab);
        case fnevStatusObjectModified:
            to.info.statobj.lpEntryID =
                copier.entry_id(from.info.statobj.cbEntryID, from.info.statobj.lpEntryID);
            to.info.statobj.lpPropVals =
                copier.values(from.info.statobj.cValues, from.info.statobj.lpPropVals);
            return;
        case fnevExtended:
            to.info.ext.pbEventParameters =
                copier.bytes(from.info.ext.cb, from.info.ext.pbEventParameters);
            return;
        default:
            throw Error(MAPI_E_INVALID_PARAMETER, "copying a notification of an unknown type");
    }
}

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
    auto block = Buffer<NOTIFICATION>::allocate(notifications.size());
    const Copier copier(block.get());
    for (std::size_t i = 0; i < notifications.size(); ++i) {
        std::memcpy(&block[i], &notifications[i], sizeof(NOTIFICATION));
        copy_one(copier, block[i], notifications[i]);
    }
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
