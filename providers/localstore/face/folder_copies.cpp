// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMAPIFolder: copying and moving messages and sub-folders.
#include <map>

#include "providers/localstore/face/arguments.h"
#include "providers/localstore/face/folder_face.h"
#include "providers/localstore/face/interfaces.h"
#include "text/text.h"

namespace remapi::localstore {
namespace {

// Messages that one transaction copies or moves. A move is a change of one row each.
constexpr std::size_t kCopiedAtOnce = 32;
constexpr std::size_t kMovedAtOnce = 500;

}  // namespace

/// Copies or moves messages to a folder of whatever provider. Within this store a moved message
/// keeps its entry identifier; moving one that was deleted restores it. Returns
/// MAPI_W_PARTIAL_COMPLETION when some could not be: not in this folder, on their way out. Errors:
/// MAPI_E_NO_ACCESS, MAPI_E_DECLINE_COPY, MAPI_E_USER_CANCEL. Page:
/// mapi/imapifolder-copymessages.md
STDMETHODIMP FolderFace::CopyMessages(LPENTRYLIST messages, LPCIID iid, LPVOID target,
                                      ULONG_PTR ui_param, LPMAPIPROGRESS progress,
                                      ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::CopyMessages", [&]() -> HRESULT {
        require(messages && target, "copying messages");
        check_flags(flags, MESSAGE_MOVE | MESSAGE_DIALOG | MAPI_DECLINE_OK, "copying messages");
        if (!is_folder_interface(iid))
            throw Error(MAPI_E_INTERFACE_NOT_SUPPORTED, "copying messages");
        const bool move = (flags & MESSAGE_MOVE) != 0;
        if (move) check_writable();
        if (const auto own = m_store->own_folder(target)) {
            Steps told = steps((flags & MESSAGE_DIALOG) != 0, ui_param, progress);
            return copy_messages(*messages, *own, move, told);
        }
        if ((flags & MAPI_DECLINE_OK) != 0)
            throw Error(MAPI_E_DECLINE_COPY, "copying messages to another store");
        return m_store->required_support()->CopyMessages(&IID_IMAPIFolder,
                                                         static_cast<IMAPIFolder*>(this), messages,
                                                         iid, target, ui_param, progress, flags);
    });
}

HRESULT FolderFace::copy_messages(const ENTRYLIST& messages, std::int64_t target, bool move,
                                  Steps& steps) {
    const std::vector<std::int64_t> ids = messages_of(&messages);
    steps.expect(ids.size());
    std::size_t done = 0;
    for (const auto part : batches(ids, move ? kMovedAtOnce : kCopiedAtOnce)) {
        const auto these =
            move ? m_folder.move_messages(part, target) : m_folder.copy_messages(part, target);
        const ULONG event = move ? fnevObjectMoved : fnevObjectCopied;
        for (const MessageDone& one : these) announce(event, one, target, one.folder);
        done += these.size();
        steps.done(part.size());
    }
    return outcome(messages.cValues, done);
}

/// Copies or moves a sub-folder, within this store by itself, else by the host's copy engine.
/// Moving one that was deleted restores it. Returns MAPI_W_PARTIAL_COMPLETION when something in it
/// could not be copied. Errors: MAPI_E_FOLDER_CYCLE, MAPI_E_COLLISION, MAPI_E_NOT_FOUND,
/// MAPI_E_DECLINE_COPY, MAPI_E_USER_CANCEL, MAPI_E_NO_ACCESS for moving a special folder.
/// Page: mapi/imapifolder-copyfolder.md
STDMETHODIMP FolderFace::CopyFolder(ULONG entry_size, LPENTRYID entry, LPCIID iid, LPVOID target,
                                    LPTSTR new_name, ULONG_PTR ui_param, LPMAPIPROGRESS progress,
                                    ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::CopyFolder", [&]() -> HRESULT {
        require(entry && target, "copying a folder");
        constexpr ULONG kKnown =
            FOLDER_MOVE | FOLDER_DIALOG | COPY_SUBFOLDERS | MAPI_UNICODE | MAPI_DECLINE_OK;
        check_flags(flags, kKnown, "copying a folder");
        if (!is_folder_interface(iid))
            throw Error(MAPI_E_INTERFACE_NOT_SUPPORTED, "copying a folder");
        const BytesView id = format::view_entry_id(entry_size, entry);
        const std::int64_t child = required_object(*m_store->model(), id, MAPI_FOLDER).row;
        const auto own = m_store->own_folder(target);
        if (!own) {
            if ((flags & MAPI_DECLINE_OK) != 0)
                throw Error(MAPI_E_DECLINE_COPY, "copying a folder to another store");
            return m_store->required_support()->CopyFolder(
                &IID_IMAPIFolder, static_cast<IMAPIFolder*>(this), entry_size, entry, iid, target,
                new_name, ui_param, progress, flags);
        }
        const String name = text::from_tstr(new_name, flags);
        if ((flags & FOLDER_MOVE) != 0) {
            move_folder(child, *own, name);
            return S_OK;
        }
        Steps told = steps((flags & FOLDER_DIALOG) != 0, ui_param, progress);
        return copy_folder(child, *own, name, (flags & COPY_SUBFOLDERS) != 0, told);
    });
}

void FolderFace::move_folder(std::int64_t child, std::int64_t target, StringView new_name) {
    check_writable();
    Change change;
    change.restorable = m_folder.move_folder(child, target, new_name);
    change.event = fnevObjectMoved;
    change.object = {MAPI_FOLDER, child};
    change.parent = target;
    change.old_parent = m_folder.id();
    m_store->announce(change);
}

HRESULT FolderFace::copy_folder(std::int64_t child, std::int64_t target, StringView new_name,
                                bool recursive, Steps& steps) {
    const auto& store = m_store->model();
    // Parents come before what lies in them; the list is made before the copy may be part of it.
    std::vector<std::int64_t> sources{child};
    if (recursive) {
        for (const FolderDepth& below : Folder(store, child, false).folders(true))
            sources.push_back(below.id);
    }
    steps.expect(sources.size());
    std::map<std::int64_t, std::int64_t> copies;
    HRESULT result = S_OK;
    for (const std::int64_t source : sources) {
        Folder folder(store, source, false);
        const bool top = source == child;
        const std::int64_t parent = folder.facts().row.parent;
        const std::int64_t copy =
            top ? m_folder.copy_folder(child, target, new_name)
                : Folder(store, parent, true).copy_folder(source, copies.at(parent), {});
        copies[source] = copy;
        for (const bool associated : {false, true}) {
            // What a search folder has found is none of its own.
            if (folder.is_search()) break;
            const std::vector<std::int64_t> messages = folder.messages(associated);
            std::size_t done = 0;
            for (const auto part : batches(messages, kCopiedAtOnce))
                done += folder.copy_messages(part, copy).size();
            if (done != messages.size()) result = MAPI_W_PARTIAL_COMPLETION;
        }
        Change change;
        change.event = fnevObjectCopied;
        change.object = {MAPI_FOLDER, copy};
        change.parent = top ? target : copies.at(parent);
        change.old_parent = parent;
        change.old_row = source;
        m_store->announce(change);
        steps.done(1);
    }
    return result;
}

}  // namespace remapi::localstore
