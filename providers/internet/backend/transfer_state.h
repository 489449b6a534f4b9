// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <curl/curl.h>

#include <string>

#include "abi/error.h"
#include "providers/internet/backend/smtp_connection.h"

namespace remapi::internet {

struct FreeList {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

/// One transfer, as libcurl's callbacks see it.
struct SmtpConnection::State {
    State(CURL* handle, Transcript& dialogue, const std::atomic<bool>& stop) noexcept
        : curl(handle), transcript(dialogue), cancelled(stop) {}

    CURL* curl;
    Transcript& transcript;
    const std::atomic<bool>& cancelled;
    mime::MimeDocument* message = nullptr;
    bool data_begun = false;  ///< the server waits for the message, or has some of it
    bool reused = false;      ///< the transfer went over a kept connection
    std::string unreadable;   ///< why the message could not be read
    char detail[CURL_ERROR_SIZE] = {};
    std::unique_ptr<curl_slist, FreeList> recipients;
};

/// Readies libcurl, once per process. Any thread.
void start_curl() noexcept;

/// Sets one option. Throws Error(MAPI_E_CALL_FAILED) when libcurl refuses it.
template <class Value>
void set_option(CURL* curl, CURLoption option, Value value) {
    if (curl_easy_setopt(curl, option, value) != CURLE_OK) {
        throw Error(MAPI_E_CALL_FAILED, "setting a libcurl option");
    }
}

/// The options that every transfer has: server, security, credentials, limits, callbacks on
/// `state`.
void set_common_options(const SmtpSettings& settings, SmtpConnection::State& state);
/// Makes the transfer one message of `envelope`. The lists that libcurl borrows live in `state`.
void set_message(const Envelope& envelope, mime::MimeDocument& message,
                 SmtpConnection::State& state);
/// Makes the transfer a mere NOOP.
void set_no_operation(SmtpConnection::State& state);

}  // namespace remapi::internet
