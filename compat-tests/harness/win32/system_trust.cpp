// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/harness/system_trust.h"

#include <windows.h>
// order matters: the base types come first

#include <wincrypt.h>

#include <vector>

#include "port/file.h"
#include "port/process.h"
#include "port/utf.h"

namespace remapi::test {
namespace {

std::string last_error(const char* call) {
    return std::string(call) + ": " +
           port::describe(static_cast<port::SystemError>(GetLastError()));
}

bool decode(StringView pem_file, std::vector<BYTE>& der, std::string& error) {
    std::string pem;
    if (const port::SystemError failure = port::read_file(pem_file, pem)) {
        error = port::to_utf8(pem_file) + ": " + port::describe(failure);
        return false;
    }
    DWORD size = 0;
    const auto length = static_cast<DWORD>(pem.size());
    if (CryptStringToBinaryA(pem.data(), length, CRYPT_STRING_BASE64HEADER, nullptr, &size, nullptr,
                             nullptr)) {
        der.resize(size);
        if (CryptStringToBinaryA(pem.data(), length, CRYPT_STRING_BASE64HEADER, der.data(), &size,
                                 nullptr, nullptr)) {
            return true;
        }
    }
    error = last_error("CryptStringToBinaryA");
    return false;
}

/// The ROOT store of the user, with one certificate at hand.
class RootStore {
public:
    RootStore(StringView pem_file, std::string& error) {
        // Windows would ask the person at the screen.
        if (!port::on_wine()) {
            error = "only a Wine prefix is given another trust";
            return;
        }
        std::vector<BYTE> der;
        if (!decode(pem_file, der, error)) return;
        m_certificate = CertCreateCertificateContext(X509_ASN_ENCODING, der.data(),
                                                     static_cast<DWORD>(der.size()));
        m_store = CertOpenSystemStoreW(0, L"ROOT");
        if (!m_certificate || !m_store) error = last_error("opening the store of trusted roots");
    }
    ~RootStore() {
        if (m_certificate) CertFreeCertificateContext(m_certificate);
        if (m_store) CertCloseStore(m_store, 0);
    }
    RootStore(const RootStore&) = delete;
    RootStore& operator=(const RootStore&) = delete;

    bool opened() const { return m_certificate && m_store; }
    bool add(std::string& error) {
        if (CertAddCertificateContextToStore(m_store, m_certificate,
                                             CERT_STORE_ADD_REPLACE_EXISTING, nullptr)) {
            return true;
        }
        error = last_error("CertAddCertificateContextToStore");
        return false;
    }
    bool remove(std::string& error) {
        const PCCERT_CONTEXT found = CertFindCertificateInStore(
            m_store, X509_ASN_ENCODING, 0, CERT_FIND_EXISTING, m_certificate, nullptr);
        if (found && CertDeleteCertificateFromStore(found)) return true;
        error = last_error(found ? "CertDeleteCertificateFromStore" : "CertFindCertificateInStore");
        return false;
    }

private:
    PCCERT_CONTEXT m_certificate = nullptr;
    HCERTSTORE m_store = nullptr;
};

}  // namespace

bool trust_authority(StringView pem_file, std::string& error) {
    RootStore store(pem_file, error);
    return store.opened() && store.add(error);
}

bool distrust_authority(StringView pem_file, std::string& error) {
    RootStore store(pem_file, error);
    return store.opened() && store.remove(error);
}

}  // namespace remapi::test
