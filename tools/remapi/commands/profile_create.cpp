// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/commands/profile_create.h"

#include "port/file.h"
#include "port/utf.h"
#include "text/text.h"
#include "tools/remapi/cli/mailbox.h"
#include "tools/remapi/cli/output.h"
#include "tools/remapi/mapi/profiles.h"
#include "tools/remapi/system/system.h"

namespace remapi::tool {
namespace {

/// The value of an option that must be one of the words in `allowed`.
String one_of(const Arguments& arguments, const char* option,
              std::initializer_list<StringView> allowed) {
    const String value = arguments.required(option);
    std::string list;
    for (const StringView word : allowed) {
        if (value == word) return value;
        list += (list.empty() ? "" : ", ") + port::to_utf8(word);
    }
    throw Failure(ExitCode::Usage, std::string("--") + option + " takes one of " + list +
                                       ", not \"" + port::to_utf8(value) + "\"");
}

unsigned usual_port(const String& security) {
    if (security == REMAPI_W("tls")) return 465;
    if (security == REMAPI_W("starttls")) return 587;
    return 25;
}

String certificate_file(const Arguments& arguments) {
    const std::optional<String> given = arguments.one("ca");
    if (!given) return {};
    const String path = port::absolute_path(*given);
    port::File file;
    const port::SystemError error = path.empty() ? 1 : file.open(path, port::File::Mode::Read);
    if (error) {
        throw Failure(ExitCode::Usage, "--ca: " + port::to_utf8(*given) +
                                           " cannot be read: " + port::describe(error));
    }
    return path;
}

/// The password, never from the command line, where everyone on the machine could read it.
String read_password(const Arguments& arguments, const String& user) {
    String password;
    if (!arguments.has("password-fd")) {
        if (!read_secret_line("Password of " + one_line(user) + ": ", password)) {
            throw Failure(
                ExitCode::Usage,
                "--user needs a password: there is no terminal to ask at, so give --password-fd");
        }
        return password;
    }
    const unsigned descriptor = arguments.number("password-fd", 0, 0, 1023);
    std::string bytes;
    if (!read_descriptor(descriptor, bytes)) {
        throw Failure(ExitCode::Usage, "--password-fd: descriptor " + std::to_string(descriptor) +
                                           " cannot be read");
    }
    bytes.erase(std::min(bytes.find_first_of("\r\n"), bytes.size()));
    return port::from_utf8(bytes);
}

Account read_account(const Arguments& arguments) {
    Account account;
    account.security =
        one_of(arguments, "security", {REMAPI_W("tls"), REMAPI_W("starttls"), REMAPI_W("none")});
    const std::optional<Server> server = parse_server(arguments.required("smtp"));
    if (!server) throw Failure(ExitCode::Usage, "--smtp takes HOST or HOST:PORT");
    account.host = server->host;
    account.port = server->port ? server->port : usual_port(account.security);
    const std::optional<Mailbox> sender = parse_mailbox(arguments.required("from"));
    if (!sender) throw Failure(ExitCode::Usage, "--from takes \"Name <address>\" or an address");
    account.sender_name = sender->name;
    account.sender_address = sender->address;
    if (arguments.has("policy")) {
        account.policy =
            one_of(arguments, "policy", {REMAPI_W("prompt"), REMAPI_W("send"), REMAPI_W("draft")});
    }
    account.ca_file = certificate_file(arguments);
    if (arguments.has("password-fd") && !arguments.has("user")) {
        throw Failure(ExitCode::Usage, "--password-fd means nothing without --user");
    }
    if (arguments.has("user")) {
        account.user = arguments.required("user");
        account.password = read_password(arguments, account.user);
    }
    return account;
}

}  // namespace

ExitCode create_profile(const Arguments& arguments) {
    const String name = arguments.only_operand("NAME");
    if (name.size() > 64)
        throw Failure(ExitCode::Usage, "a profile's name has at most 64 characters");
    const Account account = read_account(arguments);
    ProfileAdmin admin;
    if (admin.exists(name)) {
        throw Failure(ExitCode::Failed,
                      "there is a profile \"" + port::to_utf8(name) + "\" already");
    }
    const bool first = admin.list().empty();
    admin.create(name, account);
    if (first || arguments.has("default")) admin.make_default(name);
    print_line("profile " + one_line(name) + " is made" +
               (first || arguments.has("default") ? "; it is the default one" : ""));
    if (account.policy.empty() || account.policy == REMAPI_W("prompt")) {
        print_line(
            "Policy prompt: until there is a window to ask in, mail of programs stays in Drafts;"
            " --policy send sends it.");
    }
    return ExitCode::Ok;
}

}  // namespace remapi::tool
