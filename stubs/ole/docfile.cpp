// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/storage/docfile.h"

#include "abi/guard.h"
#include "object/storage/storage_modes.h"
#include "object/stream/file_stream.h"
#include "object/stream/foreign_backing.h"
#include "object/stream/lock_bytes.h"
#include "object/stream/memory_stream.h"
#include "port/file.h"

namespace object = remapi::object;
using remapi::check;
using remapi::Error;

namespace {

constexpr std::size_t kSignatureBytes = 8;

/// A file is locked for one writer; two programs never write one compound file.
std::shared_ptr<object::Backing> open_file(const WCHAR* name, DWORD mode) {
    object::FileStreamOptions options;
    options.mode = mode & (object::kAccessBits | STGM_DELETEONRELEASE);
    return object::open_file_backing(name, options, object::can_write(mode));
}

std::shared_ptr<object::Backing> create_file(const WCHAR* name, DWORD mode) {
    object::FileStreamOptions options;
    options.mode = mode & (object::kAccessBits | STGM_DELETEONRELEASE);
    if (!name) {
        return object::open_temporary_backing(remapi::port::temporary_folder(), REMAPI_W("STG"),
                                              options);
    }
    if (remapi::port::exists(name)) {
        if ((mode & STGM_CREATE) == 0) throw Error(STG_E_FILEALREADYEXISTS, "making a file");
        // Not emptied: a transaction may still be dropped.
        return open_file(name, mode);
    }
    options.mode |= STGM_CREATE;
    return object::open_file_backing(name, options, true);
}

bool is_compound(object::Backing& backing) {
    std::uint8_t bytes[kSignatureBytes];
    const std::size_t got = backing.read_at(0, bytes, sizeof bytes);
    return remapi::format::has_compound_signature({bytes, got});
}

HRESULT prepare(IStorage** out, DWORD reserved) {
    if (!out) return STG_E_INVALIDPOINTER;
    *out = nullptr;
    return reserved == 0 ? S_OK : STG_E_INVALIDPARAMETER;
}

}  // namespace

STDAPI StgCreateDocfile(const WCHAR* name, DWORD mode, DWORD reserved, IStorage** out) {
    return remapi::abi::guard("StgCreateDocfile", [&]() -> HRESULT {
        check(prepare(out, reserved), "StgCreateDocfile");
        if (name && !*name) return STG_E_INVALIDNAME;
        check(object::check_file_mode(mode, true), "StgCreateDocfile");
        *out = object::create_docfile(create_file(name, mode), mode).detach();
        return S_OK;
    });
}

STDAPI StgCreateDocfileOnILockBytes(ILockBytes* bytes, DWORD mode, DWORD reserved, IStorage** out) {
    return remapi::abi::guard("StgCreateDocfileOnILockBytes", [&]() -> HRESULT {
        check(prepare(out, reserved), "StgCreateDocfileOnILockBytes");
        if (!bytes) return STG_E_INVALIDPOINTER;
        auto backing = object::backing_on_lock_bytes(bytes, true);
        if ((mode & STGM_CREATE) == 0 && is_compound(*backing)) return STG_E_FILEALREADYEXISTS;
        *out = object::create_docfile(std::move(backing), mode).detach();
        return S_OK;
    });
}

STDAPI StgOpenStorage(const WCHAR* name, IStorage* priority, DWORD mode, SNB exclude,
                      DWORD reserved, IStorage** out) {
    return remapi::abi::guard("StgOpenStorage", [&]() -> HRESULT {
        check(prepare(out, reserved), "StgOpenStorage");
        if (priority || exclude) return STG_E_INVALIDPARAMETER;
        if (!name || !*name) return STG_E_INVALIDNAME;
        check(object::check_file_mode(mode, false), "StgOpenStorage");
        *out = object::open_docfile(open_file(name, mode), mode).detach();
        return S_OK;
    });
}

STDAPI StgOpenStorageOnILockBytes(ILockBytes* bytes, IStorage* priority, DWORD mode, SNB exclude,
                                  DWORD reserved, IStorage** out) {
    return remapi::abi::guard("StgOpenStorageOnILockBytes", [&]() -> HRESULT {
        check(prepare(out, reserved), "StgOpenStorageOnILockBytes");
        if (!bytes) return STG_E_INVALIDPOINTER;
        if (priority || exclude) return STG_E_INVALIDPARAMETER;
        auto backing = object::backing_on_lock_bytes(bytes, object::can_write(mode));
        *out = object::open_docfile(std::move(backing), mode).detach();
        return S_OK;
    });
}

STDAPI StgIsStorageFile(const WCHAR* name) {
    return remapi::abi::guard("StgIsStorageFile", [&]() -> HRESULT {
        if (!name || !*name) return STG_E_INVALIDNAME;
        return is_compound(*object::open_file_backing(name, {})) ? S_OK : S_FALSE;
    });
}

STDAPI StgIsStorageILockBytes(ILockBytes* bytes) {
    return remapi::abi::guard("StgIsStorageILockBytes", [&]() -> HRESULT {
        if (!bytes) return STG_E_INVALIDPOINTER;
        return is_compound(*object::backing_on_lock_bytes(bytes, false)) ? S_OK : S_FALSE;
    });
}

STDAPI CreateILockBytesOnHGlobal(HGLOBAL memory, BOOL, ILockBytes** out) {
    return remapi::abi::guard("CreateILockBytesOnHGlobal", [&]() -> HRESULT {
        if (!out) return E_INVALIDARG;
        *out = nullptr;
        if (memory) return E_INVALIDARG;
        const auto stream = object::make_memory_stream({});
        *out = object::make_lock_bytes(object::backing_on_stream(stream.get(), 0, true)).detach();
        return S_OK;
    });
}
