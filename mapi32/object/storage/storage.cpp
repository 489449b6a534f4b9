// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Opening and making elements.
#include "object/storage/storage.h"

#include "abi/guard.h"
#include "object/storage/element_stream.h"
#include "object/storage/storage_object.h"
#include "port/clock.h"

namespace remapi::object {
namespace {

/// What Stat answers of the mode of an element.
constexpr DWORD kStatBits = kAccessBits | kSharingBits | STGM_TRANSACTED;

}  // namespace

com::Ptr<IStorage> make_storage(std::shared_ptr<StorageCore> core, ElementRef element, DWORD mode,
                                String name) {
    return com::make<Storage>(std::move(core), std::move(element), mode, std::move(name));
}

Storage::Storage(std::shared_ptr<StorageCore> core, ElementRef element, DWORD mode, String name)
    : m_core(std::move(core)),
      m_element(std::move(element)),
      m_mode(mode & kStatBits),
      m_name(std::move(name)) {
    const Access access(*m_core);
    access.note(this, m_element);
}

Storage::~Storage() {
    {
        const Access access(*m_core);
        access.forget(this);
    }
    if (!is_core_root()) return;
    // Streams may keep the file object alive; the bytes are complete now all the same.
    abi::guard("IStorage::Release", [&]() -> HRESULT {
        m_core->flush();
        return S_OK;
    });
}

void Storage::require_write() const {
    if (!can_write(m_mode)) throw Error(STG_E_ACCESSDENIED, "changing a storage");
}

ElementId Storage::find(const Access& access, const OLECHAR* name) const {
    if (!name || !*name) throw Error(STG_E_INVALIDNAME, "finding an element");
    const auto id = access.file().find(access.id(m_element), name);
    if (!id) throw Error(STG_E_FILENOTFOUND, "finding an element");
    return *id;
}

ElementRef Storage::create(const OLECHAR* name, DWORD mode, ElementType type) {
    if (!name) throw Error(STG_E_INVALIDNAME, "making an element");
    check(check_element_mode(mode, type, true), "making an element");
    require_write();
    if (!grants(m_mode, mode)) throw Error(STG_E_ACCESSDENIED, "making an element");
    const Access access(*m_core);
    const ElementId storage = access.id(m_element);
    if (!format::is_element_name(name)) throw Error(STG_E_INVALIDNAME, "making an element");
    if (const auto old = access.file().find(storage, name)) {
        if ((mode & STGM_CREATE) == 0) throw Error(STG_E_FILEALREADYEXISTS, "making an element");
        access.remove(*old);
    }
    const ElementId id = access.file().add(storage, name, type);
    access.touch(storage);
    if (type == ElementType::Storage) {
        const std::uint64_t now = port::file_time_now();
        access.file().set_times(id, now, now);
    }
    return access.open(id);
}

ElementRef Storage::open(const OLECHAR* name, DWORD mode, ElementType type) {
    check(check_element_mode(mode, type, false), "opening an element");
    const Access access(*m_core);
    const ElementId id = find(access, name);
    if (access.file().entry(id).type != type) {
        throw Error(STG_E_FILENOTFOUND, "opening an element of another kind");
    }
    if (!grants(m_mode, mode)) throw Error(STG_E_ACCESSDENIED, "opening an element");
    if (access.file().entry(id).damaged) {
        throw Error(STG_E_DOCFILECORRUPT, "opening a stream with broken sectors");
    }
    return access.open(id);
}

com::Ptr<IStorage> Storage::storage_on(ElementRef element, DWORD mode) {
    if ((mode & STGM_TRANSACTED) == 0) return make_storage(m_core, std::move(element), mode);
    const auto core = std::make_shared<StorageCore>(m_core, std::move(element));
    return make_storage(core, core->root(), mode);
}

STDMETHODIMP Storage::CreateStream(const OLECHAR* name, DWORD mode, DWORD reserved1,
                                   DWORD reserved2, IStream** out) noexcept {
    return abi::guard("IStorage::CreateStream", [&]() -> HRESULT {
        if (!out) return STG_E_INVALIDPOINTER;
        *out = nullptr;
        if (reserved1 != 0 || reserved2 != 0) return STG_E_INVALIDPARAMETER;
        auto element = create(name, mode, ElementType::Stream);
        *out = make_element_stream(m_core, std::move(element), mode & kStatBits).detach();
        return S_OK;
    });
}

STDMETHODIMP Storage::OpenStream(const OLECHAR* name, void* reserved1, DWORD mode, DWORD reserved2,
                                 IStream** out) noexcept {
    return abi::guard("IStorage::OpenStream", [&]() -> HRESULT {
        if (!out) return STG_E_INVALIDPOINTER;
        *out = nullptr;
        if (reserved1 || reserved2 != 0) return STG_E_INVALIDPARAMETER;
        auto element = open(name, mode, ElementType::Stream);
        *out = make_element_stream(m_core, std::move(element), mode & kStatBits).detach();
        return S_OK;
    });
}

STDMETHODIMP Storage::CreateStorage(const OLECHAR* name, DWORD mode, DWORD reserved1,
                                    DWORD reserved2, IStorage** out) noexcept {
    return abi::guard("IStorage::CreateStorage", [&]() -> HRESULT {
        if (!out) return STG_E_INVALIDPOINTER;
        *out = nullptr;
        if (reserved1 != 0 || reserved2 != 0) return STG_E_INVALIDPARAMETER;
        *out = storage_on(create(name, mode, ElementType::Storage), mode).detach();
        return S_OK;
    });
}

STDMETHODIMP Storage::OpenStorage(const OLECHAR* name, IStorage* priority, DWORD mode, SNB exclude,
                                  DWORD reserved, IStorage** out) noexcept {
    return abi::guard("IStorage::OpenStorage", [&]() -> HRESULT {
        if (!out) return STG_E_INVALIDPOINTER;
        *out = nullptr;
        if (priority || exclude || reserved != 0) return STG_E_INVALIDPARAMETER;
        *out = storage_on(open(name, mode, ElementType::Storage), mode).detach();
        return S_OK;
    });
}

}  // namespace remapi::object
