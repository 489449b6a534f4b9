// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/model/names.h"

#include <cstddef>
#include <iterator>

namespace remapi::localstore {
namespace {

// In the order of enum Text.
constexpr StringView kTexts[] = {
    REMAPI_W("Local Folders"), REMAPI_W("Top of Folders"), REMAPI_W("Inbox"),
    REMAPI_W("Outbox"),        REMAPI_W("Sent Items"),     REMAPI_W("Deleted Items"),
    REMAPI_W("Drafts"),        REMAPI_W("Root"),           REMAPI_W("Search Root"),
    REMAPI_W("Views"),         REMAPI_W("Common Views"),
};
static_assert(std::size(kTexts) == static_cast<std::size_t>(Text::kCount));

}  // namespace

StringView text_of(Text text) noexcept {
    return kTexts[static_cast<std::size_t>(text)];
}

}  // namespace remapi::localstore
