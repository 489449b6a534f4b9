// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMAPIProp and IMAPIContainer of a folder, and what its other methods share.
#include "providers/localstore/face/folder_face.h"

#include "providers/localstore/face/tables.h"

namespace remapi::localstore {

FolderFace::FolderFace(com::Ptr<MsgStore> store, std::int64_t id, bool writable)
    : m_store(std::move(store)), m_folder(m_store->model(), id, writable) {}

std::optional<PropValue> FolderFace::load(ULONG tag) {
    return m_folder.facts().load(tag);
}

std::vector<ULONG> FolderFace::list() {
    return m_folder.facts().list();
}

SCODE FolderFace::store(const PropValue& value) {
    const SCODE answer = m_folder.set(value);
    if (answer == S_OK) announce_folder(fnevObjectModified, m_folder.id(), 0);
    return answer;
}

SCODE FolderFace::erase(ULONG tag) {
    const SCODE answer = m_folder.remove(tag);
    if (answer == S_OK) announce_folder(fnevObjectModified, m_folder.id(), 0);
    return answer;
}

com::Ptr<IUnknown> FolderFace::open_property(IUnknown* owner, ULONG tag, const IID& iid,
                                             ULONG options, ULONG flags) {
    if (IsEqualGUID(iid, IID_IMAPITable)) {
        const ULONG table_flags =
            options & (MAPI_UNICODE | MAPI_DEFERRED_ERRORS | CONVENIENT_DEPTH);
        switch (PROP_ID(tag)) {
            case PROP_ID(PR_CONTAINER_HIERARCHY):
                return hierarchy_table(table_flags);
            case PROP_ID(PR_CONTAINER_CONTENTS):
                return contents_table(table_flags);
            case PROP_ID(PR_FOLDER_ASSOCIATED_CONTENTS):
                return contents_table(table_flags | MAPI_ASSOCIATED);
            default:
                break;
        }
    }
    return PropSource::open_property(owner, tag, iid, options, flags);
}

com::Ptr<IMAPITable> FolderFace::contents_table(ULONG flags) {
    const bool associated = (flags & MAPI_ASSOCIATED) != 0;
    return ContentsSource::make(m_store->model(), m_folder.id(), associated)
        ->open_view(flags & MAPI_UNICODE, owner());
}

com::Ptr<IMAPITable> FolderFace::hierarchy_table(ULONG flags) {
    const bool all = (flags & CONVENIENT_DEPTH) != 0;
    return HierarchySource::make(m_store->model(), m_folder.id(), all)
        ->open_view(flags & MAPI_UNICODE, owner());
}

/// Page: mapi/imapicontainer-getcontentstable.md
STDMETHODIMP FolderFace::GetContentsTable(ULONG flags, LPMAPITABLE* table) noexcept {
    return abi::guard("IMAPIFolder::GetContentsTable", [&]() -> HRESULT {
        if (!table) return MAPI_E_INVALID_PARAMETER;
        *table = nullptr;
        constexpr ULONG kKnown = MAPI_UNICODE | MAPI_DEFERRED_ERRORS | MAPI_ASSOCIATED;
        if ((flags & ~kKnown) != 0) return MAPI_E_UNKNOWN_FLAGS;
        *table = contents_table(flags).detach();
        return S_OK;
    });
}

/// Page: mapi/imapicontainer-gethierarchytable.md
STDMETHODIMP FolderFace::GetHierarchyTable(ULONG flags, LPMAPITABLE* table) noexcept {
    return abi::guard("IMAPIFolder::GetHierarchyTable", [&]() -> HRESULT {
        if (!table) return MAPI_E_INVALID_PARAMETER;
        *table = nullptr;
        constexpr ULONG kKnown = MAPI_UNICODE | MAPI_DEFERRED_ERRORS | CONVENIENT_DEPTH;
        if ((flags & ~kKnown) != 0) return MAPI_E_UNKNOWN_FLAGS;
        *table = hierarchy_table(flags).detach();
        return S_OK;
    });
}

/// Opens any object of the store. Page: mapi/imapicontainer-openentry.md
STDMETHODIMP FolderFace::OpenEntry(ULONG entry_size, LPENTRYID entry, LPCIID iid, ULONG flags,
                                   ULONG* type, LPUNKNOWN* object) noexcept {
    return abi::guard("IMAPIFolder::OpenEntry", [&]() -> HRESULT {
        const BytesView id = format::view_entry_id(entry_size, entry);
        return m_store->open_entry(id, iid, flags, type, object);
    });
}

// Page: mapi/imapicontainer-setsearchcriteria.md. No folder of this store is a search folder.
STDMETHODIMP FolderFace::SetSearchCriteria(LPSRestriction, LPENTRYLIST, ULONG) noexcept {
    return MAPI_E_NO_SUPPORT;
}

// Page: mapi/imapicontainer-getsearchcriteria.md. As above.
STDMETHODIMP FolderFace::GetSearchCriteria(ULONG, LPSRestriction*, LPENTRYLIST*, ULONG*) noexcept {
    return MAPI_E_NO_SUPPORT;
}

void FolderFace::check_writable() const {
    if (!m_folder.writable()) throw Error(MAPI_E_NO_ACCESS, "changing a folder opened for reading");
}

void FolderFace::announce(ULONG event, std::int64_t message, std::int64_t parent,
                          std::int64_t old_parent, std::int64_t old_row) {
    Change change;
    change.event = event;
    change.object = {MAPI_MESSAGE, message};
    change.parent = parent;
    change.old_parent = old_parent;
    change.old_row = old_row;
    // A message that goes may have been the last trace of a queue row.
    change.queue = event == fnevObjectMoved || event == fnevObjectDeleted;
    m_store->announce(change);
}

void FolderFace::announce_folder(ULONG event, std::int64_t folder, std::int64_t parent,
                                 std::int64_t old_parent) {
    Change change;
    change.event = event;
    change.object = {MAPI_FOLDER, folder};
    change.parent = parent;
    change.old_parent = old_parent;
    m_store->announce(change);
}

std::vector<std::int64_t> FolderFace::messages_of(const ENTRYLIST* list) {
    if (!list) return m_folder.messages(false);
    std::vector<std::int64_t> messages;
    for (ULONG i = 0; i < list->cValues; ++i) {
        const auto object =
            parse_object_entry_id(m_store->model()->uid(), view_bytes(list->lpbin[i]));
        if (object && object->type == MAPI_MESSAGE) messages.push_back(object->row);
    }
    return messages;
}

std::int64_t FolderFace::message_of(ULONG entry_size, const ENTRYID* entry) {
    return required_object(*m_store->model(), format::view_entry_id(entry_size, entry),
                           MAPI_MESSAGE)
        .row;
}

}  // namespace remapi::localstore
