// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/cli/help.h"

#include "tools/remapi/cli/output.h"
#include "tools/remapi/system/system.h"

namespace remapi::tool {
namespace {

constexpr char kExitCodes[] =
    "Exit codes:\n"
    "  0  done\n"
    "  1  failed; the reason is on standard error\n"
    "  2  the command line makes no sense\n"
    "  3  no such profile, folder or message\n"
    "  4  flush: messages still wait in the queue\n"
    "  5  doctor: something needs repair\n"
    "  6  mapi32 could not be loaded\n";

std::string usage_of(const Command& command) {
    std::string text = std::string("remapi ") + command.name;
    if (*command.operands) text += std::string(" ") + command.operands;
    return text;
}

std::string spelled(const OptionSpec& option) {
    std::string text = std::string("--") + option.name;
    if (option.value) text += std::string(" ") + option.value;
    if (option.kind == OptionSpec::Kind::Many) text += " ...";
    return text;
}

std::string help_text() {
    std::string text =
        "Usage: remapi COMMAND [OPTION...] [OPERAND...]\n"
        "Sets up Remapi's mail profiles, sends and shows mail through mapi32, and installs "
        "mapi32.\n\n"
        "Commands:\n";
    for_each_command([&](const Command& command) {
        std::string line = "  " + usage_of(command).substr(7);
        line.append(line.size() < 28 ? 28 - line.size() : 1, ' ');
        text += line + command.summary + "\n";
    });
    text +=
        "\n`remapi COMMAND --help` explains one command; `remapi --version` tells the version.\n"
        "REMAPI_UNDER_TEST names another mapi32 to use; REMAPI_LOG=+all makes it talk.\n\n";
    return text + kExitCodes;
}

}  // namespace

void for_each_command(const std::function<void(const Command&)>& visit) {
    for (const auto group :
         {profile_commands(), mail_commands(), queue_commands(), setup_commands()}) {
        for (const Command& command : group) visit(command);
    }
}

void print_help() {
    print(help_text());
}

void print_help_to_error() {
    print_error(help_text());
}

void print_command_help(const Command& command) {
    std::string text = "Usage: " + usage_of(command) + " [OPTION...]\n" + command.summary + "\n";
    if (!command.options.empty()) text += "\n";
    for (const OptionSpec& option : command.options) {
        std::string line = "  " + spelled(option);
        line.append(line.size() < 34 ? 34 - line.size() : 1, ' ');
        text += line + option.meaning + "\n";
    }
    print(text);
}

std::string version_line() {
    return "remapi " REMAPI_VERSION;
}

}  // namespace remapi::tool
