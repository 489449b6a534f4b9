// SPDX-License-Identifier: LGPL-2.1-or-later
//
// IMAPIContainer: what a search folder looks for.
#include "object/props/abi_value.h"
#include "providers/localstore/face/arguments.h"
#include "providers/localstore/face/folder_face.h"
#include "providers/localstore/model/search.h"

namespace remapi::localstore {
namespace {

Buffer<ENTRYLIST> pack_folders(const Store& store, const std::vector<std::int64_t>& folders) {
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

/// A new search runs to its end before this returns, whether in the foreground or not; from then on
/// the folder shows what comes to match.
/// Errors: MAPI_E_NO_SUPPORT when this is no search folder; MAPI_E_NOT_INITIALIZED when what is
/// left out was never set; MAPI_E_INVALID_PARAMETER for flags that contradict each other;
/// MAPI_E_TOO_COMPLEX for a restriction that is, and for searching a search folder;
/// MAPI_E_UNKNOWN_ENTRYID for a container of another store; MAPI_E_NO_ACCESS.
/// Page: mapi/imapicontainer-setsearchcriteria.md
STDMETHODIMP FolderFace::SetSearchCriteria(LPSRestriction restriction, LPENTRYLIST containers,
                                           ULONG flags) noexcept {
    return abi::guard("IMAPIFolder::SetSearchCriteria", [&]() -> HRESULT {
        check_writable();
        SearchRequest request;
        request.flags = flags;
        if (restriction) request.restriction = object::from_abi(*restriction);
        if (containers) {
            require(containers->cValues == 0 || containers->lpbin, "searching in no list");
            request.containers.emplace();
            for (ULONG i = 0; i < containers->cValues; ++i) {
                const BytesView id = view_bytes(containers->lpbin[i]);
                request.containers->push_back(required_object(model_store(), id, MAPI_FOLDER).row);
            }
        }
        set_search(m_store->model(), m_folder.id(), request);
        if ((flags & STOP_SEARCH) == 0) m_store->announce_search(m_folder.id());
        return S_OK;
    });
}

/// Each of the three out-parameters may be null. Errors: MAPI_E_NOT_INITIALIZED when nothing was
/// set, as in a folder that is no search folder. Page: mapi/imapicontainer-getsearchcriteria.md
STDMETHODIMP FolderFace::GetSearchCriteria(ULONG flags, LPSRestriction* restriction,
                                           LPENTRYLIST* containers, ULONG* state) noexcept {
    return abi::guard("IMAPIFolder::GetSearchCriteria", [&]() -> HRESULT {
        if (restriction) *restriction = nullptr;
        if (containers) *containers = nullptr;
        if (state) *state = 0;
        check_flags(flags, MAPI_UNICODE, "reading search criteria");
        const SearchCriteria search = search_of(model_store(), m_folder.id());
        auto folders =
            containers ? pack_folders(model_store(), search.containers) : Buffer<ENTRYLIST>();
        if (restriction) *restriction = object::pack(search.restriction).release();
        if (containers) *containers = folders.release();
        if (state) {
            *state = (search.running ? SEARCH_RUNNING : 0) |
                     (search.recursive ? SEARCH_RECURSIVE : 0) |
                     (search.foreground ? SEARCH_FOREGROUND : 0);
        }
        return S_OK;
    });
}

}  // namespace remapi::localstore
