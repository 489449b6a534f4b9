// SPDX-License-Identifier: LGPL-2.1-or-later
//
// `install` and `uninstall` on Windows, and the registry's part of them in a Wine prefix.
#include "port/file.h"
#include "port/process.h"
#include "port/utf.h"
#include "tools/remapi/cli/output.h"
#include "tools/remapi/commands/commands.h"
#include "tools/remapi/doctor/doctor.h"
#include "tools/remapi/install/file_changes.h"
#include "tools/remapi/install/module_files.h"
#include "tools/remapi/install/registry_plan.h"
#include "tools/remapi/install/state.h"
#include "tools/remapi/install/win32/system_registry.h"
#include "tools/remapi/system/system.h"

namespace remapi::tool {
namespace {

using Kind = OptionSpec::Kind;

constexpr OptionSpec kInstallOptions[] = {
    {"beside", Kind::One, "PROGRAM.EXE", "copy Remapi beside this program, for it alone"},
    {"default-client", Kind::Flag, nullptr,
     "register this folder's Remapi as the default mail client"},
    {"registry", Kind::One, "FOLDER",
     "the registry's part of `remapi install --prefix`; keeps its notes in FOLDER"},
    {"override", Kind::One, "WORD", "with --registry: native, or native,builtin"},
};
constexpr OptionSpec kUninstallOptions[] = {
    {"beside", Kind::One, "PROGRAM.EXE", "undo `install --beside`"},
    {"default-client", Kind::Flag, nullptr, "undo `install --default-client`"},
    {"registry", Kind::One, "FOLDER", "undo `install --registry`"},
};

constexpr Machine kOwnMachine = sizeof(void*) == 8 ? Machine::X86_64 : Machine::X86;

enum class What { Beside, DefaultClient, RegistryOfPrefix };

What what_of(const Arguments& arguments) {
    const int count =
        arguments.has("beside") + arguments.has("default-client") + arguments.has("registry");
    arguments.expect_at_most(0);
    if (count != 1)
        throw Failure(ExitCode::Usage, "give either --beside PROGRAM.EXE or --default-client");
    if (arguments.has("beside")) return What::Beside;
    return arguments.has("registry") ? What::RegistryOfPrefix : What::DefaultClient;
}

/// The folder of the installation for `machine`: this program's own, or the one beside it.
String source_for(Machine machine) {
    const String own = program_folder();
    if (machine == kOwnMachine) return own;
    return port::join_path(port::parent_folder(own), machine == Machine::X86 ? L"i686" : L"x86_64");
}

/// A program, its folder and where the notes about it lie.
struct Program {
    String path;
    String folder;
    String state;
    std::string name;
};

Program program_of(const Arguments& arguments) {
    Program program;
    program.path = port::absolute_path(arguments.required("beside"));
    program.folder = String(port::parent_folder(program.path));
    program.state = port::join_path(program.folder, String(kStateFolder));
    program.name = port::to_utf8(port::leaf_name(program.path));
    return program;
}

void install_beside(const Program& program) {
    const std::optional<Machine> machine = machine_of(program.path);
    if (!machine || *machine == Machine::Other) {
        throw Failure(ExitCode::Failed,
                      port::to_utf8(program.path) + " is no program for x86 or x86_64 Windows");
    }
    const String source = source_for(*machine);
    require_modules(source, *machine);
    if (source == program.folder)
        throw Failure(ExitCode::Usage, "the program already lies beside Remapi");
    FileChanges changes(program.folder, program.state);
    copy_modules(changes, source, String(), false);
    if (port::on_wine()) {
        SystemRegistry registry;
        install_registry(registry, program.state, program_override_values(program.name));
    }
    print_line("Remapi lies beside " + port::to_utf8(program.path));
}

void uninstall_beside(const Program& program) {
    FileChanges changes(program.folder, program.state);
    if (!changes.installed()) {
        throw Failure(ExitCode::NotFound,
                      "Remapi was not installed beside " + port::to_utf8(program.path));
    }
    SystemRegistry registry;
    uninstall_registry(registry, program.state);
    changes.undo();
    remove_state_folder(program.state);
}

/// Where the notes about --default-client lie: with the installation that is registered.
String client_state() {
    return port::join_path(program_folder(), String(kStateFolder));
}

void install_default_client() {
    const String own = program_folder();
    require_modules(own, kOwnMachine);
    const std::string own_view = kOwnMachine == Machine::X86_64 ? "64" : "32";
    std::vector<RegistryValue> values;
    const auto append = [&](std::vector<RegistryValue> more) {
        values.insert(values.end(), more.begin(), more.end());
    };
    FileChanges changes(own, client_state());
    const String alias = port::from_utf8(kClientLibrary);
    const std::vector<std::string> views = registry_views();
    for (const std::string& view : views) {
        append(flag_values(view));
        if (view.empty() || view == own_view) continue;
        const Machine other = kOwnMachine == Machine::X86 ? Machine::X86_64 : Machine::X86;
        const String sibling = port::join_path(source_for(other), alias);
        if (port::exists(sibling)) append(client_values(view, port::to_utf8(sibling)));
    }
    // The own view last: where both views are one, it wins.
    changes.copy(port::join_path(own, L"mapi32.dll"), alias);
    append(client_values(views.size() > 1 ? own_view : "",
                         port::to_utf8(port::join_path(own, alias))));
    SystemRegistry registry;
    install_registry(registry, client_state(), values);
    print_line("Remapi is the default mail client");
}

void uninstall_default_client() {
    FileChanges changes(program_folder(), client_state());
    if (!changes.installed()) throw Failure(ExitCode::NotFound, "this Remapi is not registered");
    SystemRegistry registry;
    uninstall_registry(registry, client_state());
    changes.undo();
    remove_state_folder(client_state());
}

ExitCode install(const Arguments& arguments) {
    switch (what_of(arguments)) {
        case What::Beside:
            install_beside(program_of(arguments));
            break;
        case What::DefaultClient:
            install_default_client();
            break;
        case What::RegistryOfPrefix: {
            SystemRegistry registry;
            const std::string word = port::to_utf8(arguments.one("override").value_or(L"native"));
            install_registry(registry, port::absolute_path(arguments.required("registry")),
                             prefix_values(registry_views(), word));
        }
    }
    return ExitCode::Ok;
}

ExitCode uninstall(const Arguments& arguments) {
    switch (what_of(arguments)) {
        case What::Beside:
            uninstall_beside(program_of(arguments));
            break;
        case What::DefaultClient:
            uninstall_default_client();
            break;
        case What::RegistryOfPrefix: {
            SystemRegistry registry;
            uninstall_registry(registry, port::absolute_path(arguments.required("registry")));
        }
    }
    return ExitCode::Ok;
}

}  // namespace

std::span<const Command> setup_commands() {
    static constexpr Command kCommands[] = {
        {"install", "", "installs Remapi beside a program or as the default mail client",
         kInstallOptions, install},
        {"uninstall", "", "undoes `install`", kUninstallOptions, uninstall},
        {"doctor", "", "finds out what keeps mail from being sent", kDoctorOptions, run_doctor},
    };
    return kCommands;
}

}  // namespace remapi::tool
