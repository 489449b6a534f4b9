// SPDX-License-Identifier: LGPL-2.1-or-later
//
// GUIDs, calling conventions and the COM declaration macros, for native builds.
#pragma once

#include <cstdint>
#include <cstring>

#define WINAPI
#define CALLBACK
#define PASCAL
#define APIENTRY
#define STDMETHODCALLTYPE
#define STDAPICALLTYPE
#define STDAPIVCALLTYPE
#define WINAPIV
#ifndef __cdecl
#define __cdecl
#endif
#ifndef __stdcall
#define __stdcall
#endif

#define EXTERN_C extern "C"
#define STDAPI EXTERN_C HRESULT
#define STDAPI_(type) EXTERN_C type
#define STDMETHODIMP HRESULT
#define STDMETHODIMP_(type) type
#define STDMETHOD(method) virtual HRESULT method
#define STDMETHOD_(type, method) virtual type method
#define PURE = 0
#define THIS_
#define THIS void
#define interface struct
#define DECLARE_INTERFACE(name) struct name
#define DECLARE_INTERFACE_(name, base) struct name : public base

struct GUID {
    std::uint32_t Data1;
    std::uint16_t Data2;
    std::uint16_t Data3;
    std::uint8_t Data4[8];
};
using LPGUID = GUID*;
using LPCGUID = const GUID*;
using IID = GUID;
using CLSID = GUID;
using LPIID = IID*;
using LPCIID = const IID*;
using LPCLSID = CLSID*;
using REFGUID = const GUID&;
using REFIID = const IID&;
using REFCLSID = const CLSID&;
#define _REFIID_DEFINED
#define _LPCIID_DEFINED
#define GUID_DEFINED
#define _GUID_DEFINED

inline bool operator==(REFGUID left, REFGUID right) noexcept {
    return std::memcmp(&left, &right, sizeof(GUID)) == 0;
}
inline bool operator!=(REFGUID left, REFGUID right) noexcept {
    return !(left == right);
}
#define IsEqualGUID(left, right) ((left) == (right))
#define IsEqualIID(left, right) ((left) == (right))
#define IsEqualCLSID(left, right) ((left) == (right))

#define DEFINE_OLEGUID(name, l, w1, w2) DEFINE_GUID(name, l, w1, w2, 0xC0, 0, 0, 0, 0, 0, 0, 0x46)
#include "initoid.h"
