// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/commands/show.h"

#include "abi/remapi_tags.h"
#include "text/text.h"
#include "tools/remapi/cli/json.h"
#include "tools/remapi/cli/output.h"
#include "tools/remapi/mapi/errors.h"
#include "tools/remapi/mapi/properties.h"
#include "tools/remapi/mapi/session.h"

namespace remapi::tool {
namespace {

struct Recipient {
    const char* kind;
    String name;
    String address;
};

struct Attachment {
    String name;
    std::uint32_t size = 0;
};

struct Content {
    String subject;
    String from_name;
    String from_address;
    std::uint64_t time = 0;
    String message_id;
    String message_class;
    String body;
    std::vector<Recipient> recipients;
    std::vector<Attachment> attachments;
};

const char* kind_of(std::uint32_t type) noexcept {
    switch (type & 0xF) {
        case MAPI_TO:
            return "to";
        case MAPI_CC:
            return "cc";
        case MAPI_BCC:
            return "bcc";
        default:
            return "other";
    }
}

Content read_content(IMessage& message) {
    Content content;
    const OwnedValues values(
        message,
        {PR_SUBJECT_W, PR_SENDER_NAME_W, PR_SENDER_EMAIL_ADDRESS_W, PR_CLIENT_SUBMIT_TIME,
         PR_LAST_MODIFICATION_TIME, kTagInternetMessageId, PR_MESSAGE_CLASS_W},
        "reading the message");
    content.subject = values->text(PR_SUBJECT_W);
    content.from_name = values->text(PR_SENDER_NAME_W);
    content.from_address = values->text(PR_SENDER_EMAIL_ADDRESS_W);
    content.time = values->time(PR_CLIENT_SUBMIT_TIME);
    if (content.time == 0) content.time = values->time(PR_LAST_MODIFICATION_TIME);
    content.message_id = values->text(kTagInternetMessageId);
    content.message_class = values->text(PR_MESSAGE_CLASS_W);
    content.body = long_text(message, PR_BODY_W);

    com::Ptr<IMAPITable> table;
    require(message.GetRecipientTable(MAPI_UNICODE, table.put()), "listing the recipients");
    for_each_row(*table, {PR_RECIPIENT_TYPE, PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W},
                 [&](const Values& row) {
                     content.recipients.push_back({kind_of(row.number(PR_RECIPIENT_TYPE)),
                                                   row.text(PR_DISPLAY_NAME_W),
                                                   row.text(PR_EMAIL_ADDRESS_W)});
                 });
    require(message.GetAttachmentTable(MAPI_UNICODE, table.put()), "listing the attachments");
    for_each_row(
        *table,
        {PR_ATTACH_LONG_FILENAME_W, PR_ATTACH_FILENAME_W, PR_DISPLAY_NAME_W, PR_ATTACH_SIZE},
        [&](const Values& row) {
            Attachment attachment;
            for (const ULONG tag :
                 {PR_ATTACH_LONG_FILENAME_W, PR_ATTACH_FILENAME_W, PR_DISPLAY_NAME_W}) {
                if (attachment.name.empty()) attachment.name = row.text(tag);
            }
            attachment.size = row.number(PR_ATTACH_SIZE);
            content.attachments.push_back(std::move(attachment));
        });
    return content;
}

void print_json(const Content& content) {
    JsonWriter json;
    json.begin_object().member("subject", content.subject);
    json.member("from_name", content.from_name).member("from_address", content.from_address);
    json.member("time", utc_time(content.time)).member("message_id", content.message_id);
    json.member("class", content.message_class).member("body", content.body);
    json.key("recipients").begin_array();
    for (const Recipient& recipient : content.recipients) {
        json.begin_object().member("kind", recipient.kind).member("name", recipient.name);
        json.member("address", recipient.address).end_object();
    }
    json.end_array().key("attachments").begin_array();
    for (const Attachment& attachment : content.attachments) {
        json.begin_object()
            .member("name", attachment.name)
            .member("size", attachment.size)
            .end_object();
    }
    print_line(json.end_array().end_object().text());
}

std::string mailbox_text(const String& name, const String& address) {
    if (name.empty() || name == address) return one_line(address);
    return one_line(name) + " <" + one_line(address) + ">";
}

void print_text(const Content& content) {
    print_line("Subject:     " + one_line(content.subject));
    print_line("From:        " + mailbox_text(content.from_name, content.from_address));
    for (const Recipient& recipient : content.recipients) {
        std::string label = std::string(recipient.kind) + ":";
        label[0] = static_cast<char>(label[0] - 'a' + 'A');
        label.resize(13, ' ');
        print_line(label + mailbox_text(recipient.name, recipient.address));
    }
    print_line("Date:        " + local_time(content.time));
    print_line("Message-ID:  " + one_line(content.message_id));
    for (const Attachment& attachment : content.attachments) {
        print_line("Attachment:  " + one_line(attachment.name) + " (" +
                   std::to_string(attachment.size) + " bytes)");
    }
    print_line("");
    // Line by line, so that control characters of the text do not reach the terminal.
    StringView rest = content.body;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        StringView line = rest.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        print_line(one_line(line));
        rest = end == StringView::npos ? StringView() : rest.substr(end + 1);
    }
}

}  // namespace

ExitCode show_message(const Arguments& arguments) {
    const String typed = arguments.only_operand("ID");
    const std::optional<std::string> id = text::from_hex(text::to_utf8(typed));
    if (!id || id->size() < 5) {
        throw Failure(ExitCode::Usage, "an ID is what `remapi list` shows in its last column");
    }
    Session session(arguments.one("profile"));
    const com::Ptr<IMessage> message = session.open_message(*id);
    const Content content = read_content(*message);
    if (arguments.has("json")) {
        print_json(content);
    } else {
        print_text(content);
    }
    return ExitCode::Ok;
}

}  // namespace remapi::tool
