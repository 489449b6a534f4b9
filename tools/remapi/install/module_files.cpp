// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/install/module_files.h"

#include <algorithm>

#include "port/file.h"
#include "text/text.h"
#include "tools/remapi/cli/failure.h"

namespace remapi::tool {
namespace {

constexpr unsigned kMachineX86 = 0x014C;
constexpr unsigned kMachineX86_64 = 0x8664;

unsigned little_endian(std::string_view bytes, std::size_t at, std::size_t count) noexcept {
    unsigned value = 0;
    for (std::size_t i = count; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

bool ends_with(StringView name, StringView ending) noexcept {
    return name.size() > ending.size() &&
           text::equal_ignoring_case(name.substr(name.size() - ending.size()), ending);
}

}  // namespace

std::optional<Machine> machine_of(StringView path) {
    constexpr std::size_t kHead = 4096;
    constexpr std::size_t kOffsetOfPe = 0x3C;
    port::File file;
    std::string head(kHead, '\0');
    std::size_t count = 0;
    if (file.open(path, port::File::Mode::Read) || file.read(head.data(), kHead, count))
        return std::nullopt;
    head.resize(count);
    if (head.size() < kOffsetOfPe + 4 || !head.starts_with("MZ")) return std::nullopt;
    const std::size_t at = little_endian(head, kOffsetOfPe, 4);
    if (at > head.size() - 6 || head.compare(at, 4, std::string_view("PE\0\0", 4)) != 0)
        return std::nullopt;
    switch (little_endian(head, at + 4, 2)) {
        case kMachineX86:
            return Machine::X86;
        case kMachineX86_64:
            return Machine::X86_64;
        default:
            return Machine::Other;
    }
}

std::vector<String> module_names(StringView folder) {
    std::vector<String> result;
    for (const String& name : port::list_folder(folder)) {
        const bool wanted = ends_with(name, REMAPI_W(".dll")) ||
                            ends_with(name, REMAPI_W(".exe")) ||
                            text::equal_ignoring_case(name, REMAPI_W("mapisvc.inf"));
        if (wanted && !port::is_folder(port::join_path(folder, name))) result.push_back(name);
    }
    std::sort(result.begin(), result.end());
    return result;
}

void require_modules(StringView folder, Machine machine) {
    const String library = port::join_path(folder, REMAPI_W("mapi32.dll"));
    if (machine_of(library) != machine) {
        throw Failure(ExitCode::Failed, text::to_utf8(library) + " is not there, or not for " +
                                            (machine == Machine::X86 ? "i686" : "x86_64") +
                                            " Windows");
    }
}

}  // namespace remapi::tool
