// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/internet/face/settings_section.h"

#include <algorithm>

#include "abi/remapi_tags.h"
#include "object/util/calls.h"
#include "text/text.h"

namespace remapi::internet {
namespace {

constexpr ULONG kSettings[] = {kTagSmtpHost, kTagSmtpPort,   kTagSmtpSecurity,  kTagSmtpCaFile,
                               kTagSmtpUser, kTagSenderName, kTagSenderAddress, kTagSmtpPassword};
constexpr WideChar kComponent[] = REMAPI_W("Remapi Internet Mail");

}  // namespace

RawSettings read_settings(IMAPIProp* section) {
    return settings_in(PropertyBag(object::get_props(section, kSettings)));
}

RawSettings settings_in(const PropertyBag& values) {
    RawSettings raw;
    raw.host = values.text(kTagSmtpHost);
    raw.port = static_cast<std::uint32_t>(values.number(kTagSmtpPort));
    raw.security = values.text(kTagSmtpSecurity);
    raw.ca_file = values.text(kTagSmtpCaFile);
    raw.user = values.text(kTagSmtpUser);
    raw.password = values.text(kTagSmtpPassword);
    raw.sender_name = values.text(kTagSenderName);
    raw.sender_address = values.text(kTagSenderAddress);
    return raw;
}

bool is_setting(ULONG tag) noexcept {
    return std::any_of(std::begin(kSettings), std::end(kSettings),
                       [tag](ULONG own) { return PROP_ID(own) == PROP_ID(tag); });
}

MAPIERROR* make_error(StringView text, ULONG flags) {
    auto error = Buffer<MAPIERROR>::allocate();
    error->ulVersion = MAPI_ERROR_VERSION;
    if ((flags & MAPI_UNICODE) != 0) {
        error->lpszError = reinterpret_cast<LPTSTR>(error.link_text(text));
        error->lpszComponent = reinterpret_cast<LPTSTR>(error.link_text(StringView(kComponent)));
    } else {
        error->lpszError =
            reinterpret_cast<LPTSTR>(error.link_text(std::string_view(text::to_ansi(text))));
        error->lpszComponent =
            reinterpret_cast<LPTSTR>(error.link_text(std::string_view(text::to_ansi(kComponent))));
    }
    return error.release();
}

}  // namespace remapi::internet
