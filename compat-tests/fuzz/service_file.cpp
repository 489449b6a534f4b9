// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/service_file.h"

#include "target.h"

using remapi::fuzz::require;
namespace spi = remapi::spi;

namespace {

void check_services(const spi::ServiceFile& file,
                    const std::vector<spi::ServiceFile::Service>& list) {
    for (const spi::ServiceFile::Service& entry : list) {
        (void)file.help_file(entry.name);
        const spi::ServiceSection* const service = file.service(entry.name);
        if (!service) continue;
        require(file.section(entry.name) == service, "a service's section is found by its name");
        for (const spi::ServiceSection* provider : file.providers(*service)) {
            require(provider != nullptr, "providers without a section are left out");
            (void)spi::section_uid(*provider);
        }
        for (const spi::ServiceSection* section : file.extra_sections(*service)) {
            require(section != nullptr, "sections that are missing are left out");
            (void)spi::section_uid(*section);
        }
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = remapi::fuzz::characters(remapi::view_bytes(data, size));
    const spi::ServiceFile file = spi::ServiceFile::parse(bytes);
    check_services(file, file.services());
    check_services(file, file.default_services());

    std::size_t units = 0;
    for (const spi::IniSection& section : spi::parse_ini(spi::decode_text_file(bytes))) {
        for (const spi::IniSection::Entry& entry : section.entries) {
            units += entry.key.size() + entry.value.size();
        }
    }
    require(units <= 2 * size, "entries hold no more than the file does");
    return 0;
}
