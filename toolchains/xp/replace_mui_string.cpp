// SPDX-License-Identifier: LGPL-2.1-or-later
// advapi32: RegLoadMUIStringW. XP knows no language-neutral resources, but a registry value that
// refers to a string of a DLL can be followed all the same.
#include "import.h"

#include <cstddef>

namespace {

LONG WINAPI first_RegLoadMUIStringW(HKEY key, const wchar_t* value, wchar_t* out, DWORD out_bytes,
                                    DWORD* data_bytes, DWORD flags, const wchar_t* directory);

}  // namespace

REMAPI_XP_REPLACE(REMAPI_XP_STDCALL(RegLoadMUIStringW, 28), decltype(first_RegLoadMUIStringW),
                  import_RegLoadMUIStringW, first_RegLoadMUIStringW);

namespace {

constexpr DWORD kTruncate = 1;  // REG_MUI_STRING_TRUNCATE
constexpr DWORD kMaxUnits = 1024;
constexpr unsigned kStringsPerBlock = 16;

/// Text that lies somewhere else, without a terminator.
struct Text {
    const wchar_t* data;
    DWORD units;
};

/// Where the caller wants the answer. See the parameters of RegLoadMUIStringW.
struct Answer {
    wchar_t* out;
    DWORD out_bytes;
    DWORD* data_bytes;
    bool truncate;
};

LONG deliver(const Answer& answer, Text text) noexcept {
    const DWORD needed_bytes = (text.units + 1) * sizeof(wchar_t);
    if (answer.data_bytes) *answer.data_bytes = needed_bytes;
    DWORD units = text.units;
    if (needed_bytes > answer.out_bytes) {
        if (!answer.truncate || answer.out_bytes < sizeof(wchar_t)) return ERROR_MORE_DATA;
        units = answer.out_bytes / static_cast<DWORD>(sizeof(wchar_t)) - 1;
    }
    if (!answer.out) return ERROR_MORE_DATA;
    memcpy(answer.out, text.data, units * sizeof(wchar_t));
    answer.out[units] = 0;
    return ERROR_SUCCESS;
}

// String number n is the (n % 16)th of block n / 16 + 1; each is a length and that many units.
bool find_string(HMODULE module, unsigned number, Text& text) noexcept {
    const auto* const block = MAKEINTRESOURCEW(number / kStringsPerBlock + 1);
    const HRSRC found = FindResourceW(module, block, MAKEINTRESOURCEW(6));  // RT_STRING
    const HGLOBAL loaded = found ? LoadResource(module, found) : nullptr;
    const auto* at = static_cast<const wchar_t*>(loaded ? LockResource(loaded) : nullptr);
    if (!at) return false;
    const wchar_t* const end = at + SizeofResource(module, found) / sizeof(wchar_t);
    for (unsigned skip = number % kStringsPerBlock; skip != 0; --skip) {
        if (at >= end || *at >= end - at) return false;
        at += 1 + *at;
    }
    if (at >= end || *at >= end - at || *at == 0) return false;
    text = {at + 1, *at};
    return true;
}

LONG deliver_resource(const Answer& answer, const wchar_t* file, unsigned number) noexcept {
    const HMODULE module = LoadLibraryExW(file, nullptr, LOAD_LIBRARY_AS_DATAFILE);
    if (!module) return static_cast<LONG>(GetLastError());
    Text text{};
    const LONG result =
        find_string(module, number, text) ? deliver(answer, text) : ERROR_FILE_NOT_FOUND;
    FreeLibrary(module);
    return result;
}

// Reads the number behind ",-" and cuts the reference there. False: it has none.
bool split_reference(wchar_t* reference, unsigned& number) noexcept {
    wchar_t* comma = nullptr;
    for (wchar_t* at = reference; *at; ++at) {
        if (*at == L',') comma = at;
    }
    if (!comma || comma[1] != L'-' || comma[2] == 0) return false;
    number = 0;
    for (const wchar_t* digit = comma + 2; *digit; ++digit) {
        if (*digit < L'0' || *digit > L'9' || number > 0xFFFF) return false;
        number = number * 10 + static_cast<unsigned>(*digit - L'0');
    }
    *comma = 0;
    return number <= 0xFFFF;
}

// `reference` is "file,-number"; the file's name may hold environment variables.
LONG follow(const Answer& answer, wchar_t* reference, const wchar_t* directory) noexcept {
    unsigned number = 0;
    if (!split_reference(reference, number)) return ERROR_INVALID_DATA;

    wchar_t file[kMaxUnits];
    DWORD used = 0;
    if (directory && *directory) {
        used = static_cast<DWORD>(lstrlenW(directory));
        if (used + 2 > kMaxUnits) return ERROR_FILENAME_EXCED_RANGE;
        memcpy(file, directory, used * sizeof(wchar_t));
        if (file[used - 1] != L'\\') file[used++] = L'\\';
    }
    const DWORD room = kMaxUnits - used;
    const DWORD expanded = ExpandEnvironmentStringsW(reference, file + used, room);
    if (expanded == 0) return static_cast<LONG>(GetLastError());
    if (expanded > room) return ERROR_FILENAME_EXCED_RANGE;
    return deliver_resource(answer, file, number);
}

LONG WINAPI fallback_RegLoadMUIStringW(HKEY key, const wchar_t* value, wchar_t* out,
                                       DWORD out_bytes, DWORD* data_bytes, DWORD flags,
                                       const wchar_t* directory) {
    const bool truncate = (flags & kTruncate) != 0;
    if ((flags & ~kTruncate) || (truncate && data_bytes)) return ERROR_INVALID_PARAMETER;
    if (!out && out_bytes != 0) return ERROR_INVALID_PARAMETER;

    wchar_t stored[kMaxUnits];
    DWORD type = REG_NONE;
    DWORD stored_bytes = sizeof(stored) - sizeof(wchar_t);
    const LONG read = RegQueryValueExW(key, value, nullptr, &type, reinterpret_cast<BYTE*>(stored),
                                       &stored_bytes);
    if (read != ERROR_SUCCESS) return read;
    if (type != REG_SZ && type != REG_EXPAND_SZ) return ERROR_FILE_NOT_FOUND;
    stored[stored_bytes / sizeof(wchar_t)] = 0;  // the registry keeps what it was given

    const Answer answer{out, out_bytes, data_bytes, truncate};
    if (stored[0] == L'@') return follow(answer, stored + 1, directory);
    return deliver(answer, {stored, static_cast<DWORD>(lstrlenW(stored))});
}

LONG WINAPI first_RegLoadMUIStringW(HKEY key, const wchar_t* value, wchar_t* out, DWORD out_bytes,
                                    DWORD* data_bytes, DWORD flags, const wchar_t* directory) {
    const auto choose = [] {
        return remapi::xp::function_or(
            remapi::xp::real_in_loaded_module(L"advapi32.dll", "RegLoadMUIStringW"),
            fallback_RegLoadMUIStringW);
    };
    return remapi::xp::bind(import_RegLoadMUIStringW, first_RegLoadMUIStringW, choose)(
        key, value, out, out_bytes, data_bytes, flags, directory);
}

}  // namespace
