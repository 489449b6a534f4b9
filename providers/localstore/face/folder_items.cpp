// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMAPIFolder: what a folder does with its messages and sub-folders.
#include "providers/localstore/face/folder_face.h"
#include "providers/localstore/face/message_face.h"
#include "text/text.h"

namespace remapi::localstore {
namespace {

bool is_folder_interface(const IID* iid) {
    return !iid || IsEqualGUID(*iid, IID_IMAPIFolder) || IsEqualGUID(*iid, IID_IMAPIContainer) ||
           IsEqualGUID(*iid, IID_IMAPIProp) || IsEqualGUID(*iid, IID_IUnknown);
}

bool is_message_interface(const IID* iid) {
    return !iid || IsEqualGUID(*iid, IID_IMessage) || IsEqualGUID(*iid, IID_IMAPIProp) ||
           IsEqualGUID(*iid, IID_IUnknown);
}

/// CopyMessages and others, as far as the number of messages tells it.
HRESULT outcome(std::size_t wanted, std::size_t done) {
    return done == wanted ? S_OK : MAPI_W_PARTIAL_COMPLETION;
}

}  // namespace

/// A message that is in the folder once it was saved.
/// Page: mapi/imapifolder-createmessage.md
STDMETHODIMP FolderFace::CreateMessage(LPCIID iid, ULONG flags, LPMESSAGE* message) noexcept {
    return abi::guard("IMAPIFolder::CreateMessage", [&]() -> HRESULT {
        if (!message) return MAPI_E_INVALID_PARAMETER;
        *message = nullptr;
        if ((flags & ~(MAPI_ASSOCIATED | MAPI_DEFERRED_ERRORS)) != 0) return MAPI_E_UNKNOWN_FLAGS;
        if (!is_message_interface(iid)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
        check_writable();
        const bool associated = (flags & MAPI_ASSOCIATED) != 0;
        *message = com::make<MessageFace>(m_store, std::make_unique<Message>(
                                                       m_store->model(), m_folder.id(), associated))
                       .detach();
        return S_OK;
    });
}

/// Copies or moves messages to a folder of whatever provider. Within this store a moved message
/// keeps its entry identifier. Returns MAPI_W_PARTIAL_COMPLETION when some could not be: not in
/// this folder, on their way out. Page: mapi/imapifolder-copymessages.md
STDMETHODIMP FolderFace::CopyMessages(LPENTRYLIST messages, LPCIID iid, LPVOID target,
                                      ULONG_PTR ui_param, LPMAPIPROGRESS progress,
                                      ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::CopyMessages", [&]() -> HRESULT {
        if (!messages || !target) return MAPI_E_INVALID_PARAMETER;
        constexpr ULONG kKnown = MESSAGE_MOVE | MESSAGE_DIALOG | MAPI_DECLINE_OK;
        if ((flags & ~kKnown) != 0) return MAPI_E_UNKNOWN_FLAGS;
        const bool move = (flags & MESSAGE_MOVE) != 0;
        if (move) check_writable();
        if (const auto own = m_store->own_folder(target))
            return copy_messages(*messages, *own, move);
        if ((flags & MAPI_DECLINE_OK) != 0) return MAPI_E_DECLINE_COPY;
        return m_store->required_support()->CopyMessages(&IID_IMAPIFolder,
                                                         static_cast<IMAPIFolder*>(this), messages,
                                                         iid, target, ui_param, progress, flags);
    });
}

HRESULT FolderFace::copy_messages(const ENTRYLIST& messages, std::int64_t target, bool move) {
    const std::vector<std::int64_t> ids = messages_of(&messages);
    if (move) {
        const auto moved = m_folder.move_messages(ids, target);
        for (const std::int64_t id : moved) announce(fnevObjectMoved, id, target, m_folder.id());
        return outcome(messages.cValues, moved.size());
    }
    std::size_t done = 0;
    for (const std::int64_t id : ids) {
        try {
            const std::int64_t copy = m_folder.copy_message(id, target);
            announce(fnevObjectCopied, copy, target, m_folder.id(), id);
            ++done;
        } catch (const Error& error) {
            if (error.code() != MAPI_E_NOT_FOUND) throw;
        }
    }
    return outcome(messages.cValues, done);
}

