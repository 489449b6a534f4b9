// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMAPIProp and IMAPIContainer of a folder, and what its other methods share.
#include "providers/localstore/face/folder_face.h"

#include "providers/localstore/face/arguments.h"
#include "providers/localstore/face/sort_order.h"
#include "providers/localstore/face/tables.h"
#include "providers/localstore/model/tags.h"

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
            options & (MAPI_UNICODE | MAPI_DEFERRED_ERRORS | CONVENIENT_DEPTH | kShowSoftDeletes);
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
    const ContentsSource::Which which{(flags & MAPI_ASSOCIATED) != 0,
                                      (flags & kShowSoftDeletes) != 0};
    const bool finds = m_folder.is_search() && !which.associated && !which.deleted;
    std::shared_ptr<object::TableSource> source;
    if (finds) {
        source = SearchSource::make(m_store->model(), m_folder.id());
    } else {
        source = ContentsSource::make(m_store->model(), m_folder.id(), which);
    }
    auto table = source->open_view(flags & MAPI_UNICODE, owner());
    if (const SortOrder order(m_folder.sort_order()); order.get())
        check(table->SortTable(order.get(), 0), "IMAPITable::SortTable");
    return table;
}

com::Ptr<IMAPITable> FolderFace::hierarchy_table(ULONG flags) {
    const bool all = (flags & CONVENIENT_DEPTH) != 0;
    const bool deleted = (flags & kShowSoftDeletes) != 0;
    return HierarchySource::make(m_store->model(), m_folder.id(), all, deleted)
        ->open_view(flags & MAPI_UNICODE, owner());
}

/// Page: mapi/imapicontainer-getcontentstable.md
STDMETHODIMP FolderFace::GetContentsTable(ULONG flags, LPMAPITABLE* table) noexcept {
    return abi::guard("IMAPIFolder::GetContentsTable", [&]() -> HRESULT {
        require(table, "a contents table");
        *table = nullptr;
        constexpr ULONG kKnown =
            MAPI_UNICODE | MAPI_DEFERRED_ERRORS | MAPI_ASSOCIATED | kShowSoftDeletes;
        check_flags(flags, kKnown, "a contents table");
        *table = contents_table(flags).detach();
        return S_OK;
    });
}

/// Page: mapi/imapicontainer-gethierarchytable.md
STDMETHODIMP FolderFace::GetHierarchyTable(ULONG flags, LPMAPITABLE* table) noexcept {
    return abi::guard("IMAPIFolder::GetHierarchyTable", [&]() -> HRESULT {
        require(table, "a hierarchy table");
        *table = nullptr;
        constexpr ULONG kKnown =
            MAPI_UNICODE | MAPI_DEFERRED_ERRORS | CONVENIENT_DEPTH | kShowSoftDeletes;
        check_flags(flags, kKnown, "a hierarchy table");
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

void FolderFace::check_writable() const {
    if (!m_folder.writable()) throw Error(MAPI_E_NO_ACCESS, "changing a folder opened for reading");
}

void FolderFace::check_holds_messages(const char* attempted) const {
    if (m_folder.is_search()) throw Error(MAPI_E_NO_ACCESS, attempted);
}

void FolderFace::announce(ULONG event, const MessageDone& done, std::int64_t parent,
                          std::int64_t old_parent) {
    Change change;
    change.event = event;
    change.object = {MAPI_MESSAGE, done.copy != 0 ? done.copy : done.id};
    change.parent = parent;
    change.old_parent = old_parent;
    change.old_row = done.copy != 0 ? done.id : 0;
    change.associated = done.associated;
    change.restorable = event == fnevObjectMoved && done.was_deleted;
    // A message that goes may have been the last trace of a queue row.
    change.queue = event == fnevObjectMoved || event == fnevObjectDeleted;
    m_store->announce(change);
}

void FolderFace::announce_deleted(std::span<const MessageDone> deleted, Removal how) {
    for (const MessageDone& done : deleted) {
        Change change;
        change.event = fnevObjectDeleted;
        change.object = {MAPI_MESSAGE, done.id};
        change.parent = done.folder;
        change.associated = done.associated;
        change.restorable = how == Removal::Soft;
        change.queue = true;
        m_store->announce(change);
    }
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

Removal FolderFace::removal(ULONG flags) const {
    const bool hard = (flags & kHardDelete) != 0 || !m_store->model()->keeps_deleted();
    return hard ? Removal::Hard : Removal::Soft;
}

Steps FolderFace::steps(bool dialog, ULONG_PTR ui_param, IMAPIProgress* progress) {
    const auto host = m_store->support();
    return Steps({host.get(), dialog && host, ui_param, progress});
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
