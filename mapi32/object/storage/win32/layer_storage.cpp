// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/storage/docfile.h"
#include "object/stream/lock_bytes.h"

namespace remapi::object {

com::Ptr<IStorage> layer_storage(std::shared_ptr<Backing> backing, bool create, bool writable) {
    const DWORD mode = (writable ? STGM_READWRITE : STGM_READ) | STGM_SHARE_EXCLUSIVE;
    const auto bytes = make_lock_bytes(std::move(backing));
    com::Ptr<IStorage> storage;
    if (create) {
        check(StgCreateDocfileOnILockBytes(bytes.get(), mode | STGM_CREATE, 0, storage.put()),
              "StgCreateDocfileOnILockBytes");
    } else {
        check(StgOpenStorageOnILockBytes(bytes.get(), nullptr, mode, nullptr, 0, storage.put()),
              "StgOpenStorageOnILockBytes");
    }
    return storage;
}

}  // namespace remapi::object
