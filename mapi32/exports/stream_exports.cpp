// SPDX-License-Identifier: LGPL-2.1-or-later
#include "abi/guard.h"
#include "object/storage/storage_from_stream.h"
#include "object/stream/stream_on_file.h"
#include "port/module.h"
#include "text/text.h"

namespace object = remapi::object;

extern "C" {

/// Opens a file as a stream. Stat hands out the file's name.
/// @param allocate, free  what the stream keeps the file's name with until its last release
/// @param flags   STGM_READ; or STGM_READWRITE, with STGM_CREATE or without;
///                STGM_DELETEONRELEASE; SOF_UNIQUEFILENAME makes a new file <prefix>HHHH.TMP, open
///                for writing, in the folder `file`. STGM_SHARE_ bits are accepted and do nothing.
/// @param file    in the ANSI code page; null, with STGM_CREATE and STGM_DELETEONRELEASE: a new
///                file as above in the folder for temporary files
/// @param prefix  three characters at most; null: SOF; not read unless a name is made
/// @param out     [out] the stream
/// Errors: MAPI_E_INVALID_PARAMETER for a missing routine or `out`, for flags that must not stand
/// together and for a prefix that is too long or has a separator; MAPI_E_UNKNOWN_FLAGS;
/// MAPI_E_NOT_FOUND, MAPI_E_NO_ACCESS, MAPI_E_NOT_ENOUGH_DISK; what `allocate` answers.
/// Page: mapi/openstreamonfile.md
HRESULT WINAPI OpenStreamOnFile(LPALLOCATEBUFFER allocate, LPFREEBUFFER free, ULONG flags,
                                LPTSTR file, LPTSTR prefix, LPSTREAM* out) {
    return remapi::abi::guard("OpenStreamOnFile", [&] {
        remapi::port::pin_own_module();  // a caller may keep the stream longer than the library
        const auto wide = [](const void* text) {
            return text ? std::optional(remapi::text::to_wide(static_cast<const char*>(text)))
                        : std::nullopt;
        };
        return object::open_stream_on_file({allocate, free, flags, wide(file), wide(prefix)}, out);
    });
}

/// The same with UTF-16 texts. Page: mapi/openstreamonfilew.md
HRESULT WINAPI OpenStreamOnFileW(LPALLOCATEBUFFER allocate, LPFREEBUFFER free, ULONG flags,
                                 LPWSTR file, LPWSTR prefix, LPSTREAM* out) {
    return remapi::abi::guard("OpenStreamOnFileW", [&] {
        remapi::port::pin_own_module();
        const auto copy = [](const WCHAR* text) {
            return text ? std::optional<remapi::String>(text) : std::nullopt;
        };
        return object::open_stream_on_file({allocate, free, flags, copy(file), copy(prefix)}, out);
    });
}

/// Opens the compound file that lies in a stream as a storage, in direct mode.
/// @param object  kept until the storage and everything opened from it is released
/// @param iid     null, IID_IStream or IID_ILockBytes: what to ask `object` for
/// @param flags   STGSTRM_RESET (read-only, from position zero) or any of STGSTRM_CREATE (a new
///                compound file; implies STGSTRM_MODIFY), STGSTRM_CURRENT (from the position of the
///                stream), STGSTRM_MODIFY
/// @param out     [out] the storage
/// Errors: MAPI_E_INVALID_PARAMETER, MAPI_E_INTERFACE_NOT_SUPPORTED for another interface or one
/// that `object` lacks, MAPI_E_UNKNOWN_FLAGS; the STG_E_ codes of OLE for bytes that are no
/// compound file.
/// Page: mapi/hristoragefromstream.md
STDAPI HrIStorageFromStream(LPUNKNOWN object, LPCIID iid, ULONG flags, LPSTORAGE* out) {
    return remapi::abi::guard("HrIStorageFromStream", [&] {
        remapi::port::pin_own_module();
        return object::storage_from_stream(object, iid, flags, out);
    });
}

}  // extern "C"
