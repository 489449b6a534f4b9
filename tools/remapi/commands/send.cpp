// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/commands/send.h"

#include "port/file.h"
#include "text/text.h"
#include "tools/remapi/cli/mailbox.h"
#include "tools/remapi/cli/output.h"
#include "tools/remapi/mapi/errors.h"
#include "tools/remapi/mapi/library.h"
#include "tools/remapi/mapi/session.h"
#include "tools/remapi/system/system.h"

namespace remapi::tool {
namespace {

constexpr ULONG kNotInline = 0xFFFFFFFF;  // a file's nPosition: not rendered in the text

/// A message and what its structures point to.
struct Letter {
    std::vector<Mailbox> mailboxes;
    std::vector<ULONG> classes;  ///< of the mailboxes
    std::vector<String> paths;   ///< absolute
    std::vector<String> names;
    String subject;
    String body;
};

void add_recipients(Letter& letter, const Arguments& arguments, const char* option,
                    ULONG recipient_class) {
    for (const String& list : arguments.many(option)) {
        std::optional<std::vector<Mailbox>> mailboxes = parse_mailboxes(list);
        if (!mailboxes) {
            throw Failure(ExitCode::Usage, std::string("--") + option + ": \"" +
                                               text::to_utf8(list) + "\" is no address");
        }
        for (Mailbox& mailbox : *mailboxes) {
            letter.mailboxes.push_back(std::move(mailbox));
            letter.classes.push_back(recipient_class);
        }
    }
}

/// Standard input as text: UTF-8, or else what the system calls ANSI.
String read_body() {
    std::string bytes;
    if (!read_descriptor(0, bytes))
        throw Failure(ExitCode::Failed, "standard input cannot be read, or is over 64 MiB");
    return port::is_utf8(bytes) ? text::from_utf8(bytes) : text::to_wide(bytes);
}

Letter read_letter(const Arguments& arguments) {
    arguments.expect_at_most(0);
    Letter letter;
    add_recipients(letter, arguments, "to", MAPI_TO);
    add_recipients(letter, arguments, "cc", MAPI_CC);
    add_recipients(letter, arguments, "bcc", MAPI_BCC);
    if (letter.mailboxes.empty()) throw Failure(ExitCode::Usage, "--to is missing");
    letter.subject = arguments.one("subject").value_or(String());
    letter.body = arguments.one("body").value_or(String());
    for (const String& file : arguments.many("attach")) {
        const String path = port::absolute_path(file);
        if (path.empty() || !port::exists(path) || port::is_folder(path)) {
            throw Failure(ExitCode::Failed, "--attach: " + text::to_utf8(file) + " is no file");
        }
        letter.paths.push_back(path);
        letter.names.emplace_back(port::leaf_name(path));
    }
    if (letter.body == REMAPI_W("-")) letter.body = read_body();
    return letter;
}

WideChar* writable(const String& text) noexcept {
    return text.empty() ? nullptr : const_cast<WideChar*>(text.c_str());
}

std::vector<MapiRecipDescW> recipients_of(const Letter& letter) {
    std::vector<MapiRecipDescW> result;
    for (std::size_t i = 0; i < letter.mailboxes.size(); ++i) {
        MapiRecipDescW recipient = {};
        recipient.ulRecipClass = letter.classes[i];
        recipient.lpszName = writable(letter.mailboxes[i].name);
        recipient.lpszAddress = writable(letter.mailboxes[i].address);
        result.push_back(recipient);
    }
    return result;
}

std::vector<MapiFileDescW> files_of(const Letter& letter) {
    std::vector<MapiFileDescW> result;
    for (std::size_t i = 0; i < letter.paths.size(); ++i) {
        MapiFileDescW file = {};
        file.nPosition = kNotInline;
        file.lpszPathName = writable(letter.paths[i]);
        file.lpszFileName = writable(letter.names[i]);
        result.push_back(file);
    }
    return result;
}

/// A Simple MAPI session with a named profile; 0 without one, which lets the call log on by itself.
class SimpleSession {
public:
    explicit SimpleSession(const std::optional<String>& profile) {
        if (!profile) return;
        std::optional<std::string> name = text::to_ansi_exactly(*profile);
        if (!name)
            throw Failure(ExitCode::Failed,
                          "Simple MAPI cannot spell this profile's name in the ANSI code page");
        require_simple(
            Library::the().simple_logon(0, name->data(), nullptr, MAPI_NEW_SESSION, 0, &m_handle),
            "logging on with the profile \"" + text::to_utf8(*profile) + "\"");
    }
    ~SimpleSession() {
        if (m_handle) Library::the().simple_logoff(m_handle, 0, 0, 0);
    }
    SimpleSession(const SimpleSession&) = delete;
    SimpleSession& operator=(const SimpleSession&) = delete;
    LHANDLE handle() const noexcept { return m_handle; }

private:
    LHANDLE m_handle = 0;
};

}  // namespace

ExitCode send_message(const Arguments& arguments) {
    const Letter letter = read_letter(arguments);
    std::vector<MapiRecipDescW> recipients = recipients_of(letter);
    std::vector<MapiFileDescW> files = files_of(letter);
    MapiMessageW message = {};
    message.lpszSubject = writable(letter.subject);
    message.lpszNoteText = writable(letter.body);
    message.nRecipCount = static_cast<ULONG>(recipients.size());
    message.lpRecips = recipients.data();
    message.nFileCount = static_cast<ULONG>(files.size());
    message.lpFiles = files.empty() ? nullptr : files.data();

    // Whoever types this command has been asked already.
    set_environment("REMAPI_SEND_POLICY", "send");
    const Library& library = Library::the();
    const Progress progress("sending");
    const Runtime runtime;
    const SimpleSession session(arguments.one("profile"));
    require_simple(library.send_mail(session.handle(), 0, &message, 0, 0), "sending");
    return ExitCode::Ok;
}

}  // namespace remapi::tool
