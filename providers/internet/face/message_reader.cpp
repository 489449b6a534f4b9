// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/internet/face/message_reader.h"

#include "abi/iids.h"
#include "format/one_off.h"
#include "object/stream/file_stream.h"
#include "object/util/calls.h"
#include "providers/internet/face/tags.h"
#include "text/text.h"

namespace remapi::internet {
namespace {

// The classes of a recipient without the marks of a resend.
constexpr ULONG kClassMask = 0x0FFFFFFF;

class StreamBytes final : public mime::ByteSource {
public:
    explicit StreamBytes(com::Ptr<IStream> stream) : m_stream(std::move(stream)) {}
    std::size_t read(void* buffer, std::size_t size) override {
        ULONG done = 0;
        check(m_stream->Read(buffer, narrow_size(size), &done), "IStream::Read of an attachment");
        return done;
    }

private:
    com::Ptr<IStream> m_stream;
};

PropertyBag read_props(IMAPIProp* object, std::initializer_list<ULONG> tags) {
    return PropertyBag(object::get_props(object, std::span(tags.begin(), tags.size())));
}

std::vector<mime::Mailbox> reply_to(BytesView entries) {
    std::vector<mime::Mailbox> mailboxes;
    // FLATENTRYLIST: a count, a size, then entries of 4 + n bytes, padded to 4. Page:
    // mapi/flatentrylist.md
    format::Reader reader(entries);
    const std::uint32_t count = reader.u32();
    reader.u32();
    for (std::uint32_t i = 0; i < count && !reader.failed(); ++i) {
        const std::uint32_t size = reader.u32();
        const auto one_off = format::decode_one_off(reader.bytes(size));
        reader.bytes(std::min<std::size_t>((4 - size % 4) % 4, reader.rest().size()));
        if (one_off && text::equal_ignoring_case(one_off->address_type, kSmtp)) {
            mailboxes.push_back({one_off->display_name, one_off->email_address});
        }
    }
    return mailboxes;
}

class MapiMessage final : public mime::MessageSource {
public:
    MapiMessage(com::Ptr<IMessage> message, mime::Mailbox sender)
        : m_message(std::move(message)), m_sender(std::move(sender)) {}

    mime::Headers headers() override;
    String text() override;
    std::optional<String> html() override;
    std::vector<mime::Attachment> attachments() override;
    std::unique_ptr<mime::ByteSource> open_data(std::size_t index) override;
    std::shared_ptr<mime::MessageSource> open_message(std::size_t index) override;

private:
    com::Ptr<IAttach> open(std::size_t index);
    com::Ptr<IStream> open_stream(IAttach* attachment);
    mime::Attachment describe(std::size_t index);
    void add_recipients(mime::Headers& headers);

