// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Byte packing from here on, until poppack.h.
#pragma pack(push, 1)
