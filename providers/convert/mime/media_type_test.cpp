// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/convert/mime/media_type.h"

#include <gtest/gtest.h>

namespace remapi::mime {
namespace {

std::string told(StringView declared, StringView name) {
    const MediaType media = media_type_of(declared, name);
    return media.type + "/" + media.subtype;
}

TEST(MediaType, DeclaredTypeWins) {
    EXPECT_EQ("image/png", told(REMAPI_W("Image/PNG"), REMAPI_W("x.txt")));
    EXPECT_EQ("image/png", told(REMAPI_W("image/png; name=x"), REMAPI_W("x.txt")));
}

TEST(MediaType, EndingDecidesOtherwise) {
    EXPECT_EQ("application/pdf", told({}, REMAPI_W("A.B.PDF")));
    EXPECT_EQ("application/x-7z-compressed", told(REMAPI_W("nonsense"), REMAPI_W("a.7z")));
    EXPECT_EQ("application/octet-stream", told({}, REMAPI_W("noending")));
    EXPECT_EQ("application/octet-stream", told({}, REMAPI_W("a.unknown")));
}

TEST(MediaType, CompositeTypesCannotBeCarriedInBase64) {
    EXPECT_EQ("application/octet-stream", told(REMAPI_W("message/rfc822"), REMAPI_W("a.eml")));
    EXPECT_EQ("application/octet-stream", told(REMAPI_W("multipart/mixed"), {}));
}

TEST(MediaType, NothingIsInjected) {
    EXPECT_EQ("application/octet-stream", told(REMAPI_W("text/x\r\nBcc: a@b"), {}));
}

}  // namespace
}  // namespace remapi::mime
