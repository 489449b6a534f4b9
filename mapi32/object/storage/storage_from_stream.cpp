// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/storage/storage_from_stream.h"

#include "object/storage/docfile.h"
#include "object/stream/foreign_backing.h"

namespace remapi::object {
namespace {

constexpr ULONG kStorageFlags = STGSTRM_CREATE | STGSTRM_CURRENT | STGSTRM_MODIFY;

std::shared_ptr<Backing> backing_on(IUnknown* object, const IID& iid, bool current, bool writable) {
    if (IsEqualGUID(iid, IID_ILockBytes)) {
        // An ILockBytes has no position; "current" is its beginning.
        const auto bytes = com::query<ILockBytes>(object);
        return bytes ? backing_on_lock_bytes(bytes.get(), writable) : nullptr;
    }
    const auto stream = com::query<IStream>(object);
    if (!stream) return nullptr;
    ULARGE_INTEGER origin = {};
    if (current) check(stream->Seek({}, STREAM_SEEK_CUR, &origin), "IStream::Seek");
    return backing_on_stream(stream.get(), origin.QuadPart, writable);
}

}  // namespace

HRESULT storage_from_stream(IUnknown* object, const IID* iid, ULONG flags, IStorage** out) {
    if (!out) return MAPI_E_INVALID_PARAMETER;
    *out = nullptr;
    if (!object) return MAPI_E_INVALID_PARAMETER;
    if ((flags & ~kStorageFlags) != 0) return MAPI_E_UNKNOWN_FLAGS;
    const IID& wanted = iid ? *iid : IID_IStream;
    if (!IsEqualGUID(wanted, IID_IStream) && !IsEqualGUID(wanted, IID_ILockBytes)) {
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    }
    const bool create = (flags & STGSTRM_CREATE) != 0;
    const bool writable = create || (flags & STGSTRM_MODIFY) != 0;
    auto backing = backing_on(object, wanted, (flags & STGSTRM_CURRENT) != 0, writable);
    if (!backing) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    *out = layer_storage(std::move(backing), create, writable).detach();
    return S_OK;
}

}  // namespace remapi::object
