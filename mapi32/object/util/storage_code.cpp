// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/util/storage_code.h"

namespace remapi::object {
namespace {

struct Meaning {
    ULONG storage;
    SCODE mapi;
};

// Numbers, because not every build has names for all of them: [MS-ERREF], facility STORAGE and
// the general codes that storage answers with.
constexpr Meaning kMeanings[] = {
    {0x80030001, MAPI_E_NO_SUPPORT},               // STG_E_INVALIDFUNCTION
    {0x80030002, MAPI_E_NOT_FOUND},                // STG_E_FILENOTFOUND
    {0x80030003, MAPI_E_NOT_FOUND},                // STG_E_PATHNOTFOUND
    {0x80030004, MAPI_E_NOT_ENOUGH_RESOURCES},     // STG_E_TOOMANYOPENFILES
    {0x80030005, MAPI_E_NO_ACCESS},                // STG_E_ACCESSDENIED
    {0x80030006, MAPI_E_INVALID_OBJECT},           // STG_E_INVALIDHANDLE
    {0x80030008, MAPI_E_NOT_ENOUGH_MEMORY},        // STG_E_INSUFFICIENTMEMORY
    {0x80030009, MAPI_E_INVALID_PARAMETER},        // STG_E_INVALIDPOINTER
    {0x80030012, MAPI_E_NOT_FOUND},                // STG_E_NOMOREFILES
    {0x80030013, MAPI_E_NO_ACCESS},                // STG_E_DISKISWRITEPROTECTED
    {0x80030019, MAPI_E_DISK_ERROR},               // STG_E_SEEKERROR
    {0x8003001D, MAPI_E_DISK_ERROR},               // STG_E_WRITEFAULT
    {0x8003001E, MAPI_E_DISK_ERROR},               // STG_E_READFAULT
    {0x80030020, MAPI_E_NO_ACCESS},                // STG_E_SHAREVIOLATION
    {0x80030021, MAPI_E_NO_ACCESS},                // STG_E_LOCKVIOLATION
    {0x80030050, MAPI_E_COLLISION},                // STG_E_FILEALREADYEXISTS
    {0x80030057, MAPI_E_INVALID_PARAMETER},        // STG_E_INVALIDPARAMETER
    {0x80030070, MAPI_E_NOT_ENOUGH_DISK},          // STG_E_MEDIUMFULL
    {0x800300FB, MAPI_E_CORRUPT_DATA},             // STG_E_INVALIDHEADER
    {0x800300FC, MAPI_E_INVALID_PARAMETER},        // STG_E_INVALIDNAME
    {0x800300FE, MAPI_E_NO_SUPPORT},               // STG_E_UNIMPLEMENTEDFUNCTION
    {0x800300FF, MAPI_E_INVALID_PARAMETER},        // STG_E_INVALIDFLAG
    {0x80030100, MAPI_E_NO_ACCESS},                // STG_E_INUSE
    {0x80030101, MAPI_E_OBJECT_CHANGED},           // STG_E_NOTCURRENT
    {0x80030102, MAPI_E_OBJECT_DELETED},           // STG_E_REVERTED
    {0x80030103, MAPI_E_DISK_ERROR},               // STG_E_CANTSAVE
    {0x80030104, MAPI_E_VERSION},                  // STG_E_OLDFORMAT
    {0x80030105, MAPI_E_VERSION},                  // STG_E_OLDDLL
    {0x80030106, MAPI_E_NOT_INITIALIZED},          // STG_E_SHAREREQUIRED
    {0x80030109, MAPI_E_CORRUPT_DATA},             // STG_E_DOCFILECORRUPT
    {0x80004001, MAPI_E_NO_SUPPORT},               // E_NOTIMPL
    {0x80004002, MAPI_E_INTERFACE_NOT_SUPPORTED},  // E_NOINTERFACE
    {0x80070005, MAPI_E_NO_ACCESS},                // E_ACCESSDENIED
    {0x8007000E, MAPI_E_NOT_ENOUGH_MEMORY},        // E_OUTOFMEMORY
    {0x80070057, MAPI_E_INVALID_PARAMETER},        // E_INVALIDARG
};

}  // namespace

SCODE from_storage_code(SCODE code) noexcept {
    if (SUCCEEDED(code)) return S_OK;
    for (const Meaning& meaning : kMeanings) {
        if (meaning.storage == static_cast<ULONG>(code)) return meaning.mapi;
    }
    return MAPI_E_CALL_FAILED;
}

}  // namespace remapi::object
