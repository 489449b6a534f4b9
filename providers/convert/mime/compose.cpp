// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/convert/mime/compose.h"

#include "abi/error.h"
#include "port/random.h"
#include "port/utf.h"
#include "providers/convert/mime/gmime.h"
#include "providers/convert/mime/media_type.h"
#include "providers/convert/mime/message_headers.h"
#include "providers/convert/mime/text_encoding.h"

namespace remapi::mime {
namespace {

constexpr unsigned kDeepest = 50;

// Neither base64 nor quoted-printable can hold "=_".
std::string new_boundary() {
    unsigned char random[15];
    if (!port::random_bytes(random, sizeof random)) {
        throw Error(MAPI_E_CALL_FAILED, "asking the system for random bytes");
    }
    std::string coded;
    append_base64(coded, random, sizeof random);
    coded.resize(20);  // without its line end
    for (char& c : coded) {
        if (c == '+' || c == '/') c = 'x';
    }
    return "=_" + coded;
}

// Builds "multipart/…" from bodies: entities with their own Content-… headers.
MimeDocument multipart(std::string_view subtype, std::vector<MimeDocument> bodies) {
    const std::string boundary = new_boundary();
    MimeDocument result;
    result.add("Content-Type: multipart/" + std::string(subtype) + ";\r\n boundary=\"" + boundary +
               "\"\r\n\r\n");
    bool first = true;
    for (MimeDocument& body : bodies) {
        result.add((first ? "--" : "\r\n--") + boundary + "\r\n");
        result.append(std::move(body));
        first = false;
    }
    result.add("\r\n--" + boundary + "--\r\n");
    return result;
}

MimeDocument text_entity(const char* subtype, const String& text) {
    const EncodedText encoded = encode_text(port::to_utf8(text));
    MimeDocument result;
    result.add("Content-Type: text/" + std::string(subtype) + "; charset=" + encoded.charset +
               "\r\nContent-Transfer-Encoding: " + encoded.transfer_encoding + "\r\n\r\n" +
               encoded.bytes);
    return result;
}

// A file name that means the same everywhere: no folders, no control characters.
std::string file_name_of(const Attachment& attachment) {
    std::string name = header_text(attachment.file_name);
    const std::size_t separator = name.find_last_of("/\\");
    if (separator != std::string::npos) name.erase(0, separator + 1);
    return name.empty() ? "attachment" : name;
}

void set_name(GMimeParamList* list, const char* parameter, const std::string& name,
              GMimeParamEncodingMethod method) {
    g_mime_param_list_set_parameter(list, parameter, name.c_str());
    GMimeParam* param = g_mime_param_list_get_parameter(list, parameter);
    g_mime_param_set_charset(param, "utf-8");
    g_mime_param_set_encoding_method(param, method);
}

// The file name goes out twice: as RFC 2231 has it, and in the older form for readers that know
// nothing else.
std::string data_headers(const Attachment& attachment) {
    const MediaType media = media_type_of(attachment.media_type, attachment.file_name);
    const GPtr<GMimePart> part(
        g_mime_part_new_with_type(media.type.c_str(), media.subtype.c_str()));
    GMimeObject* object = GMIME_OBJECT(part.get());
    const std::string name = file_name_of(attachment);
    set_name(g_mime_content_type_get_parameters(g_mime_object_get_content_type(object)), "name",
             name, GMIME_PARAM_ENCODING_METHOD_RFC2047);
    const GPtr<GMimeContentDisposition> disposition(g_mime_content_disposition_new());
    g_mime_content_disposition_set_disposition(disposition.get(),
                                               attachment.shown_in_html ? "inline" : "attachment");
    set_name(g_mime_content_disposition_get_parameters(disposition.get()), "filename", name,
             GMIME_PARAM_ENCODING_METHOD_RFC2231);
    g_mime_object_set_content_disposition(object, disposition.get());
    const std::string id = header_text(attachment.content_id);
    if (!id.empty()) g_mime_object_set_content_id(object, id.c_str());
    std::string headers = headers_of(object);
    headers += "Content-Transfer-Encoding: base64\r\n\r\n";
    return headers;
}

MimeDocument compose_at(const std::shared_ptr<MessageSource>& source, unsigned depth);

MimeDocument attachment_entity(const std::shared_ptr<MessageSource>& source,
                               const Attachment& attachment, std::size_t index, unsigned depth) {
    MimeDocument result;
    if (attachment.is_message) {
        result.add("Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n");
        result.append(compose_at(source->open_message(index), depth + 1));
        return result;
    }
    result.add(data_headers(attachment));
    result.add_base64([source, index] { return source->open_data(index); }, attachment.size_bytes);
    return result;
}

// The text in all its forms, with what the HTML shows.
MimeDocument text_body(MessageSource& source, std::vector<MimeDocument> shown) {
    MimeDocument plain = text_entity("plain", source.text());
    const std::optional<String> html = source.html();
    if (!html) return plain;
    MimeDocument rich = text_entity("html", *html);
    if (!shown.empty()) {
        shown.insert(shown.begin(), std::move(rich));
        rich = multipart("related; type=\"text/html\"", std::move(shown));
    }
    std::vector<MimeDocument> forms;
    forms.push_back(std::move(plain));
    forms.push_back(std::move(rich));
    return multipart("alternative", std::move(forms));
}

MimeDocument compose_at(const std::shared_ptr<MessageSource>& source, unsigned depth) {
    if (depth > kDeepest) throw Error(MAPI_E_TOO_COMPLEX, "composing messages within messages");
    const bool has_html = source->html().has_value();
    const std::vector<Attachment> attachments = source->attachments();
    std::vector<MimeDocument> shown, files;
    for (std::size_t i = 0; i < attachments.size(); ++i) {
        const bool in_html = has_html && attachments[i].shown_in_html && !attachments[i].is_message;
        (in_html ? shown : files).push_back(attachment_entity(source, attachments[i], i, depth));
    }
    MimeDocument body = text_body(*source, std::move(shown));
    if (!files.empty()) {
        files.insert(files.begin(), std::move(body));
        body = multipart("mixed", std::move(files));
    }
    MimeDocument result;
    result.add(message_headers(source->headers()));
    result.append(std::move(body));
    return result;
}

}  // namespace

MimeDocument compose(const std::shared_ptr<MessageSource>& source) {
    start_gmime();
    return compose_at(source, 0);
}

}  // namespace remapi::mime
