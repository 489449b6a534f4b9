// SPDX-License-Identifier: LGPL-2.1-or-later
#include "simple/resolve_name.h"

#include "simple/recipients.h"
#include "text/text.h"

namespace remapi::simple {

Buffer<MapiRecipDesc> resolve_name(IMAPISession& session, const char* name) {
    RecipientRequest request;
    request.name = text::to_wide(name);
    const auto found = resolve(session, {request});
    if (found.size() != 1) throw SimpleError(MAPI_E_AMBIGUOUS_RECIPIENT, "more than one recipient");
    const ResolvedRecipient& from = found[0];
    auto out = Buffer<MapiRecipDesc>::allocate(1);
    out->ulRecipClass = MAPI_TO;
    out->lpszName = out.link_text(std::string_view(text::to_ansi(from.name)));
    out->lpszAddress =
        out.link_text(std::string_view(text::to_ansi(from.type + REMAPI_W(":") + from.address)));
    out->ulEIDSize = narrow_size(from.entry_id.size());
    auto* id = out.link<char>(from.entry_id.size());
    // NOLINTNEXTLINE(bugprone-not-null-terminated-result): an identifier is no text.
    std::memcpy(id, from.entry_id.data(), from.entry_id.size());
    out->lpEntryID = id;
    return out;
}

}  // namespace remapi::simple
