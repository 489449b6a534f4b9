// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMAPIFolder: what a folder does with its messages and sub-folders.
#include "object/util/calls.h"
#include "providers/kit/read_flags.h"
#include "providers/memory/face/folder.h"
#include "providers/memory/face/message.h"
#include "text/text.h"

namespace remapi::memory_store {
namespace {

/// DELETE_HARD_DELETE, which the headers lack: everything that is deleted here is gone at once.
constexpr ULONG kHardDelete = 0x00000010;

bool is_one_of(const IID* iid, std::initializer_list<IID> answered) {
    if (!iid || IsEqualGUID(*iid, IID_IMAPIProp) || IsEqualGUID(*iid, IID_IUnknown)) return true;
    for (const IID& candidate : answered) {
        if (IsEqualGUID(*iid, candidate)) return true;
    }
    return false;
}

/// What a call about several messages answers.
HRESULT outcome(std::size_t wanted, std::size_t done) {
    return done == wanted ? S_OK : MAPI_W_PARTIAL_COMPLETION;
}

}  // namespace

std::vector<Number> FolderFace::messages_of(const ENTRYLIST* list) {
    if (!list) return model_store().messages_in(m_id, false);
    std::vector<Number> messages;
    for (ULONG i = 0; i < list->cValues; ++i) {
        const auto object = model_store().find(view_bytes(list->lpbin[i]));
        if (object && object->type == MAPI_MESSAGE) messages.push_back(object->row);
    }
    return messages;
}

std::optional<Number> FolderFace::own_folder(void* target) {
    auto* object = static_cast<IMAPIProp*>(target);
    const auto store_key = object::get_one_prop(object, PR_STORE_RECORD_KEY);
    if (!store_key || !equal_bytes(store_key->bytes(), view_bytes(model_store().uid())))
        return std::nullopt;
    return model_store().require(object::get_required_prop(object, PR_ENTRYID).bytes(),
                                 MAPI_FOLDER);
}

/// A message that is in the folder once it was saved. Errors: MAPI_E_NO_ACCESS, also when saving
/// one in a search folder. Page: mapi/imapifolder-createmessage.md
STDMETHODIMP FolderFace::CreateMessage(LPCIID iid, ULONG flags, LPMESSAGE* message) noexcept {
    return abi::guard("IMAPIFolder::CreateMessage", [&]() -> HRESULT {
        if (!message) return MAPI_E_INVALID_PARAMETER;
        *message = nullptr;
        if ((flags & ~(MAPI_ASSOCIATED | MAPI_DEFERRED_ERRORS)) != 0) return MAPI_E_UNKNOWN_FLAGS;
        if (!is_one_of(iid, {IID_IMessage})) return MAPI_E_INTERFACE_NOT_SUPPORTED;
        check_writable();
        if (model_store().folder(m_id).type == FOLDER_SEARCH) return MAPI_E_NO_ACCESS;
        Message fresh;
        fresh.folder = m_id;
        fresh.associated = (flags & MAPI_ASSOCIATED) != 0;
        *message = com::make<MessageFace>(m_store, std::move(fresh), true).detach();
        return S_OK;
    });
}

/// Within this store a moved message keeps its entry identifier. Messages that are not here or on
/// their way out are left alone. Page: mapi/imapifolder-copymessages.md
STDMETHODIMP FolderFace::CopyMessages(LPENTRYLIST messages, LPCIID iid, LPVOID target,
                                      ULONG_PTR ui_param, LPMAPIPROGRESS progress,
                                      ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::CopyMessages", [&]() -> HRESULT {
        if (!messages || !target) return MAPI_E_INVALID_PARAMETER;
        constexpr ULONG kKnown = MESSAGE_MOVE | MESSAGE_DIALOG | MAPI_DECLINE_OK;
        if ((flags & ~kKnown) != 0) return MAPI_E_UNKNOWN_FLAGS;
        const bool move = (flags & MESSAGE_MOVE) != 0;
        if (move) check_writable();
        if (const auto own = own_folder(target)) return copy_messages(*messages, *own, move);
        if ((flags & MAPI_DECLINE_OK) != 0) return MAPI_E_DECLINE_COPY;
        return required_support()->CopyMessages(&IID_IMAPIFolder, static_cast<IMAPIFolder*>(this),
                                                messages, iid, target, ui_param, progress, flags);
    });
}

