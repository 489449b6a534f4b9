// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <memory>

#include "com/ptr.h"
#include "port/wide.h"

namespace remapi::object {

/// The bytes behind a stream and all its clones; plain C++. Any thread may call it, several at
/// once. Failures are thrown: Error(STG_E_ACCESSDENIED), Error(STG_E_MEDIUMFULL) and so on.
class Backing {
public:
    virtual ~Backing() = default;

    /// Reads up to `size` bytes at `offset`; fewer at the end. Answers how many.
    virtual std::size_t read_at(std::uint64_t offset, void* buffer, std::size_t size) = 0;
    /// Writes all of `size` bytes; a gap before `offset` is filled with zeros.
    virtual void write_at(std::uint64_t offset, const void* buffer, std::size_t size) = 0;
    virtual std::uint64_t size() = 0;
    virtual void set_size(std::uint64_t size) = 0;
    virtual bool writable() const = 0;
    /// What Stat says of the access and sharing mode, as STGM_ bits.
    virtual DWORD mode() const;
    /// What Stat says of the name; empty when there is none.
    virtual String name();
    /// IStream::Commit; `flags` are STGC_. Default: nothing to do.
    virtual void commit(DWORD flags);
    /// IStream::Revert. Default: nothing to do, as direct streams do.
    virtual void revert();
};

/// What Stat answers for an object of `type` (STGTY_) over `backing`: IStream's and ILockBytes' are
/// the same otherwise. Errors: STG_E_INVALIDPOINTER, STG_E_INVALIDFLAG.
HRESULT stat_backing(Backing& backing, DWORD type, STATSTG* out, DWORD flags);

/// An IStream over `backing`. Read, Write, Seek, SetSize, CopyTo, Commit, Revert, Stat and Clone
/// are complete, to sizes and positions of 2^63 - 1; LockRegion and UnlockRegion answer
/// STG_E_INVALIDFUNCTION, as streams without locks do.
/// @param owner  kept alive by the stream and its clones; may be null
com::Ptr<IStream> make_stream(std::shared_ptr<Backing> backing, IUnknown* owner = nullptr,
                              std::uint64_t position = 0);

}  // namespace remapi::object
