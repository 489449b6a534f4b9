// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Transactions, and what a storage says of itself.
#include "abi/guard.h"
#include "format/dates.h"
#include "object/storage/storage_object.h"

namespace remapi::object {
namespace {

constexpr DWORD kCommitFlags =
    STGC_OVERWRITE | STGC_ONLYIFCURRENT | STGC_DANGEROUSLYCOMMITMERELYTODISKCACHE;

std::optional<std::uint64_t> number_of_time(const FILETIME* time) {
    return time ? std::optional(format::file_time_value(*time)) : std::nullopt;
}

}  // namespace

STDMETHODIMP Storage::Commit(DWORD flags) noexcept {
    return abi::guard("IStorage::Commit", [&]() -> HRESULT {
        if ((flags & ~kCommitFlags) != 0) return STG_E_INVALIDFLAG;
        {
            const Access access(*m_core);
            access.id(m_element);
        }
        if (!can_write(m_mode)) return S_OK;
        if (is_core_root()) {
            m_core->commit();
        } else {
            m_core->flush();
        }
        return S_OK;
    });
}

STDMETHODIMP Storage::Revert() noexcept {
    return abi::guard("IStorage::Revert", [&]() -> HRESULT {
        {
            const Access access(*m_core);
            access.id(m_element);
        }
        if (is_core_root()) m_core->revert();
        return S_OK;
    });
}

STDMETHODIMP Storage::SetElementTimes(const OLECHAR* name, const FILETIME* created, const FILETIME*,
                                      const FILETIME* modified) noexcept {
    return abi::guard("IStorage::SetElementTimes", [&]() -> HRESULT {
        require_write();
        const Access access(*m_core);
        const ElementId id = name ? find(access, name) : access.id(m_element);
        // The format has no times for streams; a root has none of creation.
        if (access.file().entry(id).type == ElementType::Stream) return S_OK;
        const bool root = id == format::kRootElement && !m_core->transacted();
        access.file().set_times(id, root ? std::nullopt : number_of_time(created),
                                number_of_time(modified));
        return S_OK;
    });
}

STDMETHODIMP Storage::SetClass(REFCLSID class_id) noexcept {
    return abi::guard("IStorage::SetClass", [&]() -> HRESULT {
        require_write();
        std::array<std::uint8_t, 16> bytes;
        static_assert(sizeof(CLSID) == sizeof bytes, "a CLSID is little-endian on every target");
        std::memcpy(bytes.data(), &class_id, sizeof bytes);
        const Access access(*m_core);
        access.file().set_class(access.id(m_element), bytes);
        return S_OK;
    });
}

STDMETHODIMP Storage::SetStateBits(DWORD bits, DWORD mask) noexcept {
    return abi::guard("IStorage::SetStateBits", [&]() -> HRESULT {
        require_write();
        const Access access(*m_core);
        const ElementId id = access.id(m_element);
        const DWORD old = access.file().entry(id).state_bits;
        access.file().set_state_bits(id, (old & ~mask) | (bits & mask));
        return S_OK;
    });
}

ElementStat Storage::stat_of(const Access& access, ElementId id) const {
    const DirectoryEntry& entry = access.file().entry(id);
    ElementStat result;
    result.name = entry.name;
    const bool stream = entry.type == ElementType::Stream;
    result.stat.type = stream ? STGTY_STREAM : STGTY_STORAGE;
    if (stream) {
        result.stat.cbSize.QuadPart = entry.size;
        return result;
    }
    result.stat.mtime = format::file_time_struct(entry.modified);
    result.stat.ctime = format::file_time_struct(entry.created);
    std::memcpy(&result.stat.clsid, entry.class_id.data(), sizeof(CLSID));
    result.stat.grfStateBits = entry.state_bits;
    return result;
}

STDMETHODIMP Storage::Stat(STATSTG* out, DWORD flags) noexcept {
    return abi::guard("IStorage::Stat", [&]() -> HRESULT {
        if (!out) return STG_E_INVALIDPOINTER;
        *out = {};
        if (flags > STATFLAG_NOOPEN) return STG_E_INVALIDFLAG;
        ElementStat result;
        {
            const Access access(*m_core);
            const ElementId id = access.id(m_element);
            result = stat_of(access, id);
            if (id == format::kRootElement) result.name = m_name;
        }
        result.stat.grfMode = m_mode;
        *out = result.for_caller(flags != STATFLAG_NONAME);
        return S_OK;
    });
}

}  // namespace remapi::object
