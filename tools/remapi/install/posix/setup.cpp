// SPDX-License-Identifier: LGPL-2.1-or-later
//
// `install` and `uninstall` for a Wine prefix. Files and win.ini are changed from here; the
// registry by the prefix's own remapi.exe, through Wine.
#include "port/file.h"
#include "port/process.h"
#include "port/utf.h"
#include "tools/remapi/cli/output.h"
#include "tools/remapi/commands/commands.h"
#include "tools/remapi/doctor/doctor.h"
#include "tools/remapi/install/file_changes.h"
#include "tools/remapi/install/module_files.h"
#include "tools/remapi/install/state.h"
#include "tools/remapi/install/win_ini.h"
#include "tools/remapi/system/system.h"

namespace remapi::tool {
namespace {

using Kind = OptionSpec::Kind;

constexpr OptionSpec kInstallOptions[] = {
    {"prefix", Kind::One, "FOLDER", "the Wine prefix (default: $WINEPREFIX, else ~/.wine)"},
    {"wine", Kind::One, "COMMAND", "how a program is run in it (default: $WINE, else wine)"},
    {"from-x86_64", Kind::One, "FOLDER",
     "the 64-bit files (default: windows/x86_64 of this installation)"},
    {"from-i686", Kind::One, "FOLDER",
     "the 32-bit files (default: windows/i686 of this installation)"},
};
constexpr OptionSpec kUninstallOptions[] = {
    {"prefix", Kind::One, "FOLDER", "the Wine prefix (default: $WINEPREFIX, else ~/.wine)"},
    {"wine", Kind::One, "COMMAND", "how a program is run in it (default: $WINE, else wine)"},
};

constexpr StringView kSystem32 = u"drive_c/windows/system32";
constexpr StringView kSysWow64 = u"drive_c/windows/syswow64";
constexpr StringView kWinIni = u"drive_c/windows/win.ini";
constexpr StringView kStateInWindows = u"C:\\windows\\remapi-install";
constexpr StringView kProgramInWindows = u"C:\\windows\\system32\\remapi.exe";

struct Prefix {
    String root;
    String state;
    bool is_64_bit = false;
    std::string wine;
};

/// Which kind of prefix it is, as its registry's head says. Throws Failure(NotFound).
bool is_64_bit(const String& root) {
    const String path = port::join_path(root, u"system.reg");
    port::File file;
    std::string head(4096, '\0');
    std::size_t count = 0;
    if (file.open(path, port::File::Mode::Read) || file.read(head.data(), head.size(), count)) {
        throw Failure(ExitCode::NotFound,
                      port::to_utf8(root) + " is no Wine prefix; `wineboot` makes one");
    }
    return head.find("#arch=win64") != std::string::npos;
}

std::string wine_command(const Arguments& arguments) {
    if (const auto given = arguments.one("wine")) return port::to_utf8(*given);
    const std::string variable = port::environment_text("WINE");
    if (!variable.empty()) return "\"" + variable + "\"";
    if (is_on_search_path("wine")) return "wine";
    throw Failure(ExitCode::Failed,
                  "there is no program `wine`; say with --wine how to run one in the prefix");
}

Prefix prefix_of(const Arguments& arguments) {
    arguments.expect_at_most(0);
    Prefix prefix;
    String root =
        arguments.one("prefix").value_or(port::environment("WINEPREFIX").value_or(String()));
    if (root.empty())
        root = port::join_path(port::environment("HOME").value_or(String()), u".wine");
    prefix.root = port::absolute_path(root);
    prefix.is_64_bit = is_64_bit(prefix.root);
    prefix.state =
        port::join_path(port::join_path(prefix.root, u"drive_c/windows"), String(kStateFolder));
    prefix.wine = wine_command(arguments);
    return prefix;
}

/// Where the Windows files for one architecture lie: as told, else in REMAPI_STAGE, else beside
/// this program's installation.
String source_of(const Arguments& arguments, const std::string& architecture) {
    if (const auto given = arguments.one(("from-" + architecture).c_str()))
        return port::absolute_path(*given);
    const String name = port::from_utf8(architecture);
    if (const auto stage = port::environment("REMAPI_STAGE"))
        return port::join_path(port::absolute_path(*stage), name);
    const String home = String(port::parent_folder(program_folder()));
    for (const StringView windows : {u"share/remapi/windows", u"windows"}) {
        const String folder = port::join_path(port::join_path(home, String(windows)), name);
        if (port::is_folder(folder)) return folder;
    }
    return port::join_path(port::join_path(home, u"windows"), name);
}

/// Copies the files of each architecture that the prefix has. Whether none is missing.
bool copy_files(FileChanges& changes, const Prefix& prefix, const Arguments& arguments) {
    const String i686 = source_of(arguments, "i686");
    if (!prefix.is_64_bit) {
        require_modules(i686, Machine::X86);
        copy_modules(changes, i686, String(kSystem32), true);
        return true;
    }
    const String x86_64 = source_of(arguments, "x86_64");
    require_modules(x86_64, Machine::X86_64);
    const bool has_i686 = machine_of(port::join_path(i686, u"mapi32.dll")) == Machine::X86;
    if (!has_i686 && arguments.has("from-i686")) require_modules(i686, Machine::X86);
    copy_modules(changes, x86_64, String(kSystem32), true);
    if (has_i686) {
        const String target = port::join_path(prefix.root, String(kSysWow64));
        if (const port::SystemError error = port::create_folders(target)) {
            throw Failure(ExitCode::Failed,
                          "making " + port::to_utf8(target) + ": " + port::describe(error));
        }
        copy_modules(changes, i686, String(kSysWow64), true);
        return true;
    }
    print_complaint("no 32-bit files in " + port::to_utf8(i686) +
                    ": 32-bit programs keep Wine's own mapi32");
    return false;
}

/// Lets the prefix's remapi.exe do `words`. Throws Failure(Failed) with what Wine said.
void run_in_prefix(const Prefix& prefix, std::vector<String> words) {
    words.insert(words.begin(), String(kProgramInWindows));
    std::vector<std::pair<std::string, String>> variables = {{"WINEPREFIX", prefix.root}};
    if (!port::environment("WINEDEBUG")) variables.emplace_back("WINEDEBUG", u"-all");
    std::string output;
    int code = run_shell_command(prefix.wine, words, variables, output);
    // remapi.exe says why it fails: without a word it never ran, as was seen of a busy Wine once.
    if (code != 0 && output.empty()) {
        code = run_shell_command(prefix.wine, words, variables, output);
    }
    if (code == 0) return;
    throw Failure(ExitCode::Failed, "the registry of the prefix could not be changed: `" +
                                        prefix.wine + "` ended with code " + std::to_string(code) +
                                        "\n" + output);
}

void undo_files(const Prefix& prefix, FileChanges& changes) {
    prepare_mail_flags_undo(changes, prefix.root, String(kWinIni), prefix.state);
    changes.undo();
    remove_state_folder(prefix.state);
}

ExitCode install(const Arguments& arguments) {
    const Prefix prefix = prefix_of(arguments);
    FileChanges changes(prefix.root, prefix.state);
    const bool first_time = !changes.installed();
    const Progress progress("installing");
    try {
        const bool complete = copy_files(changes, prefix, arguments);
        install_mail_flags(changes, prefix.root, String(kWinIni), prefix.state);
        // Where a library is missing, its programs must find Wine's.
        run_in_prefix(prefix, {u"install", u"--registry", String(kStateInWindows), u"--override",
                               complete ? u"native" : u"native,builtin"});
    } catch (...) {
        if (first_time && !port::exists(port::join_path(prefix.state, String(kRegistryRecords)))) {
            undo_files(prefix, changes);
        }
        throw;
    }
    print_line("Remapi is installed in " + port::to_utf8(prefix.root));
    return ExitCode::Ok;
}

ExitCode uninstall(const Arguments& arguments) {
    const Prefix prefix = prefix_of(arguments);
    FileChanges changes(prefix.root, prefix.state);
    if (!changes.installed()) {
        throw Failure(ExitCode::NotFound,
                      "Remapi is not installed in " + port::to_utf8(prefix.root));
    }
    const Progress progress("uninstalling");
    run_in_prefix(prefix, {u"uninstall", u"--registry", String(kStateInWindows)});
    undo_files(prefix, changes);
    print_line("Remapi is no longer installed in " + port::to_utf8(prefix.root) +
               "; profiles and mail stay where they are");
    return ExitCode::Ok;
}

}  // namespace

std::span<const Command> setup_commands() {
    static constexpr Command kCommands[] = {
        {"install", "", "installs Remapi into a Wine prefix", kInstallOptions, install},
        {"uninstall", "", "undoes `install`", kUninstallOptions, uninstall},
        {"doctor", "", "finds out what keeps mail from being sent", kDoctorOptions, run_doctor},
    };
    return kCommands;
}

}  // namespace remapi::tool
