// SPDX-License-Identifier: LGPL-2.1-or-later
#include "simple/addresses.h"

#include <algorithm>

#include "target.h"
#include "text/text.h"

using remapi::fuzz::require;
namespace simple = remapi::simple;

namespace {

void check_recipients(remapi::StringView name, remapi::StringView address) {
    const auto recipients = simple::parse_recipient(name, address);
    require(recipients.size() <= name.size() + address.size() + 1,
            "every recipient takes some text");
    for (const simple::ParsedRecipient& one : recipients) {
        require(one.address.empty() || !one.type.empty(), "an address has a type");
        require(one.name.size() <= std::max(name.size(), address.size()),
                "a name is part of the text");
        require(one.address.size() <= std::max(name.size(), address.size()),
                "an address is part of the text");
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // The first byte of value 1 parts the name from the address.
    const std::string_view text = remapi::fuzz::characters(remapi::view_bytes(data, size));
    const std::size_t cut = std::min(text.find('\1'), text.size());
    const remapi::String name = remapi::text::from_utf8(text.substr(0, cut));
    const remapi::String address =
        remapi::text::from_utf8(text.substr(std::min(cut + 1, text.size())));
    check_recipients(name, address);
    check_recipients(remapi::StringView(), name);
    check_recipients(address, remapi::StringView());
    if (simple::is_internet_address(name)) {
        const auto recipients = simple::parse_recipient(remapi::StringView(), name);
        require(!recipients.empty(), "an Internet address is a recipient");
    }
    return 0;
}
