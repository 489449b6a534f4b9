// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/trust_store.h"

#include <windows.h>
// order matters: the base types come first

#include <wincrypt.h>

namespace remapi::port {

bool system_trust(std::string& pem) {
    pem.clear();
    HCERTSTORE store = CertOpenSystemStoreW(0, L"ROOT");
    if (!store) return false;
    PCCERT_CONTEXT certificate = nullptr;
    while ((certificate = CertEnumCertificatesInStore(store, certificate)) != nullptr) {
        if ((certificate->dwCertEncodingType & X509_ASN_ENCODING) == 0) continue;
        try {
            pem += pem_certificate(certificate->pbCertEncoded, certificate->cbCertEncoded);
        } catch (...) {
            CertFreeCertificateContext(certificate);
            CertCloseStore(store, 0);
            throw;
        }
    }
    CertCloseStore(store, 0);
    return !pem.empty();
}

}  // namespace remapi::port
