// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/install/win_ini.h"

#include "port/file.h"
#include "text/text.h"
#include "tools/remapi/cli/failure.h"
#include "tools/remapi/install/ini_edit.h"
#include "tools/remapi/install/registry_plan.h"

namespace remapi::tool {
namespace {

constexpr char kSection[] = "Mail";
constexpr StringView kOurs = REMAPI_W("win.ini.ours");

std::string read_if_there(const String& path) {
    std::string bytes;
    if (!port::exists(path)) return bytes;
    const port::SystemError error = port::read_file(path, bytes);
    if (error)
        throw Failure(ExitCode::Failed,
                      "reading " + text::to_utf8(path) + ": " + port::describe(error));
    return bytes;
}

std::string with_flags(std::string text) {
    for (const MailFlag& flag : mail_flags())
        text = ini_with(text, kSection, flag.name, flag.value);
    return text;
}

/// `text` with each flag that is still ours as it was in `original`.
std::string without_flags(std::string text, const std::string& original) {
    for (const MailFlag& flag : mail_flags()) {
        if (ini_value(text, kSection, flag.name) != std::string(flag.value)) continue;
        const std::optional<std::string> before = ini_value(original, kSection, flag.name);
        text = before ? ini_with(text, kSection, flag.name, *before)
                      : ini_without(text, kSection, flag.name);
    }
    return text;
}

}  // namespace

void install_mail_flags(FileChanges& changes, const String& root, const String& win_ini,
                        const String& state) {
    const String path = port::join_path(root, win_ini);
    const String ours = port::join_path(state, String(kOurs));
    const std::string now = read_if_there(path);
    const bool untouched = !port::exists(ours) || now == read_if_there(ours);
    const std::string text = with_flags(now);
    changes.write(text, win_ini);
    if (!untouched) return;
    const port::SystemError error = port::write_file(ours, text);
    if (error)
        throw Failure(ExitCode::Failed,
                      "writing " + text::to_utf8(ours) + ": " + port::describe(error));
}

void prepare_mail_flags_undo(FileChanges& changes, const String& root, const String& win_ini,
                             const String& state) {
    const String ours = port::join_path(state, String(kOurs));
    const std::string now = read_if_there(port::join_path(root, win_ini));
    if (!port::exists(ours) || now == read_if_there(ours)) return;
    changes.change_original(win_ini, without_flags(now, changes.original(win_ini)));
}

}  // namespace remapi::tool
