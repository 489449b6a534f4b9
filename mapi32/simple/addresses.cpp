// SPDX-License-Identifier: LGPL-2.1-or-later
#include "simple/addresses.h"

#include <iterator>

#include "text/text.h"

namespace remapi::simple {
namespace {

// Only known types are split off: "c:\x" and "Team: all" are no addresses (quirk Q10).
constexpr StringView kTypes[] = {
    REMAPI_W("SMTP"), REMAPI_W("FAX"), REMAPI_W("MAPIPDL"), REMAPI_W("X400"),   REMAPI_W("X500"),
    REMAPI_W("EX"),   REMAPI_W("MS"),  REMAPI_W("MHS"),     REMAPI_W("RFC822"), REMAPI_W("MAILTO")};

StringView unquoted(StringView text) noexcept {
    text = text::trimmed(text);
    const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                        text.back() == text.front();
    return quoted ? text.substr(1, text.size() - 2) : text;
}

/// "TYPE:rest" with a known type, else nothing.
bool split_type(StringView text, String& type, StringView& rest) {
    const std::size_t colon = text.find(REMAPI_W(':'));
    if (colon == StringView::npos) return false;
    for (const StringView known : kTypes) {
        if (!text::equal_ignoring_case(text.substr(0, colon), known)) continue;
        const bool internet = known == REMAPI_W("MAILTO") || known == REMAPI_W("RFC822");
        type = internet ? String(REMAPI_W("SMTP")) : String(known);
        rest = text::trimmed(text.substr(colon + 1));
        return true;
    }
    return false;
}

/// Any "TYPE:address" inside brackets: there the type is unmistakable.
bool split_any_type(StringView text, String& type, StringView& rest) {
    if (split_type(text, type, rest)) return true;
    const std::size_t colon = text.find(REMAPI_W(':'));
    if (colon == StringView::npos || colon == 0) return false;
    type = String(text.substr(0, colon));
    for (WideChar& unit : type) {
        if (unit >= 'a' && unit <= 'z') unit = static_cast<WideChar>(unit - 32);
    }
    rest = text::trimmed(text.substr(colon + 1));
    return true;
}

/// `Name <x>` or `Name [x]`: the name and x.
bool split_brackets(StringView text, WideChar open, WideChar close, StringView& name,
                    StringView& inner) {
    if (text.empty() || text.back() != close) return false;
    const std::size_t at = text.rfind(open);
    if (at == StringView::npos) return false;
    name = unquoted(text.substr(0, at));
    inner = text::trimmed(text.substr(at + 1, text.size() - at - 2));
    return true;
}

ParsedRecipient parse_one(StringView text) {
    ParsedRecipient out;
    text = text::trimmed(text);
    StringView name;
    StringView inner;
    StringView rest;
    if (split_brackets(text, REMAPI_W('['), REMAPI_W(']'), name, inner) &&
        split_any_type(inner, out.type, rest)) {
        out.name = String(name);
        out.address = String(rest);
        return out;
    }
    if (split_brackets(text, REMAPI_W('<'), REMAPI_W('>'), name, inner)) {
        out = parse_one(inner);
        if (!name.empty()) out.name = String(name);
        return out;
    }
    text = unquoted(text);
    if (split_type(text, out.type, rest)) {
        out.address = String(unquoted(rest));
        return out;
    }
    if (is_internet_address(text)) {
        out.type = REMAPI_W("SMTP");
        out.address = String(text);
        return out;
    }
    out.name = String(text);
    return out;
}

// Longer ones fit no line of a message (RFC 5322, 2.1.1). Looking no further back keeps the time
// linear.
constexpr std::size_t kLongestMailbox = 998;

/// Cuts at ';' and, outside quotes and brackets, at ',' when what stands before it is an address: a
/// comma in "Last, First" belongs to the name.
std::vector<StringView> cut(StringView text) {
    std::vector<StringView> parts;
    WideChar quote = 0;
    int depth = 0;
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const WideChar unit = text[i];
        if (quote) {
            if (unit == quote) quote = 0;
            continue;
        }
        if (unit == '"') quote = unit;
        if (unit == '<' || unit == '[') ++depth;
        if ((unit == '>' || unit == ']') && depth > 0) --depth;
        const bool comma = unit == ',' && depth == 0 && i - start <= kLongestMailbox &&
                           !parse_one(text.substr(start, i - start)).address.empty();
        if ((unit == ';' && depth == 0) || comma) {
            parts.push_back(text.substr(start, i - start));
            start = i + 1;
        }
    }
    parts.push_back(text.substr(start));
    return parts;
}

}  // namespace

bool is_internet_address(StringView text) noexcept {
    const std::size_t at = text.rfind(REMAPI_W('@'));
    if (at == StringView::npos || at == 0 || at + 1 == text.size()) return false;
    const bool quoted_local = text.front() == '"';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const WideChar unit = text[i];
        if (unit < 0x20 || unit == 0x7F) return false;
        const bool in_quotes = quoted_local && i < at;
        const bool special =
            unit == ' ' || unit == '<' || unit == '>' || unit == ',' || unit == ';';
        if (!in_quotes && (special || (unit == '@' && i != at))) return false;
    }
    return true;
}

std::vector<ParsedRecipient> parse_recipient(StringView name, StringView address) {
    name = text::trimmed(name);
    address = text::trimmed(address);
    const bool by_address = !address.empty();
    std::vector<ParsedRecipient> out;
    for (const StringView part : cut(by_address ? address : name)) {
        if (text::trimmed(part).empty()) continue;
        ParsedRecipient one = parse_one(part);
        if (by_address && one.address.empty()) {
            // The program called it an address, so it is one, whatever it looks like.
            one.type = REMAPI_W("SMTP");
            one.address = std::move(one.name);
            one.name.clear();
        }
        out.push_back(std::move(one));
    }
    // A display name of its own belongs to a single address; for several it says nothing.
    if (by_address && out.size() == 1 && !name.empty()) {
        const ParsedRecipient shown = parse_one(name);
        out[0].name =
            shown.address.empty() || !shown.name.empty() ? shown.name : String(shown.address);
    }
    return out;
}

}  // namespace remapi::simple
