// SPDX-License-Identifier: LGPL-2.1-or-later
// kernel32: GetFileInformationByHandleEx, over the system call it has been a face of ever since.
#include "import.h"

#include <winternl.h>

namespace {

BOOL WINAPI first_GetFileInformationByHandleEx(HANDLE file, int what, void* out, DWORD out_bytes);

}  // namespace

REMAPI_XP_REPLACE(REMAPI_XP_STDCALL(GetFileInformationByHandleEx, 16),
                  decltype(first_GetFileInformationByHandleEx), import_GetFileInformationByHandleEx,
                  first_GetFileInformationByHandleEx);

namespace {

using QueryInformationFile = NTSTATUS NTAPI(HANDLE file, IO_STATUS_BLOCK* status, void* out,
                                            ULONG out_bytes, int what);
using StatusToError = ULONG NTAPI(NTSTATUS status);

struct InformationClass {
    int win32;   ///< FILE_INFO_BY_HANDLE_CLASS
    int native;  ///< FILE_INFORMATION_CLASS with a structure of the same layout
};

// The classes that describe the file itself. Those that list a directory are not among them.
constexpr InformationClass kClasses[] = {
    {0, 4},   // FileBasicInfo
    {1, 5},   // FileStandardInfo
    {2, 9},   // FileNameInfo
    {7, 22},  // FileStreamInfo
    {8, 28},  // FileCompressionInfo
    {9, 35},  // FileAttributeTagInfo
};

bool fail(DWORD error) noexcept {
    SetLastError(error);
    return false;
}

bool query(HANDLE file, int native_class, void* out, DWORD out_bytes) noexcept {
    auto* const query_file = remapi::xp::as_function<QueryInformationFile>(
        remapi::xp::find_in_loaded_module(L"ntdll.dll", "NtQueryInformationFile"));
    auto* const to_error = remapi::xp::as_function<StatusToError>(
        remapi::xp::find_in_loaded_module(L"ntdll.dll", "RtlNtStatusToDosError"));
    if (!query_file || !to_error) return fail(ERROR_CALL_NOT_IMPLEMENTED);

    IO_STATUS_BLOCK done{};
    const NTSTATUS status = query_file(file, &done, out, out_bytes, native_class);
    return status == 0 || fail(to_error(status));
}

BOOL WINAPI fallback_GetFileInformationByHandleEx(HANDLE file, int what, void* out,
                                                  DWORD out_bytes) {
    for (const InformationClass& known : kClasses) {
        if (known.win32 == what) return query(file, known.native, out, out_bytes);
    }
    return fail(ERROR_INVALID_PARAMETER);
}

BOOL WINAPI first_GetFileInformationByHandleEx(HANDLE file, int what, void* out, DWORD out_bytes) {
    const auto choose = [] {
        return remapi::xp::function_or(
            remapi::xp::real_in_loaded_module(L"kernel32.dll", "GetFileInformationByHandleEx"),
            fallback_GetFileInformationByHandleEx);
    };
    return remapi::xp::bind(import_GetFileInformationByHandleEx, first_GetFileInformationByHandleEx,
                            choose)(file, what, out, out_bytes);
}

}  // namespace
