// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The certificate authorities that this system trusts, for TLS libraries that do not look them up
// by themselves.
#pragma once

#include <string>

namespace remapi::port {

/// PE: the certificates of the ROOT store of user and machine as one PEM text; false when the store
/// cannot be read or is empty. Natively false with an empty text: TLS libraries there know their
/// system's.
bool system_trust(std::string& pem);

/// The PEM form of one certificate's bytes (DER).
std::string pem_certificate(const void* der, std::size_t size);

}  // namespace remapi::port