HRESULT FolderFace::copy_messages(const ENTRYLIST& messages, Number target, bool move) {
    std::size_t done = 0;
    for (const Number id : messages_of(&messages)) {
        Change change{.object = {MAPI_MESSAGE, id}, .parent = target, .old_parent = m_id};
        if (move) {
            if (!model_store().move_message(m_id, id, target)) continue;
            change.event = fnevObjectMoved;
        } else {
            change.object.row = model_store().copy_message(m_id, id, target);
            if (change.object.row == 0) continue;
            change.event = fnevObjectCopied;
            change.original = id;
        }
        m_store->announce(change);
        ++done;
    }
    return outcome(messages.cValues, done);
}

/// Messages that are not here or on their way out stay. Page: mapi/imapifolder-deletemessages.md
STDMETHODIMP FolderFace::DeleteMessages(LPENTRYLIST messages, ULONG_PTR, LPMAPIPROGRESS,
                                        ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::DeleteMessages", [&]() -> HRESULT {
        if (!messages) return MAPI_E_INVALID_PARAMETER;
        if ((flags & ~(MESSAGE_DIALOG | kHardDelete)) != 0) return MAPI_E_UNKNOWN_FLAGS;
        check_writable();
        std::size_t done = 0;
        for (const Number id : messages_of(messages)) {
            if (!model_store().delete_message(m_id, id)) continue;
            announce_message(fnevObjectDeleted, id, m_id);
            ++done;
        }
        return outcome(messages->cValues, done);
    });
}

/// Errors: MAPI_E_COLLISION when the name is taken, without OPEN_IF_EXISTS; MAPI_E_BAD_VALUE for no
/// name; MAPI_E_NO_ACCESS in a search folder. Page: mapi/imapifolder-createfolder.md
STDMETHODIMP FolderFace::CreateFolder(ULONG type, LPTSTR name, LPTSTR comment, LPCIID iid,
                                      ULONG flags, LPMAPIFOLDER* folder) noexcept {
    return abi::guard("IMAPIFolder::CreateFolder", [&]() -> HRESULT {
        if (!name || !folder) return MAPI_E_INVALID_PARAMETER;
        *folder = nullptr;
        if ((flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS | OPEN_IF_EXISTS)) != 0)
            return MAPI_E_UNKNOWN_FLAGS;
        if (type != FOLDER_GENERIC && type != FOLDER_SEARCH) return MAPI_E_INVALID_PARAMETER;
        if (!is_one_of(iid, {IID_IMAPIFolder, IID_IMAPIContainer}))
            return MAPI_E_INTERFACE_NOT_SUPPORTED;
        check_writable();
        Folder wanted{.parent = m_id, .type = type};
        wanted.values.set({PR_DISPLAY_NAME_W, text::from_tstr(name, flags)});
        if (comment) wanted.values.set({PR_COMMENT_W, text::from_tstr(comment, flags)});
        const auto made =
            model_store().create_folder(std::move(wanted), (flags & OPEN_IF_EXISTS) != 0);
        auto face = com::make<FolderFace>(m_store, made.id, true);
        if (made.is_new) announce_folder(fnevObjectCreated, made.id, m_id);
        *folder = face.detach();
        return S_OK;
    });
}

/// Moves within this store are done here; everything else is the host's copy engine.
/// Errors: MAPI_E_FOLDER_CYCLE, MAPI_E_COLLISION. Page: mapi/imapifolder-copyfolder.md
STDMETHODIMP FolderFace::CopyFolder(ULONG entry_size, LPENTRYID entry, LPCIID iid, LPVOID target,
                                    LPTSTR new_name, ULONG_PTR ui_param, LPMAPIPROGRESS progress,
                                    ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::CopyFolder", [&]() -> HRESULT {
        if (!entry || !target) return MAPI_E_INVALID_PARAMETER;
        constexpr ULONG kKnown =
            FOLDER_MOVE | FOLDER_DIALOG | COPY_SUBFOLDERS | MAPI_UNICODE | MAPI_DECLINE_OK;
        if ((flags & ~kKnown) != 0) return MAPI_E_UNKNOWN_FLAGS;
        const auto own = own_folder(target);
        if (!own || (flags & FOLDER_MOVE) == 0) {
            if ((flags & MAPI_DECLINE_OK) != 0) return MAPI_E_DECLINE_COPY;
            return required_support()->CopyFolder(&IID_IMAPIFolder, static_cast<IMAPIFolder*>(this),
                                                  entry_size, entry, iid, target, new_name,
                                                  ui_param, progress, flags);
        }
        check_writable();
        const Number child = required(entry_size, entry, MAPI_FOLDER);
        model_store().move_folder(m_id, child, *own, text::from_tstr(new_name, flags));
        announce_folder(fnevObjectMoved, child, *own, m_id);
        return S_OK;
    });
}

