// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/convert/mime/message_headers.h"

#include <algorithm>

#include "format/dates.h"
#include "port/clock.h"
#include "providers/convert/mime/gmime.h"

namespace remapi::mime {
namespace {

constexpr char kCharset[] = "utf-8";
constexpr char kMailer[] = "Remapi " REMAPI_VERSION;

bool is_ascii(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// A domain never starts at a character of the local part: the last @ divides.
std::size_t domain_start(std::string_view address) noexcept {
    const std::size_t at = address.rfind('@');
    return at == std::string_view::npos ? at : at + 1;
}

GPtr<InternetAddress> make_address(const Mailbox& mailbox) {
    const std::string name = header_text(mailbox.name);
    std::string address = ascii_domain(mailbox.address);
    // What would end the address early has no place in one.
    std::erase_if(address, [](char c) { return c == '<' || c == '>'; });
    InternetAddress* result =
        internet_address_mailbox_new(name.empty() ? nullptr : name.c_str(), address.c_str());
    internet_address_set_charset(result, kCharset);
    return GPtr<InternetAddress>(result);
}

class HeaderWriter {
public:
    HeaderWriter() : m_message(g_mime_message_new(FALSE)) {}

    void mailboxes(const char* name, const std::vector<Mailbox>& mailboxes) {
        if (mailboxes.empty()) return;
        const GPtr<InternetAddressList> list(internet_address_list_new());
        for (const Mailbox& mailbox : mailboxes) {
            internet_address_list_add(list.get(), make_address(mailbox).get());
        }
        const GText encoded(internet_address_list_to_string(list.get(), nullptr, TRUE));
        text(name, encoded ? encoded.get() : "");
    }
    void mailbox(const char* name, const Mailbox& mailbox) {
        if (!mailbox.address.empty()) mailboxes(name, {mailbox});
    }
    /// A text of words, encoded where it must be.
    void words(const char* name, StringView value) {
        const std::string utf8 = header_text(value);
        if (utf8.empty()) return;
        const GText encoded(g_mime_utils_header_encode_text(nullptr, utf8.c_str(), kCharset));
        text(name, encoded.get());
    }
    /// Message identifiers and the like: ASCII already.
    void identifiers(const char* name, StringView value) {
        const std::string utf8 = header_text(value);
        if (!utf8.empty() && is_ascii(utf8)) text(name, utf8.c_str());
    }
    void text(const char* name, const char* value) {
        g_mime_object_set_header(GMIME_OBJECT(m_message.get()), name, value, kCharset);
    }
    std::string finish() { return headers_of(GMIME_OBJECT(m_message.get())); }

private:
    GPtr<GMimeMessage> m_message;
};

void write_marks(HeaderWriter& writer, const Headers& headers) {
    if (headers.importance == Importance::High) {
        writer.text("Importance", "high");
        writer.text("X-Priority", "1");
    } else if (headers.importance == Importance::Low) {
        writer.text("Importance", "low");
        writer.text("X-Priority", "5");
    }
    if (headers.priority == Priority::Urgent) writer.text("Priority", "urgent");
    if (headers.priority == Priority::NonUrgent) writer.text("Priority", "non-urgent");
    if (headers.sensitivity == Sensitivity::Personal) writer.text("Sensitivity", "Personal");
    if (headers.sensitivity == Sensitivity::Private) writer.text("Sensitivity", "Private");
    if (headers.sensitivity == Sensitivity::Confidential) {
        writer.text("Sensitivity", "Company-Confidential");
    }
    if (headers.read_receipt) writer.mailbox("Disposition-Notification-To", headers.from);
}

}  // namespace

std::string ascii_domain(StringView address) {
    start_gmime();
    std::string utf8 = header_text(address);
    const std::size_t start = domain_start(utf8);
    if (start == std::string::npos || is_ascii(std::string_view(utf8).substr(start))) return utf8;
    const GText ascii(g_hostname_to_ascii(utf8.c_str() + start));
    return ascii ? utf8.substr(0, start) + ascii.get() : utf8;
}

std::string message_headers(const Headers& headers) {
    start_gmime();
    HeaderWriter writer;
    writer.mailbox("From", headers.from);
    if (ascii_domain(headers.sender.address) != ascii_domain(headers.from.address)) {
        writer.mailbox("Sender", headers.sender);
    }
    writer.mailboxes("Reply-To", headers.reply_to);
    writer.mailboxes("To", headers.to);
    writer.mailboxes("Cc", headers.cc);
    writer.words("Subject", headers.subject);
    const std::string date =
        format::internet_date(headers.submit_time, port::local_offset_minutes(headers.submit_time));
    writer.text("Date", date.c_str());
    writer.identifiers("Message-ID", headers.message_id);
    writer.identifiers("In-Reply-To", headers.in_reply_to);
    writer.identifiers("References", headers.references);
    write_marks(writer, headers);
    writer.text("X-Mailer", kMailer);
    return writer.finish() + "MIME-Version: 1.0\r\n";
}

}  // namespace remapi::mime
