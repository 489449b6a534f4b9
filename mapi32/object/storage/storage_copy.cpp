// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/storage/storage_copy.h"

#include <algorithm>

#include "com/ptr.h"

namespace remapi::object {
namespace {

constexpr std::size_t kCopyBytes = 64u << 10;
constexpr DWORD kWrite = STGM_READWRITE | STGM_SHARE_EXCLUSIVE;

/// One element to copy, found before anything is written.
struct CopiedElement {
    ElementId id;
    String name;
    ElementType type;
};

std::vector<CopiedElement> items_of(StorageCore& core, ElementId storage) {
    const StorageCore::Access access(core);
    std::vector<CopiedElement> items;
    for (const ElementId id : access.file().children(storage)) {
        items.push_back({id, access.file().entry(id).name, access.file().entry(id).type});
    }
    return items;
}

void copy_stream(StorageCore& core, ElementId id, IStorage* target, const WCHAR* name, DWORD mode) {
    com::Ptr<IStream> stream;
    check(target->CreateStream(name, kWrite | mode, 0, 0, stream.put()), "IStorage::CreateStream");
    Bytes buffer(kCopyBytes);
    for (std::uint64_t offset = 0;;) {
        std::size_t got = 0;
        {
            // Not held while the target writes, which may be in this file too.
            const StorageCore::Access access(core);
            got = access.file().read(id, offset, buffer.data(), buffer.size());
        }
        if (got == 0) break;
        ULONG put = 0;
        check(stream->Write(buffer.data(), static_cast<ULONG>(got), &put), "IStream::Write");
        if (put < got) throw Error(STG_E_MEDIUMFULL, "copying a stream");
        offset += got;
    }
    check(stream->Commit(STGC_DEFAULT), "IStream::Commit");
}

void copy_settings(StorageCore& core, ElementId id, IStorage* target) {
    CLSID class_id = {};
    DWORD bits = 0;
    {
        const StorageCore::Access access(core);
        const DirectoryEntry& entry = access.file().entry(id);
        std::memcpy(&class_id, entry.class_id.data(), sizeof class_id);
        bits = entry.state_bits;
    }
    check(target->SetClass(class_id), "IStorage::SetClass");
    check(target->SetStateBits(bits, 0xFFFFFFFF), "IStorage::SetStateBits");
}

com::Ptr<IStorage> make_storage_in(IStorage* target, const WCHAR* name, bool merge) {
    com::Ptr<IStorage> storage;
    const HRESULT hr = target->CreateStorage(name, kWrite | STGM_FAILIFTHERE, 0, 0, storage.put());
    if (hr == STG_E_FILEALREADYEXISTS && merge) {
        check(target->OpenStorage(name, nullptr, kWrite, nullptr, 0, storage.put()),
              "IStorage::OpenStorage");
        return storage;
    }
    check(hr, "IStorage::CreateStorage");
    return storage;
}

void copy_children(StorageCore& core, ElementId storage, IStorage* target,
                   const CopyExclusions& exclusions) {
    const auto excluded = [&](const CopiedElement& item) {
        const bool by_type =
            item.type == ElementType::Storage ? exclusions.storages : exclusions.streams;
        return by_type ||
               std::any_of(exclusions.names.begin(), exclusions.names.end(),
                           [&](const String& name) {
                               return format::compare_element_names(name, item.name) == 0;
                           });
    };
    CopyExclusions below = exclusions;
    below.names.clear();
    for (const CopiedElement& item : items_of(core, storage)) {
        if (excluded(item)) continue;
        if (item.type == ElementType::Stream) {
            copy_stream(core, item.id, target, item.name.c_str(), STGM_CREATE);
            continue;
        }
        const auto inner = make_storage_in(target, item.name.c_str(), true);
        copy_children(core, item.id, inner.get(), below);
        copy_settings(core, item.id, inner.get());
        check(inner->Commit(STGC_DEFAULT), "IStorage::Commit");
    }
}

}  // namespace

void copy_storage(StorageCore& core, const ElementRef& storage, IStorage* target,
                  const CopyExclusions& exclusions) {
    ElementId id = format::kNoElement;
    {
        const StorageCore::Access access(core);
        id = access.id(storage);
    }
    copy_children(core, id, target, exclusions);
    copy_settings(core, id, target);
}

void copy_element(StorageCore& core, ElementId element, IStorage* target, const WCHAR* name) {
    ElementType type = ElementType::None;
    {
        const StorageCore::Access access(core);
        type = access.file().entry(element).type;
    }
    if (type == ElementType::Stream) {
        copy_stream(core, element, target, name, STGM_FAILIFTHERE);
        return;
    }
    const auto copy = make_storage_in(target, name, false);
    copy_children(core, element, copy.get(), {});
    copy_settings(core, element, copy.get());
    check(copy->Commit(STGC_DEFAULT), "IStorage::Commit");
}

}  // namespace remapi::object
