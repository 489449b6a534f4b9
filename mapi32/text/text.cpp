// SPDX-License-Identifier: LGPL-2.1-or-later
#include "text/text.h"

#include <algorithm>

#include "abi/error.h"
#include "port/code_page.h"

namespace remapi::text {
namespace {

UINT page_or_ansi(UINT code_page) noexcept {
    return code_page == CP_ACP ? ansi_code_page() : code_page;
}

bool is_space(WideChar unit) noexcept {
    return unit == ' ' || (unit >= '\t' && unit <= '\r') || unit == 0xA0 || unit == 0x3000;
}

}  // namespace

UINT ansi_code_page() noexcept {
    return port::ansi_code_page();
}

String to_wide(std::string_view bytes, UINT code_page) {
    String out;
    if (!port::decode_code_page(bytes, page_or_ansi(code_page), out)) {
        throw Error(MAPI_E_UNKNOWN_CPID, "code page " + std::to_string(code_page));
    }
    return out;
}

String to_wide(const char* text, UINT code_page) {
    return text ? to_wide(std::string_view(text), code_page) : String();
}

std::string to_ansi(StringView text, UINT code_page) {
    std::string out;
    bool lossy = false;
    if (!port::encode_code_page(text, page_or_ansi(code_page), out, lossy)) {
        throw Error(MAPI_E_UNKNOWN_CPID, "code page " + std::to_string(code_page));
    }
    return out;
}

std::optional<std::string> to_ansi_exactly(StringView text, UINT code_page) {
    std::string out;
    bool lossy = false;
    if (!port::encode_code_page(text, page_or_ansi(code_page), out, lossy)) {
        throw Error(MAPI_E_UNKNOWN_CPID, "code page " + std::to_string(code_page));
    }
    if (lossy) return std::nullopt;
    return out;
}

String from_tstr(const void* text, ULONG flags) {
    if (!text) return String();
    if (flags & MAPI_UNICODE) return String(static_cast<const WideChar*>(text));
    return to_wide(static_cast<const char*>(text));
}

String folded(StringView text) {
    String out(text);
    for (WideChar& unit : out) unit = fold(unit);
    return out;
}

bool equal_ignoring_case(StringView left, StringView right) noexcept {
    return left.size() == right.size() && compare_ignoring_case(left, right) == 0;
}

int compare_ignoring_case(StringView left, StringView right) noexcept {
    const std::size_t common = std::min(left.size(), right.size());
    for (std::size_t i = 0; i < common; ++i) {
        const WideChar a = fold(left[i]);
        const WideChar b = fold(right[i]);
        if (a != b) return a < b ? -1 : 1;
    }
    return left.size() == right.size() ? 0 : left.size() < right.size() ? -1 : 1;
}

bool starts_with_ignoring_case(StringView text, StringView prefix) noexcept {
    return text.size() >= prefix.size() &&
           compare_ignoring_case(text.substr(0, prefix.size()), prefix) == 0;
}

StringView trimmed(StringView text) noexcept {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

String decimal(std::uint64_t number) {
    const std::string digits = std::to_string(number);
    return String(digits.begin(), digits.end());
}

std::string hex(const void* bytes, std::size_t size) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    std::string out;
    out.reserve(size * 2);
    for (std::size_t i = 0; i < size; ++i) {
        const auto byte = static_cast<const unsigned char*>(bytes)[i];
        out.push_back(kDigits[byte >> 4]);
        out.push_back(kDigits[byte & 15]);
    }
    return out;
}

std::optional<std::string> from_hex(std::string_view digits) {
    const auto value = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        if (c >= 'A' && c <= 'F') return c - 'A' + 10;
        return -1;
    };
    if (digits.size() % 2 != 0) return std::nullopt;
    std::string out;
    out.reserve(digits.size() / 2);
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        const int high = value(digits[i]);
        const int low = value(digits[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(static_cast<char>(high << 4 | low));
    }
    return out;
}

}  // namespace remapi::text
