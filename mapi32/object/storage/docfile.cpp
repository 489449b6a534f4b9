// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/storage/docfile.h"

#include "object/storage/storage.h"
#include "object/storage/storage_modes.h"
#include "object/stream/foreign_backing.h"

namespace remapi::object {
namespace {

com::Ptr<IStorage> open(std::shared_ptr<Backing> backing, DWORD mode,
                        StorageCore::Options options) {
    const String name = backing->name();
    options.transacted = (mode & STGM_TRANSACTED) != 0;
    options.writable = can_write(mode);
    const auto core = std::make_shared<StorageCore>(source_on_backing(std::move(backing)), options);
    return make_storage(core, core->root(), mode, name);
}

}  // namespace

com::Ptr<IStorage> create_docfile(std::shared_ptr<Backing> backing, DWORD mode,
                                  format::CompoundVersion version) {
    check(check_file_mode(mode, true), "making a compound file");
    StorageCore::Options options;
    options.create = true;
    options.version = version;
    return open(std::move(backing), mode, options);
}

com::Ptr<IStorage> open_docfile(std::shared_ptr<Backing> backing, DWORD mode) {
    check(check_file_mode(mode, false), "opening a compound file");
    try {
        return open(std::move(backing), mode, {});
    } catch (const Error& error) {
        // What ole32 says of files that are something else.
        if (error.code() != STG_E_INVALIDHEADER) throw;
        throw Error(STG_E_FILEALREADYEXISTS, error.what());
    }
}

}  // namespace remapi::object
