// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/internet/backend/curl_failure.h"

#include <curl/curl.h>

#include <algorithm>

namespace remapi::internet {
namespace {

bool mentions(const std::string& text, std::string_view words) {
    const auto same = [](char left, char right) {
        return (left >= 'A' && left <= 'Z' ? left - 'A' + 'a' : left) == right;
    };
    return std::search(text.begin(), text.end(), words.begin(), words.end(), same) != text.end();
}

// OpenSSL, GnuTLS and mbedTLS each say it in their own words.
std::string certificate_problem(const std::string& detail) {
    if (mentions(detail, "expired")) return "certificate not trusted: it has expired";
    if (mentions(detail, "cn_mismatch") || mentions(detail, "cn mismatch") ||
        mentions(detail, "subject name") || mentions(detail, "does not match") ||
        mentions(detail, "not expected")) {
        return "certificate not trusted: it belongs to another host name";
    }
    return "certificate not trusted: it comes from an unknown authority";
}

std::string summary(int curl_code, const std::string& detail) {
    switch (curl_code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return "the server's name is unknown";
        case CURLE_COULDNT_CONNECT:
            return "the server cannot be reached";
        case CURLE_OPERATION_TIMEDOUT:
            return "the server does not answer";
        case CURLE_PEER_FAILED_VERIFICATION:
            return certificate_problem(detail);
        case CURLE_SSL_CACERT_BADFILE:
            return "the CA file holds no certificate";
        case CURLE_USE_SSL_FAILED:
            return "the server offers no STARTTLS, and clear text is not allowed";
        case CURLE_SSL_CONNECT_ERROR:
            return "no secure connection could be made";
        case CURLE_LOGIN_DENIED:
            return "the server refused user name or password";
        case CURLE_ABORTED_BY_CALLBACK:
            return "sending was cancelled";
        case CURLE_GOT_NOTHING:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
            return "the connection was lost";
        case CURLE_WEIRD_SERVER_REPLY:
            return "the server gave an answer that makes no sense";
        default:
            return "the message could not be handed to the server";
    }
}

}  // namespace

std::string describe_failure(int curl_code, const std::string& detail, const std::string& server) {
    std::string text = summary(curl_code, detail) + " (" + server;
    const std::string words =
        detail.empty() ? curl_easy_strerror(static_cast<CURLcode>(curl_code)) : detail;
    return text + ": " + words + ")";
}

}  // namespace remapi::internet
