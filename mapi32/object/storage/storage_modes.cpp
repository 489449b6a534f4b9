// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/storage/storage_modes.h"

namespace remapi::object {
namespace {

constexpr DWORD kCommon = kAccessBits | kSharingBits | STGM_TRANSACTED | STGM_PRIORITY |
                          STGM_DELETEONRELEASE | STGM_SIMPLE | STGM_CONVERT | STGM_CREATE |
                          STGM_NOSCRATCH | STGM_NOSNAPSHOT | STGM_DIRECT_SWMR;

bool is_known(DWORD mode) noexcept {
    return (mode & ~kCommon) == 0 && (mode & kAccessBits) <= STGM_READWRITE &&
           (mode & kSharingBits) <= STGM_SHARE_DENY_NONE;
}

}  // namespace

HRESULT check_element_mode(DWORD mode, ElementType type, bool create) noexcept {
    constexpr DWORD kNotOffered =
        STGM_PRIORITY | STGM_DELETEONRELEASE | STGM_SIMPLE | STGM_CONVERT | STGM_DIRECT_SWMR;
    if (!is_known(mode)) return STG_E_INVALIDFLAG;
    if ((mode & kNotOffered) != 0) return STG_E_INVALIDFUNCTION;
    if (type == ElementType::Stream && (mode & STGM_TRANSACTED) != 0) return STG_E_INVALIDFUNCTION;
    if ((mode & kSharingBits) != STGM_SHARE_EXCLUSIVE) return STG_E_INVALIDFLAG;
    if (!create && (mode & STGM_CREATE) != 0) return STG_E_INVALIDFLAG;
    return S_OK;
}

HRESULT check_file_mode(DWORD mode, bool create) noexcept {
    constexpr DWORD kNotOffered = STGM_PRIORITY | STGM_SIMPLE | STGM_CONVERT | STGM_DIRECT_SWMR;
    if (!is_known(mode)) return STG_E_INVALIDFLAG;
    if ((mode & kNotOffered) != 0) return STG_E_INVALIDFUNCTION;
    if (!create && (mode & (STGM_CREATE | STGM_DELETEONRELEASE)) != 0) return STG_E_INVALIDFLAG;
    if (create && !can_write(mode)) return STG_E_INVALIDFLAG;
    if ((mode & STGM_TRANSACTED) != 0) return S_OK;
    const DWORD sharing = mode & kSharingBits;
    if (sharing == STGM_SHARE_EXCLUSIVE) return S_OK;
    return !can_write(mode) && sharing == STGM_SHARE_DENY_WRITE ? S_OK : STG_E_INVALIDFLAG;
}

}  // namespace remapi::object
