// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/ini_text.h"

#include <algorithm>
#include <map>

#include "text/text.h"

namespace remapi::spi {
namespace {

String from_utf16(std::string_view bytes, bool big_endian) {
    String result;
    result.reserve(bytes.size() / 2);
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        const auto low = static_cast<unsigned char>(bytes[i + (big_endian ? 1 : 0)]);
        const auto high = static_cast<unsigned char>(bytes[i + (big_endian ? 0 : 1)]);
        result.push_back(static_cast<WideChar>(high << 8 | low));
    }
    return result;
}

// Files without a mark that are UTF-16 all the same: their ASCII characters have a zero byte each.
bool looks_like_utf16(std::string_view bytes) noexcept {
    const std::size_t sample = std::min<std::size_t>(bytes.size(), 512) / 2 * 2;
    std::size_t zeros = 0;
    for (std::size_t i = 1; i < sample; i += 2) zeros += bytes[i] == '\0' ? 1 : 0;
    return sample >= 4 && zeros * 4 >= sample;
}

// A path may end with a backslash, too: only one that stands apart, or after a comma, joins lines.
bool goes_on(StringView line) noexcept {
    if (line.size() < 2 || line.back() != REMAPI_W('\\')) return false;
    const WideChar before = line[line.size() - 2];
    return before == REMAPI_W(' ') || before == REMAPI_W('\t') || before == REMAPI_W(',');
}

// Takes one line off the front of `text`, with those that continue it.
String take_line(StringView& text) {
    String line;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(REMAPI_W("\r\n")), text.size());
        const StringView part = text::trimmed(text.substr(0, end));
        const bool two = text.substr(end).starts_with(REMAPI_W("\r\n"));
        text.remove_prefix(std::min(end + (two ? 2 : 1), text.size()));
        if (!goes_on(part)) return line + String(part);
        line += part.substr(0, part.size() - 1);
    }
    return line;
}

StringView unquoted(StringView value) noexcept {
    if (value.size() < 2 || value.front() != REMAPI_W('"') || value.back() != REMAPI_W('"'))
        return value;
    return value.substr(1, value.size() - 2);
}

bool is_comment(StringView line) noexcept {
    return line.starts_with(REMAPI_W(';')) || line.starts_with(REMAPI_W("//"));
}

IniSection::Entry entry_of(StringView line) {
    const std::size_t equal = std::min(line.find(REMAPI_W('=')), line.size());
    const StringView value = equal < line.size() ? line.substr(equal + 1) : StringView();
    return {String(text::trimmed(line.substr(0, equal))), String(unquoted(text::trimmed(value)))};
}

}  // namespace

String decode_text_file(std::string_view bytes) {
    String text;
    if (bytes.starts_with("\xFF\xFE")) {
        text = from_utf16(bytes.substr(2), false);
    } else if (bytes.starts_with("\xFE\xFF")) {
        text = from_utf16(bytes.substr(2), true);
    } else if (bytes.starts_with("\xEF\xBB\xBF")) {
        text = text::from_utf8(bytes.substr(3));
    } else if (looks_like_utf16(bytes)) {
        text = from_utf16(bytes, false);
    } else {
        text = text::to_wide(bytes, CP_ACP);
    }
    std::replace(text.begin(), text.end(), REMAPI_W('\0'), REMAPI_W(' '));
    return text;
}

std::vector<IniSection> parse_ini(StringView text) {
    std::vector<IniSection> sections;
    std::map<String, std::size_t> places;
    std::size_t current = 0;
    bool inside = false;
    while (!text.empty()) {
        const String line = take_line(text);
        if (line.empty() || is_comment(line)) continue;
        if (line.front() == REMAPI_W('[')) {
            const std::size_t end = std::min(line.find(REMAPI_W(']')), line.size());
            const StringView name = text::trimmed(StringView(line).substr(1, end - 1));
            const auto [place, fresh] = places.emplace(text::folded(name), sections.size());
            if (fresh) sections.push_back({String(name), {}});
            current = place->second;
            inside = true;
        } else if (inside) {
            sections[current].entries.push_back(entry_of(line));
        }
    }
    return sections;
}

}  // namespace remapi::spi
