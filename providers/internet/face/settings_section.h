// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The transport's settings in its profile section.
#pragma once

#include "object/props/property_bag.h"
#include "providers/internet/model/settings.h"

namespace remapi::internet {

/// The settings that `section` holds; what is absent stays empty.
RawSettings read_settings(IMAPIProp* section);
/// The same from a bag with these properties.
RawSettings settings_in(const PropertyBag& values);

/// Whether `tag` is one of the transport's settings.
bool is_setting(ULONG tag) noexcept;

/// An error report in a block of its own, texts in the width that `flags` (MAPI_UNICODE) asks for.
/// Page: mapi/mapierror.md
MAPIERROR* make_error(StringView text, ULONG flags);

}  // namespace remapi::internet
