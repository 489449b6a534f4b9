// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The Windows base types that the MAPI headers expect, for native builds.
// Sizes are Windows' own (LONG is 32 bits, WCHAR is 16); the calling convention is the platform's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "basetyps.h"

#define _WINDOWS_
#define _WINBASE_
#define __LONG32 int
#define __MSABI_LONG(x) x
#define WINBOOL BOOL
#define __C89_NAMELESS

#define VOID void
#define CONST const
#define FAR
#define NEAR
#define TRUE 1
#define FALSE 0
#define MAX_PATH 260

using BYTE = std::uint8_t;
using WORD = std::uint16_t;
using DWORD = std::uint32_t;
using UINT = std::uint32_t;
using INT = std::int32_t;
using LONG = std::int32_t;
using ULONG = std::uint32_t;
using SHORT = std::int16_t;
using USHORT = std::uint16_t;
using LONGLONG = std::int64_t;
using ULONGLONG = std::uint64_t;
using DWORDLONG = std::uint64_t;
using BOOL = std::int32_t;
using CHAR = char;
using INT_PTR = std::intptr_t;
using UINT_PTR = std::uintptr_t;
using LONG_PTR = std::intptr_t;
using ULONG_PTR = std::uintptr_t;
using DWORD_PTR = std::uintptr_t;
using SIZE_T = std::size_t;
using WPARAM = UINT_PTR;
using LPARAM = LONG_PTR;
using LRESULT = LONG_PTR;
using HRESULT = LONG;
using SCODE = LONG;
using LCID = DWORD;
using LANGID = WORD;
using ATOM = WORD;

#define __WCHAR_DEFINED
using WCHAR = char16_t;
using OLECHAR = WCHAR;

using LPVOID = void*;
using LPCVOID = const void*;
using LPBOOL = BOOL*;
using LPINT = INT*;
using LPLONG = LONG*;
using LPDWORD = DWORD*;
using LPWORD = WORD*;
using LPSTR = char*;
using LPCSTR = const char*;
using PSTR = char*;
using LPOLESTR = OLECHAR*;
using LPCOLESTR = const OLECHAR*;
using BSTR = OLECHAR*;

// Handles are opaque: natively nothing but null ever travels in them.
#define REMAPI_HANDLE(name) \
    struct name##__;        \
    using name = name##__*
using HANDLE = void*;
using HGLOBAL = void*;
using HLOCAL = void*;
REMAPI_HANDLE(HWND);
REMAPI_HANDLE(HINSTANCE);
REMAPI_HANDLE(HMENU);
REMAPI_HANDLE(HICON);
REMAPI_HANDLE(HACCEL);
REMAPI_HANDLE(HTASK);
REMAPI_HANDLE(HKEY);
REMAPI_HANDLE(HDC);
REMAPI_HANDLE(HFONT);
using HMODULE = HINSTANCE;
#undef REMAPI_HANDLE

union LARGE_INTEGER {
    struct {
        DWORD LowPart;
        LONG HighPart;
    };
    struct {
        DWORD LowPart;
        LONG HighPart;
    } u;
    LONGLONG QuadPart;
};
union ULARGE_INTEGER {
    struct {
        DWORD LowPart;
        DWORD HighPart;
    };
    struct {
        DWORD LowPart;
        DWORD HighPart;
    } u;
    ULONGLONG QuadPart;
};
using PLARGE_INTEGER = LARGE_INTEGER*;

#define _FILETIME_
struct FILETIME {
    DWORD dwLowDateTime;
    DWORD dwHighDateTime;
};
using LPFILETIME = FILETIME*;

struct SYSTEMTIME {
    WORD wYear, wMonth, wDayOfWeek, wDay, wHour, wMinute, wSecond, wMilliseconds;
};

struct POINT {
    LONG x, y;
};
struct SIZE {
    LONG cx, cy;
};
struct RECT {
    LONG left, top, right, bottom;
};
using LPRECT = RECT*;
using LPCRECT = const RECT*;
using LPPOINT = POINT*;

struct MSG {
    HWND hwnd;
    UINT message;
    WPARAM wParam;
    LPARAM lParam;
    DWORD time;
    POINT pt;
};
using LPMSG = MSG*;

using FARPROC = INT_PTR (*)();
using DLGPROC = INT_PTR (*)(HWND, UINT, WPARAM, LPARAM);
using WNDPROC = LRESULT (*)(HWND, UINT, WPARAM, LPARAM);

#define MAKELONG(low, high)                     \
    (static_cast<LONG>(static_cast<WORD>(low) | \
                       (static_cast<DWORD>(static_cast<WORD>(high)) << 16)))
#define LOWORD(value) (static_cast<WORD>((value)&0xffff))
#define HIWORD(value) (static_cast<WORD>(((value) >> 16) & 0xffff))
#define UNREFERENCED_PARAMETER(name) (void)(name)

// Code pages that the A/W boundary names.
#define CP_ACP 0
#define CP_OEMCP 1
#define CP_UTF8 65001

#define LOCALE_USER_DEFAULT 0x0400
#define NORM_IGNORECASE 0x00000001
#define NORM_IGNORENONSPACE 0x00000002

#include "objbase.h"
#include "winerror.h"
