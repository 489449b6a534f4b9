// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/install/state.h"

#include "port/file.h"
#include "text/text.h"
#include "tools/remapi/cli/failure.h"
#include "tools/remapi/cli/output.h"
#include "tools/remapi/install/file_changes.h"
#include "tools/remapi/install/module_files.h"
#include "tools/remapi/install/registry_plan.h"

namespace remapi::tool {
namespace {

std::vector<Record> load_records(const String& path) {
    std::string text;
    if (!port::exists(path)) return {};
    const port::SystemError error = port::read_file(path, text);
    std::optional<std::vector<Record>> records = error ? std::nullopt : parse_records(text);
    if (!records)
        throw Failure(ExitCode::Failed, text::to_utf8(path) + " is damaged or cannot be read");
    return *std::move(records);
}

void save_records(const String& path, const std::vector<Record>& records) {
    const port::SystemError error = port::write_file(path, format_records(records));
    if (error)
        throw Failure(ExitCode::Failed,
                      "writing " + text::to_utf8(path) + ": " + port::describe(error));
}

}  // namespace

void install_registry(Registry& registry, const String& state,
                      const std::vector<RegistryValue>& values) {
    const String path = port::join_path(state, String(kRegistryRecords));
    port::create_folders(state);
    save_records(path, plan_registry(registry, values, load_records(path)));
    apply_registry(registry, values);
}

void uninstall_registry(Registry& registry, const String& state) {
    const String path = port::join_path(state, String(kRegistryRecords));
    for (const std::string& left : undo_registry(registry, load_records(path))) {
        print_complaint("left alone, because it was changed since: " + left);
    }
    if (port::exists(path)) port::remove_file(path);
}

void copy_modules(FileChanges& changes, const String& source, const String& target,
                  bool with_aliases) {
    for (const String& name : module_names(source)) {
        changes.copy(port::join_path(source, name), port::join_path(target, name));
    }
    if (!with_aliases) return;
    const String library = port::join_path(source, REMAPI_W("mapi32.dll"));
    for (const char* const alias : {kClientLibrary, kStubLibrary}) {
        changes.copy(library, port::join_path(target, text::from_utf8(alias)));
    }
}

void remove_state_folder(const String& state) {
    for (const String& name : port::list_folder(state)) {
        const String path = port::join_path(state, name);
        if (!port::is_folder(path)) port::remove_file(path);
    }
    port::remove_folder(state);
}

}  // namespace remapi::tool
