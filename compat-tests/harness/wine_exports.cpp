// SPDX-License-Identifier: LGPL-2.1-or-later
#include <algorithm>
#include <array>
#include <string_view>

#include "compat-tests/harness/vendor.h"

namespace remapi::test {
namespace {

/// The exports that have a body of their own in Wine 8. The others raise an exception, answer
/// without having done anything, hand the call on to a mail program that is not there, or, as
/// MNLS_CompareStringW and SzFindLastCh, take other parameters than documented.
constexpr std::array<std::string_view, 56> kImplemented = {
    "CbOfEncoded",
    "CreateIProp",
    "DllCanUnloadNow",
    "FBadColumnSet",
    "FBadEntryList",
    "FBadProp",
    "FBadPropTag",
    "FBadRglpszA",
    "FBadRglpszW",
    "FBadRow",
    "FBadRowSet",
    "FBinFromHex",
    "FEqualNames",
    "FPropCompareProp",
    "FPropContainsProp",
    "FPropExists",
    "FreePadrlist",
    "FreeProws",
    "FtAddFt",
    "FtMulDw",
    "FtMulDwDw",
    "FtNegFt",
    "FtSubFt",
    "HexFromBin",
    "HrGetOneProp",
    "HrSetOneProp",
    "HrThisThreadAdviseSink",
    "IsBadBoundedStringPtr",
    "LPropCompareProp",
    "LpValFindProp",
    "MAPIAllocateBuffer",
    "MAPIAllocateMore",
    "MAPIFreeBuffer",
    "MAPIGetDefaultMalloc",
    "MNLS_IsBadStringPtrW",
    "MNLS_MultiByteToWideChar",
    "MNLS_WideCharToMultiByte",
    "MNLS_lstrcmpW",
    "MNLS_lstrcpyW",
    "MNLS_lstrlenW",
    "OpenStreamOnFile",
    "PpropFindProp",
    "PropCopyMore",
    "ScCopyProps",
    "ScCountProps",
    "ScDupPropset",
    "ScRelocProps",
    "SwapPlong",
    "SwapPword",
    "SzFindCh",
    "SzFindSz",
    "UFromSz",
    "UlAddRef",
    "UlFromSzHex",
    "UlPropSize",
    "UlRelease",
};

}  // namespace

bool is_implemented_by_wine(const char* export_name) {
    const std::string_view spelling = export_name;
    const std::string_view name = spelling.substr(0, spelling.find('@'));
    return std::binary_search(kImplemented.begin(), kImplemented.end(), name);
}

}  // namespace remapi::test
