// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Ends what pshpack1.h began.
#pragma pack(pop)