/// Returns MAPI_W_PARTIAL_COMPLETION when some could not be: not in this folder, on their way out.
/// Page: mapi/imapifolder-deletemessages.md
STDMETHODIMP FolderFace::DeleteMessages(LPENTRYLIST messages, ULONG_PTR, LPMAPIPROGRESS,
                                        ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::DeleteMessages", [&]() -> HRESULT {
        if (!messages) return MAPI_E_INVALID_PARAMETER;
        if ((flags & ~MESSAGE_DIALOG) != 0) return MAPI_E_UNKNOWN_FLAGS;
        check_writable();
        const auto deleted = m_folder.delete_messages(messages_of(messages));
        for (const std::int64_t id : deleted) announce(fnevObjectDeleted, id, m_folder.id());
        return outcome(messages->cValues, deleted.size());
    });
}

/// Errors: MAPI_E_COLLISION when the name is taken, without OPEN_IF_EXISTS; MAPI_E_NO_SUPPORT for
/// FOLDER_SEARCH.
/// Page: mapi/imapifolder-createfolder.md
STDMETHODIMP FolderFace::CreateFolder(ULONG type, LPTSTR name, LPTSTR comment, LPCIID iid,
                                      ULONG flags, LPMAPIFOLDER* folder) noexcept {
    return abi::guard("IMAPIFolder::CreateFolder", [&]() -> HRESULT {
        if (!name || !folder) return MAPI_E_INVALID_PARAMETER;
        *folder = nullptr;
        if ((flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS | OPEN_IF_EXISTS)) != 0)
            return MAPI_E_UNKNOWN_FLAGS;
        if (type != FOLDER_GENERIC)
            return type == FOLDER_SEARCH ? MAPI_E_NO_SUPPORT : MAPI_E_INVALID_PARAMETER;
        if (!is_folder_interface(iid)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
        check_writable();
        const auto made =
            m_folder.create_folder(text::from_tstr(name, flags), text::from_tstr(comment, flags),
                                   (flags & OPEN_IF_EXISTS) != 0);
        auto face = com::make<FolderFace>(m_store, made.id, true);
        if (made.is_new) announce_folder(fnevObjectCreated, made.id, m_folder.id());
        *folder = face.detach();
        return S_OK;
    });
}

/// Moves a sub-folder within this store; everything else is the host's copy engine.
/// Errors: MAPI_E_FOLDER_CYCLE, MAPI_E_COLLISION, MAPI_E_NOT_FOUND, MAPI_E_NO_ACCESS for a special
/// folder. Page: mapi/imapifolder-copyfolder.md
STDMETHODIMP FolderFace::CopyFolder(ULONG entry_size, LPENTRYID entry, LPCIID iid, LPVOID target,
                                    LPTSTR new_name, ULONG_PTR ui_param, LPMAPIPROGRESS progress,
                                    ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::CopyFolder", [&]() -> HRESULT {
        if (!entry || !target) return MAPI_E_INVALID_PARAMETER;
        constexpr ULONG kKnown =
            FOLDER_MOVE | FOLDER_DIALOG | COPY_SUBFOLDERS | MAPI_UNICODE | MAPI_DECLINE_OK;
        if ((flags & ~kKnown) != 0) return MAPI_E_UNKNOWN_FLAGS;
        const auto own = m_store->own_folder(target);
        if (!own || (flags & FOLDER_MOVE) == 0) {
            return m_store->required_support()->CopyFolder(
                &IID_IMAPIFolder, static_cast<IMAPIFolder*>(this), entry_size, entry, iid, target,
                new_name, ui_param, progress, flags & ~MAPI_DECLINE_OK);
        }
        check_writable();
        const BytesView id = format::view_entry_id(entry_size, entry);
        const std::int64_t child = required_object(*m_store->model(), id, MAPI_FOLDER).row;
        m_folder.move_folder(child, *own, text::from_tstr(new_name, flags));
        announce_folder(fnevObjectMoved, child, *own, m_folder.id());
        return S_OK;
    });
}

/// Errors: MAPI_E_HAS_FOLDERS, MAPI_E_HAS_MESSAGES, MAPI_E_NOT_FOUND, MAPI_E_NO_ACCESS for a
/// special folder. Page: mapi/imapifolder-deletefolder.md
STDMETHODIMP FolderFace::DeleteFolder(ULONG entry_size, LPENTRYID entry, ULONG_PTR, LPMAPIPROGRESS,
                                      ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::DeleteFolder", [&]() -> HRESULT {
        if ((flags & ~(DEL_MESSAGES | DEL_FOLDERS | FOLDER_DIALOG)) != 0)
            return MAPI_E_UNKNOWN_FLAGS;
        check_writable();
        const BytesView id = format::view_entry_id(entry_size, entry);
        const std::int64_t child = required_object(*m_store->model(), id, MAPI_FOLDER).row;
        m_folder.delete_folder(child, flags);
        announce_folder(fnevObjectDeleted, child, m_folder.id());
        return S_OK;
    });
}

