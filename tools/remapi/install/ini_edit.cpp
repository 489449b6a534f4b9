// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/install/ini_edit.h"

#include <algorithm>

namespace remapi::tool {
namespace {

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view kBlank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool equal(std::string_view left, std::string_view right) noexcept {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

/// Bytes [begin, end) of the text.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Where a section and one of its keys lie. Spans of lines include their ends.
struct Place {
    bool found_section = false;
    Span header;
    std::size_t insert_at = 0;  ///< behind the section's last line that is not blank
    bool found_key = false;
    Span line;
    std::string_view value;
    std::size_t other_lines = 0;  ///< of the section, blank ones not counted
};

Place find_place(std::string_view text, std::string_view section, std::string_view key) {
    Place place;
    bool inside = false;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t newline = text.find('\n', begin);
        const Span line = {begin, newline == std::string_view::npos ? text.size() : newline + 1};
        begin = line.end;
        const std::string_view content = trimmed(text.substr(line.begin, line.end - line.begin));
        if (content.size() >= 2 && content.front() == '[' && content.back() == ']') {
            inside = !place.found_section &&
                     equal(trimmed(content.substr(1, content.size() - 2)), section);
            if (!inside) continue;
            place.found_section = true;
            place.header = line;
            place.insert_at = line.end;
            continue;
        }
        if (!inside || content.empty()) continue;
        place.insert_at = line.end;
        const std::size_t equals = content.find('=');
        if (!place.found_key && equals != std::string_view::npos &&
            equal(trimmed(content.substr(0, equals)), key)) {
            place.found_key = true;
            place.line = line;
            place.value = trimmed(content.substr(equals + 1));
        } else {
            ++place.other_lines;
        }
    }
    return place;
}

std::string line_end(std::string_view text) {
    const std::size_t newline = text.find('\n');
    if (newline == std::string_view::npos) return "\r\n";
    return newline > 0 && text[newline - 1] == '\r' ? "\r\n" : "\n";
}

std::string replaced(std::string_view text, Span span, std::string_view by) {
    std::string result(text.substr(0, span.begin));
    result += by;
    return result += text.substr(span.end);
}

}  // namespace

std::optional<std::string> ini_value(std::string_view text, std::string_view section,
                                     std::string_view key) {
    const Place place = find_place(text, section, key);
    if (!place.found_key) return std::nullopt;
    return std::string(place.value);
}

bool ini_has_section(std::string_view text, std::string_view section) {
    return find_place(text, section, "").found_section;
}

std::string ini_with(std::string_view text, std::string_view section, std::string_view key,
                     std::string_view value) {
    const std::string end = line_end(text);
    const std::string line = std::string(key) + "=" + std::string(value) + end;
    const Place place = find_place(text, section, key);
    if (place.found_key) return replaced(text, place.line, line);
    const std::size_t at = place.found_section ? place.insert_at : text.size();
    std::string added;
    if (at > 0 && text[at - 1] != '\n') added += end;
    if (!place.found_section) added.append("[").append(section).append("]").append(end);
    return replaced(text, {at, at}, added + line);
}

std::string ini_without(std::string_view text, std::string_view section, std::string_view key) {
    const Place place = find_place(text, section, key);
    if (!place.found_key) return std::string(text);
    const std::string result = replaced(text, place.line, "");
    // The header stands before the key, so its place is the same in the result.
    return place.other_lines == 0 ? replaced(result, place.header, "") : result;
}

}  // namespace remapi::tool
