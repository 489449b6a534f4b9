// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/object/spooler_start.h"

#include "config/config.h"
#include "log/log.h"
#include "port/fault_point.h"
#include "port/file.h"
#include "port/module.h"
#include "port/process.h"

namespace remapi::session {
namespace {

/// Both names on both platforms: each looks for its own first and never finds the other's.
constexpr StringView kPrograms[] = {REMAPI_W("mapisp32.exe"), REMAPI_W("remapi-spoold")};

}  // namespace

String spooler_program() {
    const String own = port::own_module_folder();
    const String programs = port::join_path(port::parent_folder(own), REMAPI_W("bin"));
    for (const String& folder : {own, programs}) {
        for (const StringView name : kPrograms) {
            String path = port::join_path(folder, name);
            if (port::exists(path)) return path;
        }
    }
    return {};
}

void start_spooler_program(StringView profile) {
    port::fault_point("notify.before-start");
    if (config::get("spooler.start") == "never") return;
    const String program = spooler_program();
    if (program.empty()) {
        REMAPI_WARN(Spooler,
                    "the spooler program is not installed beside mapi32: messages stay queued");
        return;
    }
    std::string error;
    if (!port::start_detached(program, {REMAPI_W("--profile"), String(profile)}, error)) {
        REMAPI_WARN(Spooler, "the spooler program %s could not be started: %s",
                    log::utf8(StringView(program)).c_str(), error.c_str());
    }
}

}  // namespace remapi::session
