// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/one_off.h"

#include "format/entry_id.h"
#include "text/text.h"

namespace remapi::format {
namespace {

constexpr MAPIUID kOneOffUid = {MAPI_ONE_OFF_UID};
constexpr std::uint16_t kKnownFlags = MAPI_ONE_OFF_UNICODE | MAPI_ONE_OFF_NO_RICH_INFO;

void write_text(Writer& writer, const OneOff& one_off, const String& text) {
    // A zero inside would move everything behind it into the next field.
    const StringView whole = StringView(text).substr(0, text.find(WideChar{0}));
    if (one_off.unicode) {
        writer.text16(whole);
    } else {
        writer.text8(text::to_ansi(whole));
    }
}

String read_text(Reader& reader, bool unicode) {
    return unicode ? reader.text16() : text::to_wide(reader.text8());
}

}  // namespace

Bytes encode_one_off(const OneOff& one_off) {
    std::uint16_t flags = one_off.other_flags & static_cast<std::uint16_t>(~kKnownFlags);
    if (one_off.unicode) flags |= MAPI_ONE_OFF_UNICODE;
    if (one_off.no_rich_info) flags |= MAPI_ONE_OFF_NO_RICH_INFO;

    Writer writer;
    writer.u32(0);
    writer.bytes(view_bytes(kOneOffUid));
    writer.u16(0);
    writer.u16(flags);
    write_text(writer, one_off, one_off.display_name);
    write_text(writer, one_off, one_off.address_type);
    write_text(writer, one_off, one_off.email_address);
    return writer.take();
}

std::optional<OneOff> decode_one_off(BytesView entry_id) {
    if (!is_one_off(entry_id)) return std::nullopt;
    Reader reader(entry_id_rest(entry_id));
    const std::uint16_t version = reader.u16();
    const std::uint16_t flags = reader.u16();
    if (version != 0) return std::nullopt;

    OneOff one_off;
    one_off.unicode = (flags & MAPI_ONE_OFF_UNICODE) != 0;
    one_off.no_rich_info = (flags & MAPI_ONE_OFF_NO_RICH_INFO) != 0;
    one_off.other_flags = flags & static_cast<std::uint16_t>(~kKnownFlags);
    one_off.display_name = read_text(reader, one_off.unicode);
    one_off.address_type = read_text(reader, one_off.unicode);
    one_off.email_address = read_text(reader, one_off.unicode);
    if (reader.failed()) return std::nullopt;
    return one_off;
}

bool is_one_off(BytesView entry_id) noexcept {
    return entry_id_has_uid(entry_id, kOneOffUid);
}

}  // namespace remapi::format
