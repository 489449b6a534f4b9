// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <string>

namespace remapi::internet {

/// What a person should read about a failed transfer.
/// @param curl_code  a CURLcode
/// @param detail     libcurl's own words, may be empty
/// @param server     "host:port", to name it
std::string describe_failure(int curl_code, const std::string& detail, const std::string& server);

}  // namespace remapi::internet
