// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Copying, moving, renaming and destroying elements.
#include "abi/guard.h"
#include "object/storage/storage_copy.h"
#include "object/storage/storage_object.h"

namespace remapi::object {

// Throws when `target` is the storage `element` or lies in it: a copy would have no end.
void Storage::require_outside(IStorage* target, ElementId element) const {
    const Access access(*m_core);
    const ElementId id = access.element_of(target);
    if (id != format::kNoElement && access.is_within(id, element)) {
        throw Error(STG_E_ACCESSDENIED, "copying a storage into itself");
    }
}

STDMETHODIMP Storage::CopyTo(DWORD exclude_count, const IID* exclude, SNB exclude_names,
                             IStorage* target) noexcept {
    return abi::guard("IStorage::CopyTo", [&]() -> HRESULT {
        if (!target) return STG_E_INVALIDPOINTER;
        if (exclude_count > 0 && !exclude) return STG_E_INVALIDPOINTER;
        CopyExclusions exclusions;
        for (DWORD i = 0; i < exclude_count; ++i) {
            exclusions.storages |= IsEqualGUID(exclude[i], IID_IStorage) != 0;
            exclusions.streams |= IsEqualGUID(exclude[i], IID_IStream) != 0;
        }
        for (SNB name = exclude_names; name && *name; ++name) exclusions.names.emplace_back(*name);
        ElementId self = format::kNoElement;
        {
            const Access access(*m_core);
            self = access.id(m_element);
        }
        require_outside(target, self);
        copy_storage(*m_core, m_element, target, exclusions);
        return S_OK;
    });
}

STDMETHODIMP Storage::MoveElementTo(const OLECHAR* name, IStorage* target, const OLECHAR* new_name,
                                    DWORD flags) noexcept {
    return abi::guard("IStorage::MoveElementTo", [&]() -> HRESULT {
        if (!target) return STG_E_INVALIDPOINTER;
        if (!name || !new_name) return STG_E_INVALIDNAME;
        if (flags != STGMOVE_MOVE && flags != STGMOVE_COPY) return STG_E_INVALIDFLAG;
        if (flags == STGMOVE_MOVE) require_write();
        ElementId id = format::kNoElement;
        {
            const Access access(*m_core);
            id = find(access, name);
            if (access.is_open(id)) return STG_E_ACCESSDENIED;
        }
        require_outside(target, id);
        copy_element(*m_core, id, target, new_name);
        if (flags == STGMOVE_COPY) return S_OK;
        const Access access(*m_core);
        access.remove(find(access, name));
        access.touch(access.id(m_element));
        return S_OK;
    });
}

STDMETHODIMP Storage::EnumElements(DWORD reserved1, void* reserved2, DWORD reserved3,
                                   IEnumSTATSTG** out) noexcept {
    return abi::guard("IStorage::EnumElements", [&]() -> HRESULT {
        if (!out) return STG_E_INVALIDPOINTER;
        *out = nullptr;
        if (reserved1 != 0 || reserved2 || reserved3 != 0) return STG_E_INVALIDPARAMETER;
        if (!can_read(m_mode)) return STG_E_ACCESSDENIED;
        auto elements = std::make_shared<std::vector<ElementStat>>();
        {
            const Access access(*m_core);
            for (const ElementId id : access.file().children(access.id(m_element))) {
                elements->push_back(stat_of(access, id));
            }
        }
        *out = make_element_enum(std::move(elements)).detach();
        return S_OK;
    });
}

STDMETHODIMP Storage::DestroyElement(const OLECHAR* name) noexcept {
    return abi::guard("IStorage::DestroyElement", [&]() -> HRESULT {
        if (!name) return STG_E_INVALIDNAME;
        require_write();
        const Access access(*m_core);
        access.remove(find(access, name));
        access.touch(access.id(m_element));
        return S_OK;
    });
}

STDMETHODIMP Storage::RenameElement(const OLECHAR* old_name, const OLECHAR* new_name) noexcept {
    return abi::guard("IStorage::RenameElement", [&]() -> HRESULT {
        if (!old_name || !new_name) return STG_E_INVALIDNAME;
        require_write();
        const Access access(*m_core);
        const ElementId id = find(access, old_name);
        if (access.is_open(id)) return STG_E_ACCESSDENIED;
        access.file().rename(id, new_name);
        access.touch(access.id(m_element));
        return S_OK;
    });
}

}  // namespace remapi::object
