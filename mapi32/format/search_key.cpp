// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/search_key.h"

#include <algorithm>

#include "text/text.h"

namespace remapi::format {
namespace {

// Upper case is that of ASCII: "no character set conversion" leaves other bytes as they are, and
// two machines with different locales make the same key.
void append_upper(Writer& writer, StringView text) {
    for (const char byte : text::to_ansi(text)) {
        const bool lower = byte >= 'a' && byte <= 'z';
        writer.u8(static_cast<std::uint8_t>(lower ? byte - 'a' + 'A' : byte));
    }
}

}  // namespace

Bytes recipient_search_key(StringView address_type, StringView email_address) {
    Writer writer;
    append_upper(writer, address_type);
    writer.u8(':');
    append_upper(writer, email_address);
    writer.u8(0);
    return writer.take();
}

std::optional<SearchKeyParts> parse_search_key(BytesView key) {
    Reader reader(key);
    const std::string_view text = reader.text8();
    const std::size_t colon = text.find(':');
    if (reader.failed() || colon == std::string_view::npos) return std::nullopt;
    return SearchKeyParts{text::to_wide(text.substr(0, colon)),
                          text::to_wide(text.substr(colon + 1))};
}

}  // namespace remapi::format
