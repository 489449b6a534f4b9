// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMAPIProp and IMAPIContainer of a folder.
#include "providers/memory/face/folder.h"

#include "object/props/abi_value.h"
#include "providers/memory/face/tables.h"
#include "providers/memory/model/computed.h"

namespace remapi::memory_store {
namespace {

/// An entry list in one block and linked ones.
Buffer<ENTRYLIST> pack_entry_list(Store& store, const std::vector<Number>& folders) {
    auto list = Buffer<ENTRYLIST>::allocate();
    list->cValues = narrow_size(folders.size());
    list->lpbin = list.link<SBinary>(folders.size());
    for (std::size_t i = 0; i < folders.size(); ++i) {
        const Bytes id = store.folder_entry_id(folders[i]);
        list->lpbin[i] = {narrow_size(id.size()),
                          reinterpret_cast<BYTE*>(object::pack_entry_id(id, list.get()))};
    }
    return list;
}

}  // namespace

PropertyBag FolderFace::all_properties() {
    Store& store = model_store();
    PropertyBag bag = folder_properties(store, store.folder(m_id), store.counts(m_id));
    bag.set({PR_ACCESS_LEVEL, m_writable ? MAPI_MODIFY : 0});
    return bag;
}

std::optional<PropValue> FolderFace::load(ULONG tag) {
    const PropertyBag bag = all_properties();
    const PropValue* found = bag.find(tag);
    return found ? std::optional(*found) : std::nullopt;
}

std::vector<ULONG> FolderFace::list() {
    return all_properties().tags();
}

SCODE FolderFace::store(const PropValue& value) {
    if (is_folder_property_computed(value.tag())) return MAPI_E_COMPUTED;
    const bool is_name = PROP_ID(value.tag()) == PROP_ID(PR_DISPLAY_NAME);
    if (is_name && value.is_text() && value.text().empty()) return MAPI_E_BAD_VALUE;
    model_store().change_folder(m_id, [&](Folder& folder) { folder.values.set(value); });
    announce_folder(fnevObjectModified, m_id);
    return S_OK;
}

SCODE FolderFace::erase(ULONG tag) {
    if (is_folder_property_computed(tag)) return MAPI_E_COMPUTED;
    if (PROP_ID(tag) == PROP_ID(PR_DISPLAY_NAME)) return MAPI_E_NO_ACCESS;
    bool removed = false;
    model_store().change_folder(m_id, [&](Folder& folder) { removed = folder.values.remove(tag); });
    if (removed) announce_folder(fnevObjectModified, m_id);
    return removed ? S_OK : MAPI_E_NOT_FOUND;
}

com::Ptr<IUnknown> FolderFace::open_property(IUnknown* owner, ULONG tag, const IID& iid,
                                             ULONG options, ULONG flags) {
    if (IsEqualGUID(iid, IID_IMAPITable)) {
        const auto& store = m_store->model();
        switch (PROP_ID(tag)) {
            case PROP_ID(PR_CONTAINER_HIERARCHY):
                return open_hierarchy_table(store, m_id, options, owner);
            case PROP_ID(PR_CONTAINER_CONTENTS):
                return open_contents_table(store, m_id, options & MAPI_UNICODE, owner);
            case PROP_ID(PR_FOLDER_ASSOCIATED_CONTENTS):
                return open_contents_table(store, m_id, options | MAPI_ASSOCIATED, owner);
            default:
                break;
        }
    }
    return PropSource::open_property(owner, tag, iid, options, flags);
}

/// Page: mapi/imapicontainer-getcontentstable.md
STDMETHODIMP FolderFace::GetContentsTable(ULONG flags, LPMAPITABLE* table) noexcept {
    return abi::guard("IMAPIFolder::GetContentsTable", [&]() -> HRESULT {
        if (!table) return MAPI_E_INVALID_PARAMETER;
        *table = nullptr;
        constexpr ULONG kKnown = MAPI_UNICODE | MAPI_DEFERRED_ERRORS | MAPI_ASSOCIATED;
        if ((flags & ~kKnown) != 0) return MAPI_E_UNKNOWN_FLAGS;
        *table = open_contents_table(m_store->model(), m_id, flags, owner()).detach();
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
        *table = open_hierarchy_table(m_store->model(), m_id, flags, owner()).detach();
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

/// Errors: MAPI_E_NO_SUPPORT when this is no search folder; MAPI_E_NOT_INITIALIZED when what is
/// left out was never set; MAPI_E_INVALID_PARAMETER for flags that contradict each other;
/// MAPI_E_TOO_COMPLEX. Page: mapi/imapicontainer-setsearchcriteria.md
STDMETHODIMP FolderFace::SetSearchCriteria(LPSRestriction restriction, LPENTRYLIST containers,
                                           ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::SetSearchCriteria", [&]() -> HRESULT {
        check_writable();
        std::optional<Restriction> wanted;
        if (restriction) wanted = object::from_abi(*restriction);
        std::optional<std::vector<Number>> folders;
        if (containers) {
            folders.emplace();
            for (ULONG i = 0; i < containers->cValues; ++i)
                folders->push_back(
                    model_store().require(view_bytes(containers->lpbin[i]), MAPI_FOLDER));
        }
        model_store().search(m_id, std::move(wanted), std::move(folders), flags);
        if ((flags & STOP_SEARCH) == 0) m_store->announce_search(m_id);
        return S_OK;
    });
}

/// Each of the three out-parameters may be null. Errors: MAPI_E_NO_SUPPORT,
/// MAPI_E_NOT_INITIALIZED. Page: mapi/imapicontainer-getsearchcriteria.md
STDMETHODIMP FolderFace::GetSearchCriteria(ULONG flags, LPSRestriction* restriction,
                                           LPENTRYLIST* containers, ULONG* state) noexcept {
    return abi::guard("IMAPIFolder::GetSearchCriteria", [&]() -> HRESULT {
        if (restriction) *restriction = nullptr;
        if (containers) *containers = nullptr;
        if (state) *state = 0;
        if ((flags & ~MAPI_UNICODE) != 0) return MAPI_E_UNKNOWN_FLAGS;
        const Search search = model_store().search_of(m_id);
        auto list =
            containers ? pack_entry_list(model_store(), search.containers) : Buffer<ENTRYLIST>();
        if (restriction) *restriction = object::pack(search.restriction).release();
        if (containers) *containers = list.release();
        if (state) {
            *state = (search.running ? SEARCH_RUNNING : 0) |
                     (search.recursive ? SEARCH_RECURSIVE : 0) |
                     (search.foreground ? SEARCH_FOREGROUND : 0);
        }
        return S_OK;
    });
}

void FolderFace::check_writable() const {
    if (!m_writable) throw Error(MAPI_E_NO_ACCESS, "changing a folder opened for reading");
}

Number FolderFace::required(ULONG entry_size, const ENTRYID* entry, ULONG type) {
    return model_store().require(format::view_entry_id(entry_size, entry), type);
}

void FolderFace::announce_message(ULONG event, Number message, Number parent) {
    m_store->announce({.event = event, .object = {MAPI_MESSAGE, message}, .parent = parent});
}

void FolderFace::announce_folder(ULONG event, Number folder, Number parent, Number old_parent) {
    m_store->announce({.event = event,
                       .object = {MAPI_FOLDER, folder},
                       .parent = parent,
                       .old_parent = old_parent});
}

}  // namespace remapi::memory_store
