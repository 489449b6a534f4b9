// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMAPIFolder: new messages and sub-folders, read flags, status and order of what a folder holds.
#include "providers/localstore/face/arguments.h"
#include "providers/localstore/face/folder_face.h"
#include "providers/localstore/face/interfaces.h"
#include "providers/localstore/face/message_face.h"
#include "providers/localstore/face/read_reports.h"
#include "providers/localstore/face/sort_order.h"
#include "providers/localstore/model/tags.h"
#include "text/text.h"

namespace remapi::localstore {
namespace {

/// Messages whose flags one transaction changes.
constexpr std::size_t kFlagsAtOnce = 500;

}  // namespace

/// A message that is in the folder once it was saved. Errors: MAPI_E_NO_ACCESS in a search folder.
/// Page: mapi/imapifolder-createmessage.md
STDMETHODIMP FolderFace::CreateMessage(LPCIID iid, ULONG flags, LPMESSAGE* message) noexcept {
    return abi::guard("IMAPIFolder::CreateMessage", [&]() -> HRESULT {
        require(message, "making a message");
        *message = nullptr;
        check_flags(flags, MAPI_ASSOCIATED | MAPI_DEFERRED_ERRORS | kProcessItem,
                    "making a message");
        if (!is_message_interface(iid))
            throw Error(MAPI_E_INTERFACE_NOT_SUPPORTED, "making a message");
        check_writable();
        check_holds_messages("making a message");
        const bool associated = (flags & MAPI_ASSOCIATED) != 0;
        *message = com::make<MessageFace>(m_store, std::make_unique<Message>(
                                                       m_store->model(), m_folder.id(), associated))
                       .detach();
        return S_OK;
    });
}

/// Errors: MAPI_E_COLLISION when the name is taken, without OPEN_IF_EXISTS; MAPI_E_NO_ACCESS in a
/// search folder.
/// Page: mapi/imapifolder-createfolder.md
STDMETHODIMP FolderFace::CreateFolder(ULONG type, LPTSTR name, LPTSTR comment, LPCIID iid,
                                      ULONG flags, LPMAPIFOLDER* folder) noexcept {
    return abi::guard("IMAPIFolder::CreateFolder", [&]() -> HRESULT {
        require(name && folder, "making a folder");
        *folder = nullptr;
        check_flags(flags, MAPI_UNICODE | MAPI_DEFERRED_ERRORS | OPEN_IF_EXISTS, "making a folder");
        require(type == FOLDER_GENERIC || type == FOLDER_SEARCH,
                "making a folder of no known type");
        if (!is_folder_interface(iid))
            throw Error(MAPI_E_INTERFACE_NOT_SUPPORTED, "making a folder");
        check_writable();
        const auto made =
            m_folder.create_folder(type, text::from_tstr(name, flags),
                                   text::from_tstr(comment, flags), (flags & OPEN_IF_EXISTS) != 0);
        auto face = com::make<FolderFace>(m_store, made.id, true);
        if (made.is_new) announce_folder(fnevObjectCreated, made.id, m_folder.id());
        *folder = face.detach();
        return S_OK;
    });
}

/// Sets or clears the read flag of messages, all of the folder without a list, and sends the read
/// reports that become due. Returns MAPI_W_PARTIAL_COMPLETION when some could not be: not in this
/// folder, on their way out. Errors: MAPI_E_INVALID_PARAMETER, MAPI_E_NO_ACCESS,
/// MAPI_E_USER_CANCEL. Page: mapi/imapifolder-setreadflags.md Differs: also for messages that
/// somebody has open for writing.
STDMETHODIMP FolderFace::SetReadFlags(LPENTRYLIST messages, ULONG_PTR ui_param,
                                      LPMAPIPROGRESS progress, ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::SetReadFlags", [&]() -> HRESULT {
        const ReadRequest request = read_request(flags & ~MESSAGE_DIALOG);
        check_writable();
        const std::vector<std::int64_t> ids = messages_of(messages);
        Steps told = steps((flags & MESSAGE_DIALOG) != 0, ui_param, progress);
        told.expect(ids.size());
        std::size_t done = 0;
        for (const auto part : batches(ids, kFlagsAtOnce)) {
            const std::int64_t folder = m_folder.is_search() ? 0 : m_folder.id();
            const auto set = set_read_state(m_store->model_store(), folder, part, request);
            for (const ReadDone& one : set) {
                if (one.changed)
                    announce(fnevObjectModified, {one.id, one.associated}, one.folder, 0);
                if (one.report) send_read_report(*m_store, one.id);
            }
            done += set.size();
            told.done(part.size());
        }
        return outcome(messages ? messages->cValues : ids.size(), done);
    });
}

/// Page: mapi/imapifolder-getmessagestatus.md
STDMETHODIMP FolderFace::GetMessageStatus(ULONG entry_size, LPENTRYID entry, ULONG flags,
                                          ULONG* status) noexcept {
    return abi::guard("IMAPIFolder::GetMessageStatus", [&]() -> HRESULT {
        require(status, "reading a message's status");
        check_flags(flags, 0, "reading a message's status");
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
        const Folder::StatusDone done = m_folder.set_message_status(message, status, mask);
        announce(fnevObjectModified, {message, done.associated}, done.folder, 0);
        if (old_status) *old_status = done.before;
        return S_OK;
    });
}

/// Keeps the order in which contents tables of this folder, and with RECURSIVE_SORT of those below,
/// show their rows from now on. Errors: MAPI_E_INVALID_PARAMETER, MAPI_E_NO_ACCESS.
/// Page: mapi/imapifolder-savecontentssort.md
STDMETHODIMP FolderFace::SaveContentsSort(LPSSortOrderSet order, ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::SaveContentsSort", [&]() -> HRESULT {
        require(order, "keeping a sort order");
        check_flags(flags, RECURSIVE_SORT, "keeping a sort order");
        check_writable();
        m_folder.set_sort_order(SortOrder(*order).kept(), (flags & RECURSIVE_SORT) != 0);
        announce_folder(fnevObjectModified, m_folder.id(), 0);
        return S_OK;
    });
}

}  // namespace remapi::localstore
