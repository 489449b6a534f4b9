// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The facts that an installation writes: registry values, win.ini, file names.
#pragma once

#include <span>

#include "tools/remapi/install/registry.h"

namespace remapi::tool {

/// Programs look for these in [Mail] of win.ini, which Windows keeps in the registry instead.
struct MailFlag {
    const char* name;
    const char* value;
};
std::span<const MailFlag> mail_flags() noexcept;

/// The second name of mapi32.dll, by which a mail client is registered: under its own name Wine's
/// builtin would load itself as its own provider.
inline constexpr char kClientLibrary[] = "remapi32.dll";
/// The name by which some programs ask whether MAPI is there at all.
inline constexpr char kStubLibrary[] = "mapistub.dll";

/// HKLM\Software\Clients\Mail: we are the default mail client, and this is our library.
std::vector<RegistryValue> client_values(const std::string& view, const std::string& library);
/// The flags of win.ini, where Windows keeps them.
std::vector<RegistryValue> flag_values(const std::string& view);
/// Everything of a Wine prefix. `override` is "native" or "native,builtin".
std::vector<RegistryValue> prefix_values(const std::vector<std::string>& views,
                                         const std::string& override_word);
/// Wine's override for one program, by file name.
std::vector<RegistryValue> program_override_values(const std::string& program);

}  // namespace remapi::tool
