// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/convert/mime/gmime.h"

#include "port/mutex.h"
#include "port/utf.h"

namespace remapi::mime {
namespace {

constinit port::Once g_started = REMAPI_ONCE_INIT;

struct FreeOptions {
    void operator()(GMimeFormatOptions* options) const noexcept {
        g_mime_format_options_free(options);
    }
};

bool is_control(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

// Appends `text` with `line_end` in the place of every line end.
std::string with_line_end(std::string_view text, std::string_view line_end) {
    std::string result;
    result.reserve(text.size() + text.size() / 32);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r' && text[i] != '\n') {
            result.push_back(text[i]);
            continue;
        }
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
        result.append(line_end);
    }
    return result;
}

}  // namespace

void start_gmime() noexcept {
    port::call_once(g_started, [] { g_mime_init(); });
}

std::string header_text(StringView text) {
    std::string utf8 = port::to_utf8(text);
    for (char& c : utf8) {
        if (is_control(c)) c = ' ';
    }
    const std::size_t first = utf8.find_first_not_of(' ');
    if (first == std::string::npos) return {};
    return utf8.substr(first, utf8.find_last_not_of(' ') - first + 1);
}

std::string with_crlf(std::string_view text) {
    return with_line_end(text, "\r\n");
}

std::string with_lf(std::string_view text) {
    return with_line_end(text, "\n");
}

std::string headers_of(GMimeObject* object) {
    const std::unique_ptr<GMimeFormatOptions, FreeOptions> options(g_mime_format_options_new());
    g_mime_format_options_set_newline_format(options.get(), GMIME_NEWLINE_FORMAT_DOS);
    const GText text(g_mime_object_get_headers(object, options.get()));
    return text ? with_crlf(text.get()) : std::string();
}

}  // namespace remapi::mime
