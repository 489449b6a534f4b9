// SPDX-License-Identifier: LGPL-2.1-or-later
//
// mapisp32.exe: sends what lies in the outgoing queues of a profile, then ends. A GUI program
// without a window, so that no console flashes up.
#include "spi/spooler/program/run.h"

#include <shellapi.h>

namespace {

std::vector<remapi::String> command_line() {
    std::vector<remapi::String> words;
    int count = 0;
    LPWSTR* const list = CommandLineToArgvW(GetCommandLineW(), &count);
    for (int i = 1; list && i < count; ++i) words.emplace_back(list[i]);
    LocalFree(list);
    return words;
}

}  // namespace

int WINAPI WinMain(HINSTANCE, HINSTANCE, LPSTR, int) {
    using namespace remapi::spooler_program;
    const auto arguments = parse_arguments(command_line());
    if (!arguments) return kBadArguments;
    StopRelay stop;  // nobody stops it: a killed spooler loses nothing
    return exit_code(run(*arguments, stop));
}
