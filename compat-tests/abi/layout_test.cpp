// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Pins what a program compiled against the real headers relies on: sizes, field offsets, vtable
// slots, IIDs. The expected values come from the documentation (mapi32/abi/*.tsv), not from the
// headers.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstring>

#include "abi/iids.h"

namespace {

constexpr std::size_t by_width(std::size_t wide, std::size_t narrow) {
    return sizeof(void*) == 8 ? wide : narrow;
}

/// The vtable slot of a virtual method: both compilers here encode it in the member pointer as
/// one plus its byte offset (Itanium C++ ABI 2.3).
template <class Method>
std::size_t slot_of(Method method) {
    std::ptrdiff_t words[2] = {};
    static_assert(sizeof method == sizeof words);
    std::memcpy(words, &method, sizeof words);
    return static_cast<std::size_t>(words[0] - 1) / sizeof(void*);
}

std::string digits(const IID& iid) {
    char text[40];
    std::snprintf(text, sizeof text, "%08X%04X%04X%02X%02X%02X%02X%02X%02X%02X%02X",
                  static_cast<unsigned>(iid.Data1), iid.Data2, iid.Data3, iid.Data4[0],
                  iid.Data4[1], iid.Data4[2], iid.Data4[3], iid.Data4[4], iid.Data4[5],
                  iid.Data4[6], iid.Data4[7]);
    return text;
}

#define SIZE(Struct, wide, narrow)                         \
    TEST(StructSize, Struct) {                             \
        EXPECT_EQ(by_width(wide, narrow), sizeof(Struct)); \
    }
#define OFFSET(Struct, field, wide, narrow)                         \
    TEST(FieldOffset, Struct##_##field) {                           \
        EXPECT_EQ(by_width(wide, narrow), offsetof(Struct, field)); \
    }
#define SLOT(Interface, Method, slot)                              \
    TEST(VtableSlot, Interface##_##Method) {                       \
        EXPECT_EQ(std::size_t{slot}, slot_of(&Interface::Method)); \
    }
#define IID(Interface, text)                                       \
    TEST(InterfaceId, Interface) {                                 \
        EXPECT_EQ(text, digits(remapi::abi::iid_of<Interface>())); \
    }
#include "abi_tables.inc"

TEST(Width, OutParametersOfConnectionsAreAsWideAsPointers) {
    // mingw-w64's headers have ULONG*: 4 bytes would leave half of a caller's variable unset.
    HRESULT(STDMETHODCALLTYPE IMAPISession::*advise)
    (ULONG, LPENTRYID, ULONG, LPMAPIADVISESINK, ULONG_PTR*) = &IMAPISession::Advise;
    EXPECT_NE(0u, slot_of(advise));
    EXPECT_EQ(sizeof(void*), sizeof(LHANDLE));
    EXPECT_EQ(sizeof(void*), sizeof(BOOKMARK));
}

TEST(Width, BaseTypes) {
    EXPECT_EQ(4u, sizeof(LONG));
    EXPECT_EQ(4u, sizeof(ULONG));
    EXPECT_EQ(2u, sizeof(WCHAR));
    EXPECT_EQ(4u, sizeof(HRESULT));
    EXPECT_EQ(4u, sizeof(BOOL));
    EXPECT_EQ(16u, sizeof(GUID));
    EXPECT_EQ(8u, sizeof(LARGE_INTEGER));
}

}  // namespace
