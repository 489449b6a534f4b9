// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/convert/mime/media_type.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

#include "port/utf.h"

namespace remapi::mime {
namespace {

struct Row {
    std::string_view ending;
    std::string_view media_type;
};

// By ending. Names are IANA's where there is one.
constexpr Row kEndings[] = {
    {"7z", "application/x-7z-compressed"},
    {"aac", "audio/aac"},
    {"avi", "video/x-msvideo"},
    {"bmp", "image/bmp"},
    {"bz2", "application/x-bzip2"},
    {"cab", "application/vnd.ms-cab-compressed"},
    {"css", "text/css"},
    {"csv", "text/csv"},
    {"doc", "application/msword"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"emf", "image/emf"},
    {"epub", "application/epub+zip"},
    {"flac", "audio/flac"},
    {"gif", "image/gif"},
    {"gz", "application/gzip"},
    {"htm", "text/html"},
    {"html", "text/html"},
    {"ico", "image/vnd.microsoft.icon"},
    {"ics", "text/calendar"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"js", "text/javascript"},
    {"json", "application/json"},
    {"log", "text/plain"},
    {"md", "text/markdown"},
    {"mid", "audio/midi"},
    {"mov", "video/quicktime"},
    {"mp3", "audio/mpeg"},
    {"mp4", "video/mp4"},
    {"mpeg", "video/mpeg"},
    {"mpg", "video/mpeg"},
    {"odg", "application/vnd.oasis.opendocument.graphics"},
    {"odp", "application/vnd.oasis.opendocument.presentation"},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {"odt", "application/vnd.oasis.opendocument.text"},
    {"ogg", "audio/ogg"},
    {"pdf", "application/pdf"},
    {"png", "image/png"},
    {"ppt", "application/vnd.ms-powerpoint"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"ps", "application/postscript"},
    {"rar", "application/vnd.rar"},
    {"rtf", "application/rtf"},
    {"svg", "image/svg+xml"},
    {"tar", "application/x-tar"},
    {"tgz", "application/gzip"},
    {"tif", "image/tiff"},
    {"tiff", "image/tiff"},
    {"txt", "text/plain"},
    {"vcf", "text/vcard"},
    {"wav", "audio/wav"},
    {"webm", "video/webm"},
    {"webp", "image/webp"},
    {"wmf", "image/wmf"},
    {"wmv", "video/x-ms-wmv"},
    {"xls", "application/vnd.ms-excel"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"xml", "application/xml"},
    {"xz", "application/x-xz"},
    {"zip", "application/zip"},
    {"zst", "application/zstd"},
};
constexpr auto kByEnding = [](const Row& left, const Row& right) {
    return left.ending < right.ending;
};
static_assert(std::is_sorted(std::begin(kEndings), std::end(kEndings), kByEnding),
              "looked up by binary search: keep it sorted");

constexpr std::string_view kFallback = "application/octet-stream";

std::string lower_utf8(StringView text) {
    std::string utf8 = port::to_utf8(text);
    for (char& c : utf8) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return utf8;
}

// A token of RFC 2045 as far as registered names go.
bool is_token(std::string_view text) noexcept {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               std::string_view("!#$&-^_.+").find(c) != std::string_view::npos;
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

std::optional<MediaType> split(std::string_view name) {
    name = name.substr(0, name.find(';'));
    while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string_view type = name.substr(0, slash);
    const std::string_view subtype = name.substr(slash + 1);
    if (!is_token(type) || !is_token(subtype)) return std::nullopt;
    if (type == "message" || type == "multipart") return std::nullopt;
    return MediaType{std::string(type), std::string(subtype)};
}

std::string_view from_name(const std::string& file_name) noexcept {
    const std::size_t dot = file_name.rfind('.');
    if (dot == std::string::npos) return kFallback;
    const Row wanted{std::string_view(file_name).substr(dot + 1), {}};
    const Row* found =
        std::lower_bound(std::begin(kEndings), std::end(kEndings), wanted, kByEnding);
    return found != std::end(kEndings) && found->ending == wanted.ending ? found->media_type
                                                                         : kFallback;
}

}  // namespace

MediaType media_type_of(StringView declared, StringView file_name) {
    if (auto media_type = split(lower_utf8(declared))) return *std::move(media_type);
    return *split(from_name(lower_utf8(file_name)));
}

}  // namespace remapi::mime
