// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/convert/mime/text_encoding.h"

#include <algorithm>

#include "providers/convert/mime/gmime.h"

namespace remapi::mime {
namespace {

constexpr std::size_t kLongestLine = 998;  // RFC 5322, 2.1.1, without its CRLF
constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// What decides about the encoding of a text with LF line ends.
struct Census {
    std::size_t non_ascii = 0;
    std::size_t control = 0;  // but tab and line end
    std::size_t longest_line = 0;
};

Census count(std::string_view text) noexcept {
    Census census;
    std::size_t line = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        line = c == '\n' ? 0 : line + 1;
        census.longest_line = std::max(census.longest_line, line);
        if (byte >= 0x80) ++census.non_ascii;
        if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F) ++census.control;
    }
    return census;
}

std::string quoted_printable(const std::string& text) {
    start_gmime();
    GMimeEncoding encoder;
    g_mime_encoding_init_encode(&encoder, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    std::string coded(g_mime_encoding_outlen(&encoder, text.size()), '\0');
    const std::size_t size =
        g_mime_encoding_flush(&encoder, text.data(), text.size(), coded.data());
    coded.resize(size);
    return with_crlf(coded);
}

// One line's worth of bytes or fewer.
void append_base64_line(std::string& out, const unsigned char* bytes, std::size_t size) {
    for (std::size_t i = 0; i < size; i += 3) {
        const std::size_t there = std::min<std::size_t>(3, size - i);
        const unsigned group = static_cast<unsigned>(bytes[i]) << 16 |
                               (there > 1 ? static_cast<unsigned>(bytes[i + 1]) << 8 : 0u) |
                               (there > 2 ? static_cast<unsigned>(bytes[i + 2]) : 0u);
        out.push_back(kAlphabet[group >> 18]);
        out.push_back(kAlphabet[group >> 12 & 63]);
        out.push_back(there > 1 ? kAlphabet[group >> 6 & 63] : '=');
        out.push_back(there > 2 ? kAlphabet[group & 63] : '=');
    }
    out.append("\r\n");
}

}  // namespace

EncodedText encode_text(std::string_view utf8) {
    std::string text = with_lf(utf8);
    if (!text.empty() && text.back() != '\n') text.push_back('\n');
    const Census census = count(text);

    EncodedText encoded;
    if (census.non_ascii != 0) encoded.charset = "utf-8";
    if (census.non_ascii == 0 && census.control == 0 && census.longest_line <= kLongestLine) {
        encoded.bytes = with_crlf(text);
        return encoded;
    }
    // A byte costs three characters in quoted-printable and four thirds in base64.
    if ((census.non_ascii + census.control) * 6 <= text.size()) {
        encoded.transfer_encoding = "quoted-printable";
        encoded.bytes = quoted_printable(text);
        return encoded;
    }
    encoded.transfer_encoding = "base64";
    text = with_crlf(text);
    append_base64(encoded.bytes, text.data(), text.size());
    return encoded;
}

void append_base64(std::string& out, const void* data, std::size_t size) {
    const auto* bytes = static_cast<const unsigned char*>(data);
    out.reserve(out.size() + (size + kBase64LineBytes - 1) / kBase64LineBytes * 78);
    for (std::size_t i = 0; i < size; i += kBase64LineBytes) {
        append_base64_line(out, bytes + i, std::min(kBase64LineBytes, size - i));
    }
}

}  // namespace remapi::mime
