// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/trust_store.h"

#include <algorithm>

namespace remapi::port {

std::string pem_certificate(const void* der, std::size_t size) {
    constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    constexpr std::size_t kLineBytes = 48;
    const auto* bytes = static_cast<const unsigned char*>(der);
    std::string pem = "-----BEGIN CERTIFICATE-----\n";
    for (std::size_t i = 0; i < size; i += 3) {
        const std::size_t there = std::min<std::size_t>(3, size - i);
        const unsigned group = static_cast<unsigned>(bytes[i]) << 16 |
                               (there > 1 ? static_cast<unsigned>(bytes[i + 1]) << 8 : 0u) |
                               (there > 2 ? static_cast<unsigned>(bytes[i + 2]) : 0u);
        pem.push_back(alphabet[group >> 18]);
        pem.push_back(alphabet[group >> 12 & 63]);
        pem.push_back(there > 1 ? alphabet[group >> 6 & 63] : '=');
        pem.push_back(there > 2 ? alphabet[group & 63] : '=');
        if (i + 3 >= size || (i + 3) % kLineBytes == 0) pem.push_back('\n');
    }
    return pem + "-----END CERTIFICATE-----\n";
}

}  // namespace remapi::port