    com::Ptr<IMessage> m_message;
    mime::Mailbox m_sender;
    std::vector<ULONG> m_numbers;  ///< PR_ATTACH_NUM of what attachments() answered
};

mime::Headers MapiMessage::headers() {
    const PropertyBag props = read_props(
        m_message.get(),
        {PR_SUBJECT_W, PR_CLIENT_SUBMIT_TIME, PR_IMPORTANCE, PR_PRIORITY, PR_SENSITIVITY,
         PR_READ_RECEIPT_REQUESTED, PR_SENT_REPRESENTING_NAME_W, PR_SENT_REPRESENTING_ADDRTYPE_W,
         PR_SENT_REPRESENTING_EMAIL_ADDRESS_W, PR_REPLY_RECIPIENT_ENTRIES, kTagInternetMessageId,
         kTagInternetReferences, kTagInReplyToId});
    mime::Headers headers;
    headers.from = headers.sender = m_sender;
    const StringView represented = props.text(PR_SENT_REPRESENTING_EMAIL_ADDRESS_W);
    if (!represented.empty() &&
        text::equal_ignoring_case(props.text(PR_SENT_REPRESENTING_ADDRTYPE_W), kSmtp)) {
        headers.from = {String(props.text(PR_SENT_REPRESENTING_NAME_W)), String(represented)};
    }
    headers.reply_to = reply_to(props.bytes(PR_REPLY_RECIPIENT_ENTRIES));
    headers.subject = props.text(PR_SUBJECT_W);
    headers.submit_time = static_cast<std::uint64_t>(props.number(PR_CLIENT_SUBMIT_TIME));
    headers.message_id = props.text(kTagInternetMessageId);
    headers.in_reply_to = props.text(kTagInReplyToId);
    headers.references = props.text(kTagInternetReferences);
    const auto importance = props.number(PR_IMPORTANCE, IMPORTANCE_NORMAL);
    if (importance == IMPORTANCE_HIGH) headers.importance = mime::Importance::High;
    if (importance == IMPORTANCE_LOW) headers.importance = mime::Importance::Low;
    const auto priority = props.number(PR_PRIORITY);
    if (priority != 0)
        headers.priority = priority > 0 ? mime::Priority::Urgent : mime::Priority::NonUrgent;
    const auto sensitivity = props.number(PR_SENSITIVITY);
    if (sensitivity >= 0 && sensitivity <= 3)
        headers.sensitivity = static_cast<mime::Sensitivity>(sensitivity);
    headers.read_receipt = props.truth(PR_READ_RECEIPT_REQUESTED);
    add_recipients(headers);
    return headers;
}

void MapiMessage::add_recipients(mime::Headers& headers) {
    com::Ptr<IMAPITable> table;
    check(m_message->GetRecipientTable(MAPI_UNICODE, table.put()), "IMessage::GetRecipientTable");
    object::RowQuery query;
    query.columns = {PR_RECIPIENT_TYPE, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W};
    for (const PropertyBag& row : object::query_all_rows(table.get(), query)) {
        const auto type = static_cast<ULONG>(row.number(PR_RECIPIENT_TYPE));
        if (!is_smtp(row) || (type & MAPI_P1) != 0) continue;
        mime::Mailbox mailbox{String(row.text(PR_DISPLAY_NAME_W)),
                              String(row.text(PR_EMAIL_ADDRESS_W))};
        // A name that only repeats the address tells nothing.
        if (mailbox.name == mailbox.address) mailbox.name.clear();
        if ((type & kClassMask) == MAPI_TO)
            headers.to.push_back(std::move(mailbox));
        else if ((type & kClassMask) == MAPI_CC)
            headers.cc.push_back(std::move(mailbox));
    }
}

String MapiMessage::text() {
    const auto body = object::get_large_prop(m_message.get(), PR_BODY_W);
    return body && body->is_text() ? body->text() : String();
}

std::optional<String> MapiMessage::html() {
    const auto value = object::get_large_prop(m_message.get(), kTagHtml);
    if (!value || value->is_error()) return std::nullopt;
    if (value->is_text()) return value->text();
    const Bytes* bytes = value->get_if<Bytes>();
    if (!bytes) return std::nullopt;
    const std::string_view raw(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    const auto code_page = object::get_one_prop(m_message.get(), kTagInternetCodePage);
    if (code_page && !code_page->is_error()) {
        try {
            return text::to_wide(raw, static_cast<UINT>(code_page->number()));
        } catch (const Error& error) {
            if (error.code() != static_cast<HRESULT>(MAPI_E_UNKNOWN_CPID)) throw;
        }
    }
    return port::is_utf8(raw) ? port::from_utf8(raw) : text::to_wide(raw);
}

std::vector<mime::Attachment> MapiMessage::attachments() {
    com::Ptr<IMAPITable> table;
    check(m_message->GetAttachmentTable(MAPI_UNICODE, table.put()), "IMessage::GetAttachmentTable");
    object::RowQuery query;
    query.columns = {PR_ATTACH_NUM, PR_ATTACH_METHOD};
    query.order = {{PR_ATTACH_NUM, false}};
    m_numbers.clear();
    std::vector<mime::Attachment> all;
    for (const PropertyBag& row : object::query_all_rows(table.get(), query)) {
        if (row.number(PR_ATTACH_METHOD) == static_cast<std::int64_t>(NO_ATTACHMENT)) continue;
        m_numbers.push_back(static_cast<ULONG>(row.number(PR_ATTACH_NUM)));
        all.push_back(describe(m_numbers.size() - 1));
    }
    return all;
}

mime::Attachment MapiMessage::describe(std::size_t index) {
    const com::Ptr<IAttach> attachment = open(index);
    const PropertyBag props =
        read_props(attachment.get(),
                   {PR_ATTACH_METHOD, PR_ATTACH_LONG_FILENAME_W, PR_ATTACH_FILENAME_W,
                    PR_DISPLAY_NAME_W, PR_ATTACH_MIME_TAG_W, kTagAttachContentId, kTagAttachFlags});
    mime::Attachment about;
    for (const ULONG tag : {PR_ATTACH_LONG_FILENAME_W, PR_ATTACH_FILENAME_W, PR_DISPLAY_NAME_W}) {
        if (about.file_name.empty()) about.file_name = props.text(tag);
    }
    about.media_type = props.text(PR_ATTACH_MIME_TAG_W);
    about.content_id = props.text(kTagAttachContentId);
    about.shown_in_html =
        !about.content_id.empty() && (props.number(kTagAttachFlags) & kAttachShownInHtml) != 0;
    about.is_message =
        props.number(PR_ATTACH_METHOD) == static_cast<std::int64_t>(ATTACH_EMBEDDED_MSG);
    if (about.is_message) return about;
    STATSTG stat = {};
    check(open_stream(attachment.get())->Stat(&stat, STATFLAG_NONAME),
          "IStream::Stat of an attachment");
    about.size_bytes = stat.cbSize.QuadPart;
    return about;
}

com::Ptr<IAttach> MapiMessage::open(std::size_t index) {
    com::Ptr<IAttach> attachment;
    check(m_message->OpenAttach(m_numbers.at(index), nullptr, 0, attachment.put()),
          "IMessage::OpenAttach");
    return attachment;
}

com::Ptr<IStream> MapiMessage::open_stream(IAttach* attachment) {
    const PropertyBag props =
        read_props(attachment, {PR_ATTACH_METHOD, PR_ATTACH_LONG_PATHNAME_W, PR_ATTACH_PATHNAME_W});
    const auto method = static_cast<ULONG>(props.number(PR_ATTACH_METHOD));
    if (method == ATTACH_BY_REFERENCE || method == ATTACH_BY_REF_RESOLVE ||
        method == ATTACH_BY_REF_ONLY) {
        StringView path = props.text(PR_ATTACH_LONG_PATHNAME_W);
        if (path.empty()) path = props.text(PR_ATTACH_PATHNAME_W);
        return object::open_file_stream(path, STGM_READ);
    }
    com::Ptr<IStream> stream;
    check(attachment->OpenProperty(PR_ATTACH_DATA_BIN, &IID_IStream, STGM_READ, 0,
                                   stream.put_as<IUnknown>()),
          "opening PR_ATTACH_DATA_BIN");
    return stream;
}

std::unique_ptr<mime::ByteSource> MapiMessage::open_data(std::size_t index) {
    const com::Ptr<IAttach> attachment = open(index);
    return std::make_unique<StreamBytes>(open_stream(attachment.get()));
}

std::shared_ptr<mime::MessageSource> MapiMessage::open_message(std::size_t index) {
    const com::Ptr<IAttach> attachment = open(index);
    com::Ptr<IMessage> message;
    check(attachment->OpenProperty(PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0,
                                   message.put_as<IUnknown>()),
          "opening PR_ATTACH_DATA_OBJ");
    return std::make_shared<MapiMessage>(std::move(message), mime::Mailbox());
}

}  // namespace

std::shared_ptr<mime::MessageSource> read_message(com::Ptr<IMessage> message,
                                                  mime::Mailbox sender) {
    return std::make_shared<MapiMessage>(std::move(message), std::move(sender));
}

bool is_smtp(const PropertyBag& recipient) noexcept {
    return text::equal_ignoring_case(recipient.text(PR_ADDRTYPE_W), kSmtp) &&
           !recipient.text(PR_EMAIL_ADDRESS_W).empty();
}

}  // namespace remapi::internet
