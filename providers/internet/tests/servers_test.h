// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The servers that run_with_servers.py started.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "port/file.h"
#include "port/process.h"
#include "port/utf.h"
#include "providers/internet/model/settings.h"

namespace remapi::internet {

/// The port of the server `name`; fails the test when there is none.
inline unsigned port_of(const std::string& name) {
    const std::string list = ";" + port::environment_text("REMAPI_TEST_SMTP") + ";";
    const std::size_t at = list.find(";" + name + "=");
    if (at == std::string::npos) {
        ADD_FAILURE() << "no server " << name << ": run this test by run_with_servers.py";
        return 1;
    }
    return static_cast<unsigned>(std::stoul(list.substr(at + name.size() + 2)));
}

/// The path of a file with certificates, as this platform spells it.
inline String certificate(const std::string& name) {
    String folder = port::from_utf8(port::environment_text("REMAPI_TEST_CERTIFICATES"));
    // A Windows program on Wine finds the files of the host on drive Z:.
    if (!port::is_absolute_path(folder)) folder = port::absolute_path(REMAPI_W("Z:") + folder);
    return port::join_path(folder, port::from_utf8(name));
}

inline SmtpSettings settings_for(const std::string& name, Security security = Security::None) {
    SmtpSettings settings;
    settings.host = "localhost";
    settings.port = port_of(name);
    settings.security = security;
    settings.sender = {REMAPI_W("Ann"), REMAPI_W("ann@example.org")};
    return settings;
}

inline std::uint32_t crc32(const std::string& bytes) {
    std::uint32_t crc = 0xFFFFFFFFu;
    for (const char c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
    }
    return ~crc;
}

/// How the servers acknowledge exactly these bytes.
inline std::string receipt_of(const std::string& bytes) {
    char text[64];
    std::snprintf(text, sizeof text, "size=%lu crc32=%08x",
                  static_cast<unsigned long>(bytes.size()), static_cast<unsigned>(crc32(bytes)));
    return text;
}

}  // namespace remapi::internet
