// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/stream/stream_on_file.h"

#include "object/stream/file_stream.h"
#include "port/file.h"

namespace remapi::object {
namespace {

constexpr std::size_t kLongestPrefix = 3;
constexpr ULONG kAccess = STGM_WRITE | STGM_READWRITE;
constexpr ULONG kSharing = 0x70;  // STGM_SHARE_ bits: a file is open to others in any case
constexpr ULONG kKnown =
    SOF_UNIQUEFILENAME | STGM_CREATE | STGM_DELETEONRELEASE | kAccess | kSharing;

bool is_prefix(StringView prefix) {
    return prefix.size() <= kLongestPrefix && port::leaf_name(prefix) == prefix;
}

/// The codes of the page; others stay.
HRESULT to_mapi(HRESULT code) noexcept {
    switch (code) {
        case STG_E_FILENOTFOUND:
            return MAPI_E_NOT_FOUND;
        case STG_E_ACCESSDENIED:
            return MAPI_E_NO_ACCESS;
        case STG_E_MEDIUMFULL:
            return MAPI_E_NOT_ENOUGH_DISK;
        default:
            return code;
    }
}

HRESULT check_arguments(const StreamOnFile& arguments) {
    const ULONG flags = arguments.flags;
    if (!arguments.allocate || !arguments.free) return MAPI_E_INVALID_PARAMETER;
    if ((flags & ~kKnown) != 0) return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & kAccess) == kAccess) return MAPI_E_INVALID_PARAMETER;
    if ((flags & STGM_CREATE) != 0 && (flags & STGM_READWRITE) == 0) {
        return MAPI_E_INVALID_PARAMETER;
    }
    constexpr ULONG kUnnamed = STGM_CREATE | STGM_DELETEONRELEASE;
    if (!arguments.file && (flags & kUnnamed) != kUnnamed) return MAPI_E_INVALID_PARAMETER;
    const bool unique = (flags & SOF_UNIQUEFILENAME) != 0 || !arguments.file;
    if (unique && arguments.prefix && !is_prefix(*arguments.prefix)) {
        return MAPI_E_INVALID_PARAMETER;
    }
    return S_OK;
}

}  // namespace

HRESULT open_stream_on_file(const StreamOnFile& arguments, IStream** out) {
    if (!out) return MAPI_E_INVALID_PARAMETER;
    *out = nullptr;
    if (const HRESULT hr = check_arguments(arguments); FAILED(hr)) return hr;
    const FileStreamOptions options = {arguments.flags & ~ULONG{SOF_UNIQUEFILENAME},
                                       arguments.allocate, arguments.free};
    try {
        if (arguments.file && (arguments.flags & SOF_UNIQUEFILENAME) == 0) {
            *out = open_file_stream(*arguments.file, options).detach();
            return S_OK;
        }
        const String folder = arguments.file ? *arguments.file : port::temporary_folder();
        const String prefix = arguments.prefix.value_or(REMAPI_W("SOF"));
        *out = open_temporary_stream(folder, prefix, options).detach();
        return S_OK;
    } catch (const Error& error) {
        throw Error(to_mapi(error.code()), error.what());
    }
}

}  // namespace remapi::object
