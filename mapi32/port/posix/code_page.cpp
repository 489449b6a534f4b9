// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/code_page.h"

#include <iconv.h>
#include <langinfo.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "port/utf.h"

namespace remapi::port {
namespace {

constexpr unsigned kUtf8 = 65001;

struct NamedPage {
    unsigned code_page;
    const char* name;  // as iconv spells it
};

// Pages whose iconv name is not CP<number>.
constexpr NamedPage kNamed[] = {
    {20127, "US-ASCII"},    {20866, "KOI8-R"},      {21866, "KOI8-U"},      {28591, "ISO-8859-1"},
    {28592, "ISO-8859-2"},  {28593, "ISO-8859-3"},  {28594, "ISO-8859-4"},  {28595, "ISO-8859-5"},
    {28596, "ISO-8859-6"},  {28597, "ISO-8859-7"},  {28598, "ISO-8859-8"},  {28599, "ISO-8859-9"},
    {28603, "ISO-8859-13"}, {28605, "ISO-8859-15"}, {50220, "ISO-2022-JP"}, {50221, "ISO-2022-JP"},
    {50222, "ISO-2022-JP"}, {50225, "ISO-2022-KR"}, {51932, "EUC-JP"},      {51936, "EUC-CN"},
    {51949, "EUC-KR"},      {54936, "GB18030"},     {65000, "UTF-7"},       {10000, "MACINTOSH"},
};

void iconv_name(unsigned code_page, char (&name)[24]) noexcept {
    std::snprintf(name, sizeof name, "CP%u", code_page);
    for (const NamedPage& page : kNamed) {
        if (page.code_page == code_page) std::snprintf(name, sizeof name, "%s", page.name);
    }
}

/// One conversion; closes itself.
class Converter {
public:
    Converter(const char* to, const char* from) noexcept : m_handle(iconv_open(to, from)) {}
    ~Converter() {
        if (valid()) iconv_close(m_handle);
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    bool valid() const noexcept { return m_handle != reinterpret_cast<iconv_t>(-1); }

    /// Converts all of `input` into `out`; where it cannot, skips `unit` bytes and appends
    /// `substitute`.
    bool run(std::string_view input, std::size_t unit, std::string_view substitute,
             std::string& out) {
        bool exact = true;
        char* from = const_cast<char*>(input.data());
        std::size_t left = input.size();
        while (left > 0) {
            if (step(from, left, out)) continue;
            exact = false;
            const std::size_t skip = left < unit ? left : unit;
            from += skip;
            left -= skip;
            out.append(substitute);
        }
        char* none = nullptr;
        std::size_t nothing = 0;
        step_from(&none, nothing, out);  // back to the initial shift state
        return exact;
    }

private:
    /// False when the input at `from` cannot be converted; true when progress was made.
    bool step(char*& from, std::size_t& left, std::string& out) {
        return step_from(&from, left, out);
    }
    bool step_from(char** from, std::size_t& left, std::string& out) {
        char chunk[512];
        char* to = chunk;
        std::size_t room = sizeof chunk;
        const std::size_t result = iconv(m_handle, *from ? from : nullptr, &left, &to, &room);
        const int error = result == static_cast<std::size_t>(-1) ? errno : 0;
        out.append(chunk, sizeof chunk - room);
        return error == 0 || error == E2BIG;
    }

    iconv_t m_handle;
};

}  // namespace

unsigned ansi_code_page() noexcept {
    const char* const codeset = nl_langinfo(CODESET);
    if (!codeset || std::strcmp(codeset, "UTF-8") == 0) return kUtf8;
    // A program that never called setlocale reports ASCII: UTF-8 then, which contains it.
    if (std::strcmp(codeset, "ANSI_X3.4-1968") == 0) return kUtf8;
    for (const NamedPage& page : kNamed) {
        if (std::strcmp(page.name, codeset) == 0) return page.code_page;
    }
    if (std::strncmp(codeset, "CP", 2) == 0) return static_cast<unsigned>(std::atoi(codeset + 2));
    return kUtf8;
}

unsigned file_name_code_page() noexcept {
    return ansi_code_page();
}

bool decode_code_page(std::string_view bytes, unsigned code_page, String& out) {
    out.clear();
    if (code_page == kUtf8) {
        out = from_utf8(bytes);
        return true;
    }
    char name[24];
    iconv_name(code_page, name);
    Converter converter("UTF-16LE", name);
    if (!converter.valid()) return false;
    std::string units;
    converter.run(bytes, 1, std::string_view("\xFD\xFF", 2), units);
    out.resize(units.size() / 2);
    std::memcpy(out.data(), units.data(), out.size() * 2);
    return true;
}

bool encode_code_page(StringView text, unsigned code_page, std::string& out, bool& lossy) {
    out.clear();
    lossy = false;
    if (code_page == kUtf8) {
        out = to_utf8(text);
        lossy = from_utf8(out) != text;  // lone surrogates
        return true;
    }
    char name[24];
    iconv_name(code_page, name);
    Converter converter(name, "UTF-16LE");
    if (!converter.valid()) return false;
    const std::string_view bytes(reinterpret_cast<const char*>(text.data()), text.size() * 2);
    lossy = !converter.run(bytes, 2, "?", out);
    return true;
}

}  // namespace remapi::port
