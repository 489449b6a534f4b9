// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/cli/run.h"

#include "abi/error.h"
#include "port/utf.h"
#include "tools/remapi/cli/help.h"
#include "tools/remapi/cli/output.h"
#include "tools/remapi/commands/commands.h"
#include "tools/remapi/mapi/errors.h"

namespace remapi::tool {
namespace {

/// A command and how many of the words name it.
struct Match {
    const Command* command = nullptr;
    std::size_t words = 0;
};

/// The command that the first words name; the one with two words wins.
Match find_command(const std::vector<String>& words) {
    const std::string first = port::to_utf8(words[0]);
    const std::string both = words.size() > 1 ? first + " " + port::to_utf8(words[1]) : first;
    Match result;
    for_each_command([&](const Command& command) {
        if (both == command.name && words.size() > 1) result = {&command, 2};
        if (first == command.name && !result.command) result = {&command, 1};
    });
    return result;
}

bool asks_for_help(const std::vector<String>& words) {
    for (const String& word : words) {
        if (word == REMAPI_W("--")) return false;
        if (word == REMAPI_W("--help") || word == REMAPI_W("-h")) return true;
    }
    return false;
}

ExitCode run_checked(const std::vector<String>& words) {
    if (words.empty()) {
        print_help_to_error();
        return ExitCode::Usage;
    }
    if (words[0] == REMAPI_W("--version")) {
        print_line(version_line());
        return ExitCode::Ok;
    }
    const bool help_command = words[0] == REMAPI_W("help");
    const std::vector<String> rest(words.begin() + (help_command ? 1 : 0), words.end());
    const Match match = rest.empty() ? Match() : find_command(rest);
    if (help_command || asks_for_help(rest)) {
        if (match.command) {
            print_command_help(*match.command);
        } else {
            print_help();
        }
        return ExitCode::Ok;
    }
    if (!match.command) {
        throw Failure(ExitCode::Usage,
                      "unknown command: " + port::to_utf8(words[0]) + "; see `remapi --help`");
    }
    try {
        return match.command->run(
            Arguments::parse(match.command->options, std::span(rest).subspan(match.words)));
    } catch (const Failure& failure) {
        if (failure.code() != ExitCode::Usage) throw;
        throw Failure(ExitCode::Usage, failure.what() + std::string("; see `remapi ") +
                                           match.command->name + " --help`");
    }
}

}  // namespace

int run(const std::vector<String>& words) {
    ExitCode code = ExitCode::Failed;
    try {
        code = run_checked(words);
    } catch (const Failure& failure) {
        print_complaint(failure.what());
        code = failure.code();
    } catch (const Error& error) {
        print_complaint(std::string(error.what()) + ": " + explain(error.code()));
    } catch (const std::bad_alloc&) {
        print_complaint("out of memory");
    }
    return static_cast<int>(code);
}

}  // namespace remapi::tool