/// Sets or clears the read flag of messages, all of the folder without a list. Read reports are not
/// sent. Errors: MAPI_E_NO_SUPPORT for GENERATE_RECEIPT_ONLY. Page:
/// mapi/imapifolder-setreadflags.md
STDMETHODIMP FolderFace::SetReadFlags(LPENTRYLIST messages, ULONG_PTR, LPMAPIPROGRESS,
                                      ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::SetReadFlags", [&]() -> HRESULT {
        const ReadFlagChange change = read_flag_change(flags & ~MESSAGE_DIALOG);
        check_writable();
        const std::vector<std::int64_t> ids = messages_of(messages);
        const auto changed = m_folder.set_message_flags(ids, change.flags, change.mask);
        for (const std::int64_t id : changed) announce(fnevObjectModified, id, m_folder.id());
        return outcome(messages ? messages->cValues : ids.size(), changed.size());
    });
}

/// Page: mapi/imapifolder-getmessagestatus.md
STDMETHODIMP FolderFace::GetMessageStatus(ULONG entry_size, LPENTRYID entry, ULONG flags,
                                          ULONG* status) noexcept {
    return abi::guard("IMAPIFolder::GetMessageStatus", [&]() -> HRESULT {
        if (!status) return MAPI_E_INVALID_PARAMETER;
        if (flags != 0) return MAPI_E_UNKNOWN_FLAGS;
        *status = m_folder.message_status(message_of(entry_size, entry));
        return S_OK;
    });
}

/// Page: mapi/imapifolder-setmessagestatus.md
STDMETHODIMP FolderFace::SetMessageStatus(ULONG entry_size, LPENTRYID entry, ULONG status,
                                          ULONG mask, ULONG* old_status) noexcept {
    return abi::guard("IMAPIFolder::SetMessageStatus", [&]() -> HRESULT {
        check_writable();
        const std::int64_t message = message_of(entry_size, entry);
        const ULONG before = m_folder.set_message_status(message, status, mask);
        announce(fnevObjectModified, message, m_folder.id());
        if (old_status) *old_status = before;
        return S_OK;
    });
}

// Page: mapi/imapifolder-savecontentssort.md. Folders of this store keep no sort order of their
// own.
STDMETHODIMP FolderFace::SaveContentsSort(LPSSortOrderSet, ULONG) noexcept {
    return MAPI_E_NO_SUPPORT;
}

/// Removes all messages and sub-folders, associated messages only with DEL_ASSOCIATED.
/// Returns MAPI_W_PARTIAL_COMPLETION when something is on its way out or special.
/// Page: mapi/imapifolder-emptyfolder.md
STDMETHODIMP FolderFace::EmptyFolder(ULONG_PTR, LPMAPIPROGRESS, ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::EmptyFolder", [&]() -> HRESULT {
        if ((flags & ~(DEL_ASSOCIATED | FOLDER_DIALOG)) != 0) return MAPI_E_UNKNOWN_FLAGS;
        check_writable();
        std::vector<std::int64_t> ids = m_folder.messages(false);
        if ((flags & DEL_ASSOCIATED) != 0) {
            const auto associated = m_folder.messages(true);
            ids.insert(ids.end(), associated.begin(), associated.end());
        }
        const auto deleted = m_folder.delete_messages(ids);
        for (const std::int64_t id : deleted) announce(fnevObjectDeleted, id, m_folder.id());
        bool whole = deleted.size() == ids.size();
        for (const FolderDepth& child : m_folder.folders(false)) {
            try {
                m_folder.delete_folder(child.id, DEL_MESSAGES | DEL_FOLDERS);
                announce_folder(fnevObjectDeleted, child.id, m_folder.id());
            } catch (const Error& error) {
                if (error.code() != MAPI_E_NO_ACCESS) throw;
                whole = false;
            }
        }
        return whole ? S_OK : MAPI_W_PARTIAL_COMPLETION;
    });
}

}  // namespace remapi::localstore
