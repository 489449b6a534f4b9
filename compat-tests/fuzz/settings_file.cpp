// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A native profile file (docs/PROFILES.md) and the values in it.
#include "port/settings.h"
#include "port/utf.h"
#include "scratch_file.h"
#include "session/profile/value_codec.h"
#include "target.h"

using remapi::fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static remapi::fuzz::ScratchFolder& folder = *new remapi::fuzz::ScratchFolder("fuzzed.profile");
    static const remapi::port::Settings& settings =
        *new remapi::port::Settings(remapi::port::from_utf8(folder.path()), {});
    folder.write(data, size);

    std::vector<std::string> sections;
    const auto error = settings.sections(REMAPI_W("fuzzed"), sections);
    for (const std::string& section : sections) {
        std::vector<remapi::port::Setting> values;
        const auto failed = settings.read(REMAPI_W("fuzzed"), section, values);
        require((failed != 0) == (error != 0), "a file is readable as a whole or not at all");
        for (const remapi::port::Setting& value : values) {
            const auto tag = remapi::session::setting_tag(value.name);
            if (tag) (void)remapi::session::decode_setting(*tag, value.bytes);
        }
    }
    return 0;
}
