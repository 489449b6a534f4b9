// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What the tests of storages share.
#pragma once

#include <gtest/gtest.h>

#include "com/ptr.h"
#include "format/compound_file.h"
#include "object/storage/docfile.h"
#include "object/stream/foreign_backing.h"
#include "object/stream/memory_stream.h"
#include "object/stream/task_memory.h"
#include "object/util/calls.h"
#include "text/text.h"

namespace remapi::object::test {

constexpr DWORD kReadWrite = STGM_READWRITE | STGM_SHARE_EXCLUSIVE;
constexpr DWORD kRead = STGM_READ | STGM_SHARE_EXCLUSIVE;

/// Bytes in memory that a compound file lies in.
class MemoryFile {
public:
    com::Ptr<IStorage> create(DWORD mode = 0,
                              format::CompoundVersion version = format::CompoundVersion::Three) {
        return create_docfile(backing(), kReadWrite | STGM_CREATE | mode, version);
    }
    com::Ptr<IStorage> open(DWORD mode = kReadWrite) { return open_docfile(backing(), mode); }
    std::shared_ptr<Backing> backing() { return backing_on_stream(m_stream.get(), 0, true); }
    Bytes bytes() {
        EXPECT_EQ(S_OK, m_stream->Seek({}, STREAM_SEEK_SET, nullptr));
        return read_stream(m_stream.get());
    }

private:
    com::Ptr<IStream> m_stream = make_memory_stream({});
};

inline com::Ptr<IStream> create_stream(IStorage& storage, const WCHAR* name,
                                       std::string_view text = {}) {
    com::Ptr<IStream> stream;
    EXPECT_EQ(S_OK, storage.CreateStream(name, kReadWrite | STGM_CREATE, 0, 0, stream.put()));
    EXPECT_EQ(S_OK, stream->Write(text.data(), static_cast<ULONG>(text.size()), nullptr));
    return stream;
}

inline com::Ptr<IStorage> create_storage(IStorage& storage, const WCHAR* name, DWORD mode = 0) {
    com::Ptr<IStorage> inner;
    EXPECT_EQ(S_OK, storage.CreateStorage(name, kReadWrite | mode, 0, 0, inner.put()));
    return inner;
}

inline com::Ptr<IStorage> open_storage(IStorage& storage, const WCHAR* name, DWORD mode = 0) {
    com::Ptr<IStorage> inner;
    EXPECT_EQ(S_OK, storage.OpenStorage(name, nullptr, kReadWrite | mode, nullptr, 0, inner.put()));
    return inner;
}

/// The text of a stream; "(none)" when there is none, "(error)" when it cannot be opened.
inline std::string stream_text(IStorage& storage, const WCHAR* name) {
    com::Ptr<IStream> stream;
    const HRESULT hr = storage.OpenStream(name, nullptr, kRead, 0, stream.put());
    if (hr == STG_E_FILENOTFOUND) return "(none)";
    if (FAILED(hr)) return "(error)";
    const Bytes bytes = read_stream(stream.get());
    return std::string(bytes.begin(), bytes.end());
}

/// The names of the elements, storages with a slash, each followed by a space.
inline std::string element_names(IStorage& storage) {
    com::Ptr<IEnumSTATSTG> elements;
    EXPECT_EQ(S_OK, storage.EnumElements(0, nullptr, 0, elements.put()));
    std::string names;
    STATSTG stat = {};
    while (elements->Next(1, &stat, nullptr) == S_OK) {
        names += text::to_utf8(stat.pwcsName) + (stat.type == STGTY_STORAGE ? "/ " : " ");
        task_free(stat.pwcsName);
    }
    return names;
}

}  // namespace remapi::object::test
