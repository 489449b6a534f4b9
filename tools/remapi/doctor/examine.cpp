// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/doctor/examine.h"

#include "config/config.h"
#include "port/file.h"
#include "port/process.h"
#include "text/text.h"
#include "tools/remapi/cli/output.h"
#include "tools/remapi/mapi/library.h"
#include "tools/remapi/mapi/profiles.h"
#include "tools/remapi/mapi/queue.h"

namespace remapi::tool {
namespace {

/// The file in the first of `folders` that has it; empty when none does.
String find_file(const std::vector<String>& folders, StringView name) {
    for (const String& folder : folders) {
        const String path = port::join_path(folder, String(name));
        if (port::exists(path)) return path;
    }
    return {};
}

void examine_modules(Findings& findings, const String& folder) {
    const bool native = port::module_extension() == REMAPI_W(".so");
    const String up = String(port::parent_folder(folder));
    const String bin = port::join_path(up, REMAPI_W("bin"));
    const String data = port::join_path(up, REMAPI_W("share/remapi"));
    const String ending(port::module_extension());
    std::string missing;
    const auto expect = [&](const std::vector<String>& folders, const String& name) {
        if (find_file(folders, name).empty())
            missing += (missing.empty() ? "" : ", ") + text::to_utf8(name);
    };
    expect({folder}, REMAPI_W("remapils32") + ending);
    expect({folder}, REMAPI_W("remapiin32") + ending);
    expect({folder, bin}, native ? REMAPI_W("remapi-spoold") : REMAPI_W("mapisp32.exe"));
    expect({folder, data}, REMAPI_W("mapisvc.inf"));
    if (missing.empty()) {
        findings.good("modules", "everything is in " + text::to_utf8(folder));
    } else {
        findings.problem("modules", "missing beside the library: " + missing,
                         "install Remapi again");
    }
}

String setting(const ProfileDetails& details, std::string_view name) {
    for (const ServiceDetails& service : details.services) {
        for (const auto& [key, value] : service.settings) {
            if (name == key) return value;
        }
    }
    return {};
}

void examine_policy(Findings& findings, const ProfileDetails& details) {
    const std::optional<std::string> configured = config::find("send.policy");
    std::string policy = configured ? *configured : text::to_utf8(details.policy);
    if (policy.empty()) policy = "prompt";
    if (policy == "prompt") {
        findings.note(
            "policy",
            "prompt: until there is a window to ask in, what programs send stays in Drafts",
            "set send.policy=send in remapi.conf, or make the profile with --policy send, to send "
            "at once");
    } else if (policy == "draft") {
        findings.note("policy", "draft: what programs send stays in Drafts");
    } else {
        findings.good("policy", policy + ": what programs send goes out at once");
    }
}

void examine_account(Findings& findings, const ProfileDetails& details) {
    const String host = setting(details, "smtp");
    if (host.empty()) {
        findings.problem(
            "account", "the profile has no SMTP server: mail waits in the Outbox",
            "make a profile with `remapi profile create NAME --smtp HOST ... --default`");
        return;
    }
    const String ca_file = setting(details, "ca");
    if (!ca_file.empty() && !port::exists(ca_file)) {
        findings.problem("account", "the certificate file " + text::to_utf8(ca_file) + " is gone",
                         "make the profile anew with another --ca");
    }
    const std::optional<unsigned> port = parse_number(setting(details, "port"), 65535);
    examine_server(findings, host, port.value_or(0), setting(details, "security"));
    if (port::on_wine() && !setting(details, "user").empty()) {
        findings.note(
            "password",
            "Wine's DPAPI only obscures the stored password; whoever can read the prefix has it",
            "keep the prefix readable by its owner only");
    }
}

/// Who sends at the moment: each lease file that somebody holds locked.
void examine_leases(Findings& findings) {
    const String folder = port::join_path(config::data_folder(), REMAPI_W("leases"));
    for (const String& name : port::list_folder(folder)) {
        port::File file;
        const String path = port::join_path(folder, name);
        std::string holder;
        if (port::read_file(path, holder) || file.open(path, port::File::Mode::ReadWrite)) continue;
        if (file.try_lock()) continue;
        for (char& byte : holder) {
            if (byte < ' ') byte = ' ';
        }
        findings.note("queue", "a spooler is at work: " + holder);
    }
}

void examine_messages(Findings& findings, const std::vector<QueuedMessage>& queue) {
    const std::uint64_t kLongMinutes = 10;
    for (const QueuedMessage& message : queue) {
        const std::string name = quoted_line(message.subject) + " to " + one_line(message.to);
        if (!message.last_error.empty()) {
            findings.problem("queue",
                             name + " could not be sent yet (" + std::to_string(message.tries) +
                                 " tries): " + one_line(message.last_error),
                             "repair the cause, then `remapi flush`");
        } else {
            findings.note("queue", name + " waits since " + local_time(message.submitted),
                          "`remapi flush` sends it when it stays over " +
                              std::to_string(kLongMinutes) + " minutes");
        }
    }
    if (queue.empty()) findings.good("queue", "nothing waits");
}

}  // namespace

bool examine_library(Findings& findings) {
    try {
        const String path = Library::the().path();
        findings.good("library", "this program uses " + text::to_utf8(path));
        examine_modules(findings, String(port::parent_folder(path)));
        return true;
    } catch (const Failure& failure) {
        findings.problem("library", failure.what(), "install Remapi again");
        return false;
    }
}

bool examine_profiles(Findings& findings, const std::optional<String>& profile) {
    try {
        ProfileAdmin admin;
        const std::vector<ProfileRow> profiles = admin.list();
        std::optional<String> chosen = profile;
        for (const ProfileRow& row : profiles) {
            if (!chosen && row.is_default) chosen = row.name;
        }
        if (!chosen) {
            findings.problem("profile",
                             profiles.empty() ? "there is none" : "none is the default one",
                             profiles.empty() ? "`remapi profile create` makes one"
                                              : "`remapi profile default NAME`");
            return false;
        }
        const ProfileDetails details = admin.details(*chosen);
        findings.good("profile", one_line(*chosen) + (profile ? "" : " is the default one"));
        examine_policy(findings, details);
        examine_account(findings, details);
        return true;
    } catch (const Failure& failure) {
        findings.problem("profile", failure.what(), "REMAPI_LOG=+session tells more");
        return false;
    }
}

void examine_queue(Findings& findings, const std::optional<String>& profile) {
    try {
        Session session(profile);
        session.store();
        findings.good("store", "the default message store opens");
        const std::vector<QueuedMessage> queue = read_queue(session);
        examine_messages(findings, queue);
        if (!queue.empty()) examine_leases(findings);
    } catch (const Failure& failure) {
        findings.problem("store", failure.what(), "REMAPI_LOG=+session,+spi,+store tells more");
    }
}

}  // namespace remapi::tool
