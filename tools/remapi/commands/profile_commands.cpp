// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/utf.h"
#include "tools/remapi/cli/json.h"
#include "tools/remapi/cli/output.h"
#include "tools/remapi/commands/commands.h"
#include "tools/remapi/commands/profile_create.h"
#include "tools/remapi/mapi/profiles.h"
#include "tools/remapi/system/system.h"

namespace remapi::tool {
namespace {

using Kind = OptionSpec::Kind;

constexpr OptionSpec kCreateOptions[] = {
    {"smtp", Kind::One, "HOST[:PORT]",
     "the server that takes outgoing mail (ports: 465 tls, 587 starttls, 25 none)"},
    {"security", Kind::One, "tls|starttls|none", "how the connection is protected"},
    {"ca", Kind::One, "FILE", "certificates (PEM) to trust instead of the system's"},
    {"user", Kind::One, "USER", "the account's name on the server; without it nobody logs on"},
    {"password-fd", Kind::One, "N",
     "read the password from file descriptor N; without it you are asked"},
    {"from", Kind::One, "\"Name <address>\"", "who you are"},
    {"policy", Kind::One, "prompt|send|draft",
     "what a program's wish to send mail does (default: prompt)"},
    {"default", Kind::Flag, nullptr, "make it the default profile; the first one always is"},
};
constexpr OptionSpec kJsonOptions[] = {{"json", Kind::Flag, nullptr, "answer in JSON"}};

ExitCode list(const Arguments& arguments) {
    arguments.expect_at_most(0);
    ProfileAdmin admin;
    const std::vector<ProfileRow> profiles = admin.list();
    if (arguments.has("json")) {
        JsonWriter json;
        json.begin_array();
        for (const ProfileRow& profile : profiles) {
            json.begin_object()
                .member("name", profile.name)
                .member("default", profile.is_default)
                .end_object();
        }
        print_line(json.end_array().text());
        return ExitCode::Ok;
    }
    TextTable table({"PROFILE", "DEFAULT"});
    for (const ProfileRow& profile : profiles)
        table.add({one_line(profile.name), profile.is_default ? "yes" : ""});
    if (table.empty()) {
        print_complaint("there is no profile yet; `remapi profile create` makes one");
    } else {
        print(table.text());
    }
    return ExitCode::Ok;
}

void show_as_json(const String& name, const ProfileDetails& details) {
    JsonWriter json;
    json.begin_object().member("name", name).member("policy", details.policy);
    json.key("services").begin_array();
    for (const ServiceDetails& service : details.services) {
        json.begin_object()
            .member("service", service.name)
            .member("display_name", service.display_name);
        json.key("settings").begin_object();
        for (const auto& [setting, value] : service.settings) json.member(setting, value);
        json.end_object().end_object();
    }
    print_line(json.end_array().end_object().text());
}

ExitCode show(const Arguments& arguments) {
    const String name = arguments.only_operand("NAME");
    ProfileAdmin admin;
    const ProfileDetails details = admin.details(name);
    if (arguments.has("json")) {
        show_as_json(name, details);
        return ExitCode::Ok;
    }
    print_line("profile " + one_line(name));
    print_line("  policy: " + (details.policy.empty() ? "not set (prompt, or what remapi.conf says)"
                                                      : one_line(details.policy)));
    for (const ServiceDetails& service : details.services) {
        print_line("  " + one_line(service.name) + ": " + one_line(service.display_name));
        for (const auto& [setting, value] : service.settings) {
            print_line(std::string("    ") + setting + ": " + one_line(value));
        }
    }
    return ExitCode::Ok;
}

ExitCode remove(const Arguments& arguments) {
    const String name = arguments.only_operand("NAME");
    ProfileAdmin admin;
    admin.require_exists(name);
    admin.remove(name);
    print_line("profile " + one_line(name) + " is deleted; its message store stays where it is");
    return ExitCode::Ok;
}

ExitCode make_default(const Arguments& arguments) {
    const String name = arguments.only_operand("NAME");
    ProfileAdmin admin;
    admin.require_exists(name);
    admin.make_default(name);
    return ExitCode::Ok;
}

constexpr Command kProfileCommands[] = {
    {"profile create", "NAME", "makes a profile: a local message store and an SMTP account",
     kCreateOptions, create_profile},
    {"profile list", "", "lists the profiles", kJsonOptions, list},
    {"profile show", "NAME", "shows what a profile holds, without the password", kJsonOptions,
     show},
    {"profile delete", "NAME", "deletes a profile, not its mail", {}, remove},
    {"profile default", "NAME", "makes a profile the default one", {}, make_default},
};

}  // namespace

std::span<const Command> profile_commands() {
    return kProfileCommands;
}

}  // namespace remapi::tool
