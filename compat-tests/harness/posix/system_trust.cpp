// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/harness/system_trust.h"

#include "port/file.h"
#include "port/process.h"
#include "port/utf.h"

namespace remapi::test {
namespace {

/// Reads the authority and the bundle of trusted ones.
bool read_both(StringView pem_file, String& bundle, std::string& authority, std::string& trusted,
               std::string& error) {
    bundle = port::from_utf8(port::environment_text("REMAPI_TEST_SYSTEM_TRUST"));
    if (bundle.empty()) {
        error = "REMAPI_TEST_SYSTEM_TRUST names no file: run this by the test of its name";
        return false;
    }
    for (const auto& [path, content] :
         {std::pair{StringView(bundle), &trusted}, std::pair{pem_file, &authority}}) {
        const port::SystemError failure = port::read_file(path, *content);
        if (!failure && !content->empty()) continue;
        error = port::to_utf8(path) + ": " + (failure ? port::describe(failure) : "empty");
        return false;
    }
    return true;
}

bool write(const String& bundle, const std::string& trusted, std::string& error) {
    const port::SystemError failure = port::write_file(bundle, trusted);
    if (failure) error = port::to_utf8(bundle) + ": " + port::describe(failure);
    return !failure;
}

}  // namespace

bool trust_authority(StringView pem_file, std::string& error) {
    String bundle;
    std::string authority;
    std::string trusted;
    if (!read_both(pem_file, bundle, authority, trusted, error)) return false;
    return write(bundle, trusted + authority, error);
}

bool distrust_authority(StringView pem_file, std::string& error) {
    String bundle;
    std::string authority;
    std::string trusted;
    if (!read_both(pem_file, bundle, authority, trusted, error)) return false;
    const std::size_t at = trusted.find(authority);
    if (at == std::string::npos) {
        error = port::to_utf8(pem_file) + " is not trusted";
        return false;
    }
    return write(bundle, trusted.erase(at, authority.size()), error);
}

}  // namespace remapi::test
