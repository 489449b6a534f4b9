// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/storage/docfile.h"

namespace remapi::object {

com::Ptr<IStorage> layer_storage(std::shared_ptr<Backing> backing, bool create, bool writable) {
    const DWORD mode = (writable ? STGM_READWRITE : STGM_READ) | STGM_SHARE_EXCLUSIVE;
    if (create) return create_docfile(std::move(backing), mode | STGM_CREATE);
    return open_docfile(std::move(backing), mode);
}

}  // namespace remapi::object
