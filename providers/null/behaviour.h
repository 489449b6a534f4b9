// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The null provider: a message store, an address book and a transport that log on and have nothing.
// It shows what a provider must do at the least, and it fails in the ways that its profile section
// asks for, so that a host's handling of bad providers can be tried.
#pragma once

#include "com/ptr.h"
#include "format/bytes.h"

namespace remapi::null_provider {

/// PT_LONG in the provider's profile section: what its logon does instead of succeeding.
constexpr ULONG kTagLogonAnswer = PROP_TAG(PT_LONG, 0x6600);
/// A value of kTagLogonAnswer: writes through a null pointer. Any other is the answer itself.
constexpr LONG kFault = 1;
/// A value of kTagLogonAnswer: throws a C++ exception out of the provider.
constexpr LONG kThrow = 2;
/// A value of kTagLogonAnswer: succeeds in a folder above the current one, with floating-point
/// rounding towards zero, and sets the bool at the hexadecimal address in REMAPI_STRAYED_AT.
constexpr LONG kStray = 3;

/// The text of the MAPIERROR that a refused logon comes with.
constexpr char kRefusal[] = "refused as the profile asks";

/// The identifier that the store and the address book register:
/// {D5E4C6A1-1C3F-4E0B-8E6A-4E554C4C0001}.
constexpr MAPIUID kUid = {{0xA1, 0xC6, 0xE4, 0xD5, 0x3F, 0x1C, 0x0B, 0x4E, 0x8E, 0x6A, 0x4E, 0x55,
                           0x4C, 0x4C, 0x00, 0x01}};

/// What every logon does first: reads the profile section through `support` and behaves as it says.
/// Returns S_OK or the answer asked for, then with `error` (may be null) set.
HRESULT behave(IMAPISupport* support, ULONG flags, MAPIERROR** error);

/// The one address type of the transport.
constexpr WideChar kAddressType[] = REMAPI_W("NULL");

com::Ptr<IMSProvider> make_store_provider();
com::Ptr<IABProvider> make_address_book_provider();
com::Ptr<IXPProvider> make_transport_provider();

}  // namespace remapi::null_provider
