// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/trust_store.h"

#include <gtest/gtest.h>

namespace remapi::port {
namespace {

TEST(TrustStore, PemHasLinesOf64CharactersAndPadding) {
    EXPECT_EQ("-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n",
              pem_certificate("a", 1));
    EXPECT_EQ("-----BEGIN CERTIFICATE-----\nYWI=\n-----END CERTIFICATE-----\n",
              pem_certificate("ab", 2));
    const std::string full(48, '\xFF');
    EXPECT_EQ(
        "-----BEGIN CERTIFICATE-----\n" + std::string(64, '/') + "\n-----END CERTIFICATE-----\n",
        pem_certificate(full.data(), full.size()));
    const std::string more(49, '\xFF');
    EXPECT_EQ("-----BEGIN CERTIFICATE-----\n" + std::string(64, '/') +
                  "\n/w==\n-----END CERTIFICATE-----\n",
              pem_certificate(more.data(), more.size()));
}

TEST(TrustStore, WhatIsTrustedIsPem) {
    std::string pem = "old";
    const bool found = system_trust(pem);
    EXPECT_EQ(found, !pem.empty());
    EXPECT_EQ(found, pem.starts_with("-----BEGIN CERTIFICATE-----\nMII"));
}

}  // namespace
}  // namespace remapi::port
