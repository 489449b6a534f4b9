// SPDX-License-Identifier: LGPL-2.1-or-later
#include "abi/error.h"
#include "config/config.h"
#include "port/fault_point.h"
#include "port/mutex.h"
#include "port/process.h"
#include "port/utf.h"
#include "providers/internet/backend/transfer_state.h"

namespace remapi::internet {
namespace {

constinit port::Once g_started = REMAPI_ONCE_INIT;
constexpr long kUploadBufferBytes = 256 << 10;

// The name we greet the server with: this machine's as far as it is a host name.
std::string own_name() {
    std::string name;
    for (const char c : port::to_utf8(port::host_name())) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain || (!name.empty() && (c == '-' || c == '.'))) name.push_back(c);
    }
    return name.empty() ? "localhost" : name;
}

// Lines of the dialogue, in both directions.
int on_debug(CURL*, curl_infotype type, char* data, std::size_t size, void* context) noexcept {
    if (type != CURLINFO_HEADER_IN && type != CURLINFO_HEADER_OUT) return 0;
    auto& state = *static_cast<SmtpConnection::State*>(context);
    try {
        for (std::string_view rest(data, size); !rest.empty();) {
            const std::size_t end = std::min(rest.find('\n'), rest.size() - 1);
            const std::string_view line = rest.substr(0, end + 1);
            rest.remove_prefix(line.size());
            if (type == CURLINFO_HEADER_IN) {
                state.transcript.received(line);
            } else {
                state.transcript.sent(line);
            }
        }
    } catch (...) {
        return 0;  // out of memory: an answer is missing, which counts as deferred
    }
    return 0;
}

std::size_t on_read(char* buffer, std::size_t size, std::size_t count, void* context) noexcept {
    auto& state = *static_cast<SmtpConnection::State*>(context);
    if (!state.data_begun) port::fault_point("smtp.before-data");
    state.data_begun = true;
    try {
        return state.message->read(buffer, size * count);
    } catch (const std::exception& error) {
        state.unreadable = error.what();
    } catch (...) {
        state.unreadable = "unknown error";
    }
    return CURL_READFUNC_ABORT;
}

std::size_t on_write(char*, std::size_t size, std::size_t count, void*) noexcept {
    return size * count;
}

int on_progress(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
    const auto& state = *static_cast<SmtpConnection::State*>(context);
    return state.cancelled.load(std::memory_order_relaxed) ? 1 : 0;
}

void set_security(const SmtpSettings& settings, CURL* curl) {
    set_option(curl, CURLOPT_USE_SSL,
               settings.security == Security::None ? CURLUSESSL_NONE : CURLUSESSL_ALL);
    set_option(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    set_option(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    set_option(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    if (settings.user.empty()) return;
    set_option(curl, CURLOPT_USERNAME, settings.user.c_str());
    set_option(curl, CURLOPT_PASSWORD, settings.password.c_str());
    set_option(curl, CURLOPT_LOGIN_OPTIONS, "AUTH=CRAM-MD5;AUTH=PLAIN;AUTH=LOGIN");
}

void set_limits(CURL* curl) {
    const long timeout = static_cast<long>(config::get_number("smtp.timeout"));
    set_option(curl, CURLOPT_NOSIGNAL, 1L);
    set_option(curl, CURLOPT_CONNECTTIMEOUT, timeout);
    set_option(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, timeout);
    set_option(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    set_option(curl, CURLOPT_LOW_SPEED_TIME, timeout);
    set_option(curl, CURLOPT_UPLOAD_BUFFERSIZE, kUploadBufferBytes);
}

void set_callbacks(SmtpConnection::State& state) {
    CURL* curl = state.curl;
    set_option(curl, CURLOPT_ERRORBUFFER, state.detail);
    set_option(curl, CURLOPT_VERBOSE, 1L);
    set_option(curl, CURLOPT_DEBUGFUNCTION, &on_debug);
    set_option(curl, CURLOPT_DEBUGDATA, &state);
    set_option(curl, CURLOPT_WRITEFUNCTION, &on_write);
    set_option(curl, CURLOPT_NOPROGRESS, 0L);
    set_option(curl, CURLOPT_XFERINFOFUNCTION, &on_progress);
    set_option(curl, CURLOPT_XFERINFODATA, &state);
}

}  // namespace

void start_curl() noexcept {
    port::call_once(g_started, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

void set_common_options(const SmtpSettings& settings, SmtpConnection::State& state) {
    CURL* curl = state.curl;
    curl_easy_reset(curl);  // connections stay
    const std::string url =
        std::string(settings.security == Security::Tls ? "smtps://" : "smtp://") + settings.host +
        ":" + std::to_string(settings.port) + "/" + own_name();
    set_option(curl, CURLOPT_URL, url.c_str());
    set_option(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    // Mail does not go through what the environment names as a proxy for the web.
    set_option(curl, CURLOPT_PROXY, "");
    set_security(settings, curl);
    set_limits(curl);
    set_callbacks(state);
}

void set_message(const Envelope& envelope, mime::MimeDocument& message,
                 SmtpConnection::State& state) {
    for (const std::string& recipient : envelope.recipients) {
        curl_slist* longer = curl_slist_append(state.recipients.get(), recipient.c_str());
        if (!longer) throw std::bad_alloc();
        static_cast<void>(state.recipients.release());
        state.recipients.reset(longer);
    }
    state.message = &message;
    CURL* curl = state.curl;
    set_option(curl, CURLOPT_MAIL_FROM, envelope.sender.c_str());
    set_option(curl, CURLOPT_MAIL_RCPT, state.recipients.get());
    set_option(curl, CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
    set_option(curl, CURLOPT_UPLOAD, 1L);
    set_option(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(message.size_bytes()));
    set_option(curl, CURLOPT_READFUNCTION, &on_read);
    set_option(curl, CURLOPT_READDATA, &state);
}

void set_no_operation(SmtpConnection::State& state) {
    set_option(state.curl, CURLOPT_NOBODY, 1L);
    set_option(state.curl, CURLOPT_CUSTOMREQUEST, "NOOP");
}

}  // namespace remapi::internet
