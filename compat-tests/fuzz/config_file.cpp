// SPDX-License-Identifier: LGPL-2.1-or-later
#include "config/config.h"

#include "scratch_file.h"
#include "target.h"

using remapi::fuzz::require;
namespace config = remapi::config;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static remapi::fuzz::ScratchFolder& folder = *new remapi::fuzz::ScratchFolder("remapi.conf");
    folder.announce_as("REMAPI_CONF");
    folder.write(data, size);
    config::reload();
    for (const config::Option& option : config::options()) {
        if (!*option.allowed) {
            require(config::get_number(option.name) <= 0x7FFFFFFF, "a number fits into 31 bits");
            continue;
        }
        const std::string allowed = std::string("|") + option.allowed + "|";
        require(allowed.find("|" + config::get(option.name) + "|") != std::string::npos,
                "an option has an allowed value");
    }
    return 0;
}
