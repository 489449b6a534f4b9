// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The COM face of a storage; its methods are in three files.
#pragma once

#include "com/object.h"
#include "object/storage/element_enum.h"
#include "object/storage/storage.h"
#include "object/storage/storage_modes.h"

namespace remapi::object {

/// Any thread may call it.
class Storage final : public com::Object<Storage, IStorage> {
public:
    using Interfaces = com::Answers<IStorage>;

    Storage(std::shared_ptr<StorageCore> core, ElementRef element, DWORD mode, String name);

    STDMETHODIMP CreateStream(const OLECHAR* name, DWORD mode, DWORD reserved1, DWORD reserved2,
                              IStream** out) noexcept override;
    STDMETHODIMP OpenStream(const OLECHAR* name, void* reserved1, DWORD mode, DWORD reserved2,
                            IStream** out) noexcept override;
    STDMETHODIMP CreateStorage(const OLECHAR* name, DWORD mode, DWORD reserved1, DWORD reserved2,
                               IStorage** out) noexcept override;
    STDMETHODIMP OpenStorage(const OLECHAR* name, IStorage* priority, DWORD mode, SNB exclude,
                             DWORD reserved, IStorage** out) noexcept override;
    STDMETHODIMP CopyTo(DWORD exclude_count, const IID* exclude, SNB exclude_names,
                        IStorage* target) noexcept override;
    STDMETHODIMP MoveElementTo(const OLECHAR* name, IStorage* target, const OLECHAR* new_name,
                               DWORD flags) noexcept override;
    STDMETHODIMP Commit(DWORD flags) noexcept override;
    STDMETHODIMP Revert() noexcept override;
    STDMETHODIMP EnumElements(DWORD reserved1, void* reserved2, DWORD reserved3,
                              IEnumSTATSTG** out) noexcept override;
    STDMETHODIMP DestroyElement(const OLECHAR* name) noexcept override;
    STDMETHODIMP RenameElement(const OLECHAR* old_name, const OLECHAR* new_name) noexcept override;
    STDMETHODIMP SetElementTimes(const OLECHAR* name, const FILETIME* created,
                                 const FILETIME* accessed,
                                 const FILETIME* modified) noexcept override;
    STDMETHODIMP SetClass(REFCLSID class_id) noexcept override;
    STDMETHODIMP SetStateBits(DWORD bits, DWORD mask) noexcept override;
    STDMETHODIMP Stat(STATSTG* out, DWORD flags) noexcept override;

private:
    friend class com::Object<Storage, IStorage>;
    ~Storage();

    using Access = StorageCore::Access;
    bool is_core_root() const noexcept { return m_element == m_core->root(); }
    /// The element `name` of this storage. Throws Error with STG_E_INVALIDNAME or
    /// STG_E_FILENOTFOUND.
    ElementId find(const Access& access, const OLECHAR* name) const;
    ElementRef create(const OLECHAR* name, DWORD mode, ElementType type);
    ElementRef open(const OLECHAR* name, DWORD mode, ElementType type);
    com::Ptr<IStorage> storage_on(ElementRef element, DWORD mode);
    ElementStat stat_of(const Access& access, ElementId id) const;
    void require_write() const;
    void require_outside(IStorage* target, ElementId element) const;

    const std::shared_ptr<StorageCore> m_core;
    const ElementRef m_element;
    const DWORD m_mode;
    const String m_name;
};

}  // namespace remapi::object
