// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMAPIFolder: deleting messages and sub-folders. Without DELETE_HARD_DELETE they can be restored
// until option store.keep-deleted-days ends it: they are in the tables that SHOW_SOFT_DELETES asks
// for, and moving them out of there brings them back.
#include "providers/localstore/face/arguments.h"
#include "providers/localstore/face/folder_face.h"
#include "providers/localstore/face/interfaces.h"
#include "providers/localstore/face/read_reports.h"
#include "providers/localstore/model/read_state.h"
#include "providers/localstore/model/tags.h"

namespace remapi::localstore {
namespace {

/// Messages that one transaction deletes.
constexpr std::size_t kDeletedAtOnce = 200;

}  // namespace

/// Deletes messages; with DELETE_HARD_DELETE also those that were deleted before. Returns
/// MAPI_W_PARTIAL_COMPLETION when some could not be: not in this folder, on their way out.
/// Page: mapi/imapifolder-deletemessages.md
STDMETHODIMP FolderFace::DeleteMessages(LPENTRYLIST messages, ULONG_PTR ui_param,
                                        LPMAPIPROGRESS progress, ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::DeleteMessages", [&]() -> HRESULT {
        require(messages, "deleting messages");
        check_flags(flags, MESSAGE_DIALOG | kHardDelete, "deleting messages");
        check_writable();
        const std::vector<std::int64_t> ids = messages_of(messages);
        Steps told = steps((flags & MESSAGE_DIALOG) != 0, ui_param, progress);
        told.expect(ids.size());
        const bool whole = delete_messages(ids, removal(flags), told);
        return whole && ids.size() == messages->cValues ? S_OK : MAPI_W_PARTIAL_COMPLETION;
    });
}

bool FolderFace::delete_messages(std::span<const std::int64_t> messages, Removal how,
                                 Steps& steps) {
    const std::vector<std::int64_t> ids(messages.begin(), messages.end());
    std::size_t done = 0;
    for (const auto part : batches(ids, kDeletedAtOnce)) {
        send_non_read_reports(*m_store, m_folder.is_search() ? 0 : m_folder.id(), part);
        const auto deleted = m_folder.delete_messages(part, how);
        announce_deleted(deleted, how);
        done += deleted.size();
        steps.done(part.size());
    }
    return done == ids.size();
}

/// Deletes a sub-folder; with DELETE_HARD_DELETE also one that was deleted before. Returns
/// MAPI_W_PARTIAL_COMPLETION when it stays because a message in it is on its way out. Errors:
/// MAPI_E_HAS_FOLDERS, MAPI_E_HAS_MESSAGES, MAPI_E_NOT_FOUND, MAPI_E_NO_ACCESS for a special
/// folder. Page: mapi/imapifolder-deletefolder.md
STDMETHODIMP FolderFace::DeleteFolder(ULONG entry_size, LPENTRYID entry, ULONG_PTR ui_param,
                                      LPMAPIPROGRESS progress, ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::DeleteFolder", [&]() -> HRESULT {
        check_flags(flags, DEL_MESSAGES | DEL_FOLDERS | FOLDER_DIALOG | kHardDelete,
                    "deleting a folder");
        check_writable();
        const BytesView id = format::view_entry_id(entry_size, entry);
        const std::int64_t child = required_object(*m_store->model(), id, MAPI_FOLDER).row;
        Steps told = steps((flags & FOLDER_DIALOG) != 0, ui_param, progress);
        told.expect(1);
        const bool gone = delete_folder(child, flags, removal(flags));
        told.done(1);
        return gone ? S_OK : MAPI_W_PARTIAL_COMPLETION;
    });
}

bool FolderFace::delete_folder(std::int64_t child, ULONG flags, Removal how) {
    if (!m_folder.may_delete_folder(child, flags, how)) return false;
    send_non_read_reports(*m_store, 0, non_read_below(m_store->model_store(), child));
    if (!m_folder.delete_folder(child, flags, how)) return false;
    Change change;
    change.event = fnevObjectDeleted;
    change.object = {MAPI_FOLDER, child};
    change.parent = m_folder.id();
    change.restorable = how == Removal::Soft;
    m_store->announce(change);
    return true;
}

/// Deletes all messages and sub-folders, associated messages only with DEL_ASSOCIATED; with
/// DELETE_HARD_DELETE also what was deleted before. Returns MAPI_W_PARTIAL_COMPLETION when
/// something is on its way out or special. Errors: MAPI_E_NO_ACCESS for a search folder.
/// Page: mapi/imapifolder-emptyfolder.md
STDMETHODIMP FolderFace::EmptyFolder(ULONG_PTR ui_param, LPMAPIPROGRESS progress,
                                     ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::EmptyFolder", [&]() -> HRESULT {
        check_flags(flags, DEL_ASSOCIATED | FOLDER_DIALOG | kHardDelete, "emptying a folder");
        check_writable();
        check_holds_messages("emptying a search folder");
        const Removal how = removal(flags);
        std::vector<std::int64_t> ids;
        std::vector<FolderDepth> folders = m_folder.folders(false);
        const auto add = [](auto& all, const auto& more) {
            all.insert(all.end(), more.begin(), more.end());
        };
        for (const bool deleted : {false, true}) {
            if (deleted && how == Removal::Soft) break;
            add(ids, m_folder.messages(false, deleted));
            if ((flags & DEL_ASSOCIATED) != 0) add(ids, m_folder.messages(true, deleted));
            if (deleted) add(folders, m_folder.folders(false, rows::Children::Deleted));
        }
        Steps told = steps((flags & FOLDER_DIALOG) != 0, ui_param, progress);
        told.expect(ids.size() + folders.size());
        bool whole = delete_messages(ids, how, told);
        for (const FolderDepth& child : folders) {
            try {
                whole &= delete_folder(child.id, DEL_MESSAGES | DEL_FOLDERS, how);
            } catch (const Error& error) {
                // A special folder, or one that somebody else has deleted meanwhile.
                if (error.code() != MAPI_E_NO_ACCESS && error.code() != MAPI_E_NOT_FOUND) throw;
                whole = false;
            }
            told.done(1);
        }
        return whole ? S_OK : MAPI_W_PARTIAL_COMPLETION;
    });
}

}  // namespace remapi::localstore
