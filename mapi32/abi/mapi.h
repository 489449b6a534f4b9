// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The one place that includes the API headers. Everything else includes this file.
//
// The MAPI headers are mingw-w64's, copied into the build folder by tools/gen/mapi_headers.py,
// which widens the parameters they get wrong on 64-bit (abi/header_mismatches.tsv). Natively they
// stand on stubs/win32, on PE on the real Windows headers.
#pragma once

#include "port/wide.h"

#include <windows.h>
// order matters: the base types come first
#include <objbase.h>

#include <mapix.h>

#include <imessage.h>
#include <mapi.h>
#include <mapiform.h>
#include <mapihook.h>
#include <mapispi.h>
#include <mapiutil.h>
#include <mapiwz.h>
#include <tnef.h>
#include <xcmc.h>

// Property types of later MAPI versions that the headers lack (pages: mapi/property-types.md).
#ifndef PT_SRESTRICTION
#define PT_SRESTRICTION (static_cast<ULONG>(0x00FD))
#endif
#ifndef PT_ACTIONS
#define PT_ACTIONS (static_cast<ULONG>(0x00FE))
#endif

// Simple MAPI's Unicode structures and flags, which the headers lack (page: mapi/mapisendmailw.md).
#ifndef MAPI_FORCE_UNICODE
#define MAPI_FORCE_UNICODE 0x00040000
#endif
#ifndef MAPI_DIALOG_MODELESS
#define MAPI_DIALOG_MODELESS (0x00000004 | MAPI_DIALOG)
#endif

struct MapiFileDescW {
    ULONG ulReserved;
    ULONG flFlags;
    ULONG nPosition;
    LPWSTR lpszPathName;
    LPWSTR lpszFileName;
    LPVOID lpFileType;
};
using lpMapiFileDescW = MapiFileDescW*;

struct MapiRecipDescW {
    ULONG ulReserved;
    ULONG ulRecipClass;
    LPWSTR lpszName;
    LPWSTR lpszAddress;
    ULONG ulEIDSize;
    LPVOID lpEntryID;
};
using lpMapiRecipDescW = MapiRecipDescW*;

struct MapiMessageW {
    ULONG ulReserved;
    LPWSTR lpszSubject;
    LPWSTR lpszNoteText;
    LPWSTR lpszMessageType;
    LPWSTR lpszDateReceived;
    LPWSTR lpszConversationID;
    FLAGS flFlags;
    lpMapiRecipDescW lpOriginator;
    ULONG nRecipCount;
    lpMapiRecipDescW lpRecips;
    ULONG nFileCount;
    lpMapiFileDescW lpFiles;
};
using lpMapiMessageW = MapiMessageW*;

namespace remapi {

static_assert(sizeof(WCHAR) == sizeof(WideChar), "port/wide.h and the headers must agree");

}  // namespace remapi
