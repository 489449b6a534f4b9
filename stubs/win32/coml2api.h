// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The functions that open compound files, for native builds. A program that calls these links
// remapi::ole (stubs/ole); libmapi32.so does not export them.
#pragma once

#include "objbase.h"

/// Makes a compound file at `name` (null: a temporary one) and opens it.
/// @param mode  STGM_ access, sharing and STGM_CREATE or STGM_FAILIFTHERE, STGM_TRANSACTED,
///              STGM_DELETEONRELEASE
STDAPI StgCreateDocfile(const WCHAR* name, DWORD mode, DWORD reserved, IStorage** out);
/// Makes a compound file in `bytes`, whose previous contents are lost.
STDAPI StgCreateDocfileOnILockBytes(ILockBytes* bytes, DWORD mode, DWORD reserved, IStorage** out);
/// Opens the compound file at `name`.
/// @param priority, exclude  must be null
STDAPI StgOpenStorage(const WCHAR* name, IStorage* priority, DWORD mode, SNB exclude,
                      DWORD reserved, IStorage** out);
STDAPI StgOpenStorageOnILockBytes(ILockBytes* bytes, IStorage* priority, DWORD mode, SNB exclude,
                                  DWORD reserved, IStorage** out);
/// S_OK when the file at `name` is a compound file, S_FALSE when it is something else.
STDAPI StgIsStorageFile(const WCHAR* name);
STDAPI StgIsStorageILockBytes(ILockBytes* bytes);
/// Bytes in memory. Natively there are no HGLOBALs: `memory` must be null.
STDAPI CreateILockBytesOnHGlobal(HGLOBAL memory, BOOL delete_on_release, ILockBytes** out);

/// Memory that crosses COM interfaces, such as the names of STATSTG; the same as that of
/// MAPIGetDefaultMalloc.
STDAPI_(void*) CoTaskMemAlloc(SIZE_T size);
STDAPI_(void) CoTaskMemFree(void* block);
