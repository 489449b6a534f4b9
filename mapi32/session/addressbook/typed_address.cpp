// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/addressbook/typed_address.h"

#include <algorithm>

#include "text/text.h"

namespace remapi::session {
namespace {

using format::OneOff;

constexpr WideChar kBackslash = REMAPI_W('\\');

/// Address types are short words: letters, digits, '-' and '_'; at least two, so that "C:\x" is
/// none.
bool is_address_type(StringView text) noexcept {
    if (text.size() < 2 || text.size() > 32) return false;
    return std::all_of(text.begin(), text.end(), [](WideChar unit) {
        return (unit >= REMAPI_W('0') && unit <= REMAPI_W('9')) || unit == REMAPI_W('-') ||
               unit == REMAPI_W('_') || (unit >= REMAPI_W('A') && unit <= REMAPI_W('Z')) ||
               (unit >= REMAPI_W('a') && unit <= REMAPI_W('z'));
    });
}

int hex_digit(WideChar unit) noexcept {
    if (unit >= REMAPI_W('0') && unit <= REMAPI_W('9')) return unit - REMAPI_W('0');
    if (unit >= REMAPI_W('a') && unit <= REMAPI_W('f')) return unit - REMAPI_W('a') + 10;
    if (unit >= REMAPI_W('A') && unit <= REMAPI_W('F')) return unit - REMAPI_W('A') + 10;
    return -1;
}

/// `text` without its quoting. A backslash that quotes nothing known stays as it is.
String unquoted(StringView text) {
    String plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool last = i + 1 == text.size();
        if (text[i] != kBackslash || last) {
            plain += text[i];
            continue;
        }
        const WideChar next = text[i + 1];
        const bool hex = (next == REMAPI_W('x') || next == REMAPI_W('X')) && i + 3 < text.size() &&
                         hex_digit(text[i + 2]) >= 0 && hex_digit(text[i + 3]) >= 0;
        if (hex) {
            plain += static_cast<WideChar>(hex_digit(text[i + 2]) * 16 + hex_digit(text[i + 3]));
            i += 3;
        } else if (next == kBackslash || next == REMAPI_W('[') || next == REMAPI_W(']') ||
                   next == REMAPI_W(':') || next == REMAPI_W(',')) {
            plain += next;
            ++i;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

/// Whether the unit at `at` is quoted by an odd number of backslashes.
bool is_quoted(StringView text, std::size_t at) noexcept {
    std::size_t backslashes = 0;
    while (at > backslashes && text[at - backslashes - 1] == kBackslash) ++backslashes;
    return backslashes % 2 != 0;
}

String upper(StringView type) {
    String result(type);
    for (WideChar& unit : result) {
        if (unit >= REMAPI_W('a') && unit <= REMAPI_W('z')) unit = static_cast<WideChar>(unit - 32);
    }
    return result;
}

std::optional<OneOff> one_off(StringView name, StringView type, StringView address) {
    const StringView bare = text::trimmed(address);
    if (!is_address_type(type) || bare.empty()) return std::nullopt;
    OneOff result;
    result.address_type = upper(type);
    result.email_address = bare;
    const StringView shown = text::trimmed(name);
    result.display_name = shown.empty() ? bare : shown;
    result.no_rich_info = is_internet_address(bare);
    return result;
}

/// `name[TYPE:address]`, white space alone after it.
std::optional<OneOff> parse_bracketed(StringView text) {
    if (text.empty() || text.back() != REMAPI_W(']') || is_quoted(text, text.size() - 1)) {
        return std::nullopt;
    }
    std::size_t open = 0;
    while (open < text.size() && (text[open] != REMAPI_W('[') || is_quoted(text, open))) ++open;
    if (open == text.size()) return std::nullopt;
    const StringView inside = text.substr(open + 1, text.size() - open - 2);
    const std::size_t colon = inside.find(REMAPI_W(':'));
    if (colon == StringView::npos) return std::nullopt;
    const String name = unquoted(text.substr(0, open));
    const String address = unquoted(inside.substr(colon + 1));
    return one_off(name, text::trimmed(inside.substr(0, colon)), address);
}

StringView without_quotes(StringView name) noexcept {
    name = text::trimmed(name);
    if (name.size() >= 2 && name.front() == REMAPI_W('"') && name.back() == REMAPI_W('"')) {
        name = name.substr(1, name.size() - 2);
    }
    return name;
}

/// `Name <a@b.c>`.
std::optional<OneOff> parse_angles(StringView text) {
    if (text.empty() || text.back() != REMAPI_W('>')) return std::nullopt;
    const std::size_t open = text.rfind(REMAPI_W('<'));
    if (open == StringView::npos) return std::nullopt;
    const StringView address = text::trimmed(text.substr(open + 1, text.size() - open - 2));
    if (!is_internet_address(address)) return std::nullopt;
    return one_off(without_quotes(text.substr(0, open)), REMAPI_W("SMTP"), address);
}

}  // namespace

bool is_internet_address(StringView address) noexcept {
    const std::size_t at = address.find(REMAPI_W('@'));
    if (at == StringView::npos || at == 0 || at + 1 == address.size()) return false;
    if (address.find(REMAPI_W('@'), at + 1) != StringView::npos) return false;
    if (address[at + 1] == REMAPI_W('.') || address.back() == REMAPI_W('.')) return false;
    return std::none_of(address.begin(), address.end(), [](WideChar unit) {
        return unit <= 0x20 || unit == 0x7F || unit == REMAPI_W('<') || unit == REMAPI_W('>') ||
               unit == REMAPI_W('"') || unit == REMAPI_W('[') || unit == REMAPI_W(']') ||
               unit == REMAPI_W(',') || unit == REMAPI_W(';') || unit == REMAPI_W(':');
    });
}

std::optional<OneOff> parse_typed_address(StringView text) {
    text = text::trimmed(text);
    if (std::optional<OneOff> found = parse_bracketed(text)) return found;
    if (std::optional<OneOff> found = parse_angles(text)) return found;
    if (is_internet_address(text)) return one_off({}, REMAPI_W("SMTP"), text);
    const std::size_t colon = text.find(REMAPI_W(':'));
    if (colon == StringView::npos) return std::nullopt;
    return one_off({}, text.substr(0, colon), text.substr(colon + 1));
}

}  // namespace remapi::session
