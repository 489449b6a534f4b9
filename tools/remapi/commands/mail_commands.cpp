// SPDX-License-Identifier: LGPL-2.1-or-later
#include "text/text.h"
#include "tools/remapi/cli/json.h"
#include "tools/remapi/cli/output.h"
#include "tools/remapi/commands/commands.h"
#include "tools/remapi/commands/send.h"
#include "tools/remapi/commands/show.h"
#include "tools/remapi/mapi/errors.h"
#include "tools/remapi/mapi/properties.h"
#include "tools/remapi/mapi/session.h"
#include "tools/remapi/system/system.h"

namespace remapi::tool {
namespace {

using Kind = OptionSpec::Kind;

constexpr OptionSpec kSendOptions[] = {
    {"to", Kind::Many, "ADDRESS", "recipients; several in one are separated by , or ;"},
    {"cc", Kind::Many, "ADDRESS", "recipients of a copy"},
    {"bcc", Kind::Many, "ADDRESS", "recipients of a copy that the others do not see"},
    {"subject", Kind::One, "TEXT", "the subject"},
    {"body", Kind::One, "TEXT", "the text; - reads it from standard input"},
    {"attach", Kind::Many, "FILE", "a file to attach"},
    {"profile", Kind::One, "NAME", "the profile to use instead of the default one"},
};
constexpr OptionSpec kViewOptions[] = {
    {"profile", Kind::One, "NAME", "the profile to use instead of the default one"},
    {"json", Kind::Flag, nullptr, "answer in JSON"},
};

ExitCode list_folders(const Arguments& arguments) {
    arguments.expect_at_most(0);
    Session session(arguments.one("profile"));
    const std::vector<Folder> folders = session.folders();
    if (arguments.has("json")) {
        JsonWriter json;
        json.begin_array();
        for (const Folder& folder : folders) {
            json.begin_object().member("name", folder.name).member("path", folder.path);
            json.member("messages", folder.messages).member("unread", folder.unread);
            json.member("id", text::hex(folder.entry_id.data(), folder.entry_id.size()))
                .end_object();
        }
        print_line(json.end_array().text());
        return ExitCode::Ok;
    }
    TextTable table({"FOLDER", "MESSAGES", "UNREAD"});
    for (const Folder& folder : folders) {
        const std::size_t indent = folder.depth > 0 ? 2 * (folder.depth - 1) : 0;
        table.add({std::string(indent, ' ') + one_line(folder.name),
                   std::to_string(folder.messages), std::to_string(folder.unread)});
    }
    print(table.text());
    return ExitCode::Ok;
}

/// What `list` shows of a message.
struct Line {
    std::string id;
    String subject;
    String from;
    String to;
    std::uint64_t time = 0;
    std::uint32_t size = 0;
    std::uint32_t flags = 0;
};

std::vector<Line> messages_of(Session& session, const Folder& folder) {
    const com::Ptr<IMAPIFolder> object = session.open_folder(folder.entry_id);
    com::Ptr<IMAPITable> table;
    require(object->GetContentsTable(MAPI_UNICODE, table.put()), "listing the messages");
    std::vector<Line> result;
    for_each_row(
        *table,
        {PR_ENTRYID, PR_SUBJECT_W, PR_SENDER_NAME_W, PR_DISPLAY_TO_W, PR_MESSAGE_DELIVERY_TIME,
         PR_CLIENT_SUBMIT_TIME, PR_LAST_MODIFICATION_TIME, PR_MESSAGE_SIZE, PR_MESSAGE_FLAGS},
        [&](const Values& row) {
            Line line;
            line.id = row.bytes(PR_ENTRYID);
            line.subject = row.text(PR_SUBJECT_W);
            line.from = row.text(PR_SENDER_NAME_W);
            line.to = row.text(PR_DISPLAY_TO_W);
            for (const ULONG tag :
                 {PR_MESSAGE_DELIVERY_TIME, PR_CLIENT_SUBMIT_TIME, PR_LAST_MODIFICATION_TIME}) {
                if (line.time == 0) line.time = row.time(tag);
            }
            line.size = row.number(PR_MESSAGE_SIZE);
            line.flags = row.number(PR_MESSAGE_FLAGS);
            result.push_back(std::move(line));
        });
    return result;
}

ExitCode list_messages(const Arguments& arguments) {
    arguments.expect_at_most(1);
    Session session(arguments.one("profile"));
    const Folder folder = session.find_folder(
        arguments.operands().empty() ? String(REMAPI_W("Inbox")) : arguments.operands()[0]);
    const std::vector<Line> lines = messages_of(session, folder);
    if (arguments.has("json")) {
        JsonWriter json;
        json.begin_array();
        for (const Line& line : lines) {
            json.begin_object().member("id", text::hex(line.id.data(), line.id.size()));
            json.member("subject", line.subject).member("from", line.from).member("to", line.to);
            json.member("time", utc_time(line.time)).member("size", line.size);
            json.member("read", (line.flags & MSGFLAG_READ) != 0);
            json.member("unsent", (line.flags & MSGFLAG_UNSENT) != 0);
            json.member("submitted", (line.flags & MSGFLAG_SUBMIT) != 0);
            json.member("attachments", (line.flags & MSGFLAG_HASATTACH) != 0).end_object();
        }
        print_line(json.end_array().text());
        return ExitCode::Ok;
    }
    TextTable table({"DATE", "FROM", "TO", "SUBJECT", "SIZE", "ID"});
    for (const Line& line : lines) {
        table.add({local_time(line.time), one_line(line.from), one_line(line.to),
                   one_line(line.subject), std::to_string(line.size),
                   text::hex(line.id.data(), line.id.size())});
    }
    print(table.text());
    return ExitCode::Ok;
}

constexpr Command kMailCommands[] = {
    {"send", "--to ADDRESS", "sends a message through Simple MAPI", kSendOptions, send_message},
    {"folders", "", "lists the folders of the default message store", kViewOptions, list_folders},
    {"list", "[FOLDER]", "lists the messages of a folder, of the Inbox when none is named",
     kViewOptions, list_messages},
    {"show", "ID", "shows a message that `list` named", kViewOptions, show_message},
};

}  // namespace

std::span<const Command> mail_commands() {
    return kMailCommands;
}

}  // namespace remapi::tool