/// Errors: MAPI_E_HAS_FOLDERS, MAPI_E_HAS_MESSAGES. Page: mapi/imapifolder-deletefolder.md
STDMETHODIMP FolderFace::DeleteFolder(ULONG entry_size, LPENTRYID entry, ULONG_PTR, LPMAPIPROGRESS,
                                      ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::DeleteFolder", [&]() -> HRESULT {
        if ((flags & ~(DEL_MESSAGES | DEL_FOLDERS | FOLDER_DIALOG | kHardDelete)) != 0)
            return MAPI_E_UNKNOWN_FLAGS;
        check_writable();
        const Number child = required(entry_size, entry, MAPI_FOLDER);
        model_store().delete_folder(m_id, child, flags);
        announce_folder(fnevObjectDeleted, child, m_id);
        return S_OK;
    });
}

/// Without a list: of all messages here. Errors: as kit::read_flag_change.
/// Page: mapi/imapifolder-setreadflags.md
STDMETHODIMP FolderFace::SetReadFlags(LPENTRYLIST messages, ULONG_PTR, LPMAPIPROGRESS,
                                      ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::SetReadFlags", [&]() -> HRESULT {
        const kit::ReadFlagChange change = kit::read_flag_change(flags & ~MESSAGE_DIALOG);
        check_writable();
        const std::vector<Number> ids = messages_of(messages);
        std::size_t done = 0;
        for (const Number id : ids) {
            if (!model_store().set_flags(m_id, id, change.flags, change.mask)) continue;
            announce_message(fnevObjectModified, id, m_id);
            ++done;
        }
        return outcome(messages ? messages->cValues : ids.size(), done);
    });
}

/// Page: mapi/imapifolder-getmessagestatus.md
STDMETHODIMP FolderFace::GetMessageStatus(ULONG entry_size, LPENTRYID entry, ULONG flags,
                                          ULONG* status) noexcept {
    return abi::guard("IMAPIFolder::GetMessageStatus", [&]() -> HRESULT {
        if (!status) return MAPI_E_INVALID_PARAMETER;
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        *status = model_store().set_status(m_id, required(entry_size, entry, MAPI_MESSAGE), 0, 0);
        return S_OK;
    });
}

/// Page: mapi/imapifolder-setmessagestatus.md
STDMETHODIMP FolderFace::SetMessageStatus(ULONG entry_size, LPENTRYID entry, ULONG status,
                                          ULONG mask, ULONG* old_status) noexcept {
    return abi::guard("IMAPIFolder::SetMessageStatus", [&]() -> HRESULT {
        check_writable();
        const Number id = required(entry_size, entry, MAPI_MESSAGE);
        const ULONG before = model_store().set_status(m_id, id, status, mask);
        announce_message(fnevObjectModified, id, m_id);
        if (old_status) *old_status = before;
        return S_OK;
    });
}

// Page: mapi/imapifolder-savecontentssort.md. Stores need not keep an order.
STDMETHODIMP FolderFace::SaveContentsSort(LPSSortOrderSet, ULONG) noexcept {
    return MAPI_E_NO_SUPPORT;
}

/// Removes messages and sub-folders, associated messages only with DEL_ASSOCIATED; what is on its
/// way out stays. Page: mapi/imapifolder-emptyfolder.md
STDMETHODIMP FolderFace::EmptyFolder(ULONG_PTR, LPMAPIPROGRESS, ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::EmptyFolder", [&]() -> HRESULT {
        if ((flags & ~(DEL_ASSOCIATED | FOLDER_DIALOG | kHardDelete)) != 0)
            return MAPI_E_UNKNOWN_FLAGS;
        check_writable();
        std::vector<Number> ids = model_store().messages_in(m_id, false);
        if ((flags & DEL_ASSOCIATED) != 0) {
            const auto associated = model_store().messages_in(m_id, true);
            ids.insert(ids.end(), associated.begin(), associated.end());
        }
        std::size_t done = 0;
        for (const Number id : ids) {
            if (!model_store().delete_message(m_id, id)) continue;
            announce_message(fnevObjectDeleted, id, m_id);
            ++done;
        }
        for (const auto& child : model_store().folders_below(m_id, false)) {
            model_store().delete_folder(m_id, child.id, DEL_MESSAGES | DEL_FOLDERS);
            announce_folder(fnevObjectDeleted, child.id, m_id);
        }
        return outcome(ids.size(), done);
    });
}

}  // namespace remapi::memory_store
