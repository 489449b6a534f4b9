// SPDX-License-Identifier: LGPL-2.1-or-later
#include "simple/request.h"

#include "abi/error.h"
#include "port/code_page.h"
#include "port/file.h"
#include "text/text.h"

namespace remapi::simple {
namespace {

/// How the strings of one flavour become UTF-16.
struct Ansi {
    static String text(const char* text) { return text::to_wide(text); }
    static String path(const char* text) {
        return text::to_wide(text, port::file_name_code_page());
    }
};
struct Wide {
    static String text(const WideChar* text) { return String(text::view(text)); }
    static String path(const WideChar* text) { return String(text::view(text)); }
};

RecipientRequest read_class(ULONG recipient_class) {
    // The high bits carry MAPI_SUBMITTED and MAPI_P1, which mean nothing before submission.
    RecipientRequest out;
    out.recipient_class = recipient_class & 0x0FFFFFFF;
    if (out.recipient_class > MAPI_BCC) {
        throw SimpleError(MAPI_E_BAD_RECIPTYPE,
                          "recipient class " + std::to_string(recipient_class));
    }
    return out;
}

template <class Flavour, class Recipient>
RecipientRequest read_recipient(const Recipient& from) {
    RecipientRequest out = read_class(from.ulRecipClass);
    out.name = Flavour::text(from.lpszName);
    out.address = Flavour::text(from.lpszAddress);
    if (from.ulEIDSize != 0 && from.lpEntryID) {
        out.entry_id.assign(static_cast<const char*>(from.lpEntryID), from.ulEIDSize);
    }
    return out;
}

/// MapiFileTagExt: the encoding is a MIME type when it looks like one, an OID otherwise.
String mime_type_of(const void* file_type) {
    const auto* tag = static_cast<const MapiFileTagExt*>(file_type);
    if (!tag || tag->ulReserved != 0 || tag->cbTag == 0 || tag->cbTag > 255 || !tag->lpTag)
        return {};
    const std::string_view text(reinterpret_cast<const char*>(tag->lpTag), tag->cbTag);
    if (text.find('/') == std::string_view::npos) return {};
    for (const char c : text) {
        if (c <= ' ' || c > '~') return {};
    }
    return text::from_utf8(text);
}

/// A name that is safe as a file name anywhere: the leaf, without control characters.
String clean_name(StringView name) {
    String out;
    for (const WideChar unit : port::leaf_name(name)) {
        if (unit >= 0x20 && unit != 0x7F) out.push_back(unit);
    }
    // The program may be a Windows program and the name a Windows path, on any platform (quirk
    // Q14).
    const std::size_t slash = out.find_last_of(REMAPI_W("\\/"));
    return slash == String::npos ? out : out.substr(slash + 1);
}

FileRequest make_file(StringView path, StringView name) {
    if (path.empty())
        throw SimpleError(MAPI_E_ATTACHMENT_NOT_FOUND, "an attachment without a path");
    FileRequest out;
    out.path = port::absolute_path(path);
    out.name = clean_name(name);
    if (out.name.empty()) out.name = clean_name(path);
    return out;
}

template <class Flavour, class File>
FileRequest read_file(const File& from) {
    FileRequest out = make_file(Flavour::path(from.lpszPathName), Flavour::text(from.lpszFileName));
    out.position = from.nPosition;
    out.flags = from.flFlags;
    out.mime_type = mime_type_of(from.lpFileType);
    return out;
}

template <class Flavour, class Message>
MessageRequest read(const Message* message) {
    if (!message) throw SimpleError(MAPI_E_FAILURE, "no message");
    if (message->nRecipCount > kMostRecipients) {
        throw SimpleError(MAPI_E_TOO_MANY_RECIPIENTS,
                          std::to_string(message->nRecipCount) + " recipients");
    }
    if (message->nFileCount > kMostFiles) {
        throw SimpleError(MAPI_E_TOO_MANY_FILES, std::to_string(message->nFileCount) + " files");
    }
    if (message->nRecipCount != 0 && !message->lpRecips) {
        throw SimpleError(MAPI_E_INVALID_RECIPS, "recipients are counted but missing");
    }
    if (message->nFileCount != 0 && !message->lpFiles) {
        throw SimpleError(MAPI_E_ATTACHMENT_NOT_FOUND, "files are counted but missing");
    }
    MessageRequest out;
    out.subject = Flavour::text(message->lpszSubject);
    out.body = Flavour::text(message->lpszNoteText);
    out.message_class = Flavour::text(message->lpszMessageType);
    out.receipt_requested = (message->flFlags & MAPI_RECEIPT_REQUESTED) != 0;
    for (ULONG i = 0; i < message->nRecipCount; ++i) {
        out.recipients.push_back(read_recipient<Flavour>(message->lpRecips[i]));
    }
    for (ULONG i = 0; i < message->nFileCount; ++i) {
        out.files.push_back(read_file<Flavour>(message->lpFiles[i]));
    }
    return out;
}

/// The parts of `text` between `delimiter`s; the whole text when there is none. Empty parts are
/// kept.
std::vector<String> split(StringView text, StringView delimiter) {
    std::vector<String> parts;
    while (!delimiter.empty()) {
        const std::size_t at = text.find(delimiter);
        if (at == StringView::npos) break;
        parts.emplace_back(text.substr(0, at));
        text.remove_prefix(at + delimiter.size());
    }
    parts.emplace_back(text);
    return parts;
}

}  // namespace

MessageRequest read_message(const MapiMessage* message) {
    return read<Ansi>(message);
}

MessageRequest read_message(const MapiMessageW* message) {
    return read<Wide>(message);
}

MessageRequest read_documents(const char* delimiter, const char* paths, const char* names) {
    if (!paths || !*paths) throw SimpleError(MAPI_E_FAILURE, "no documents");
    const String separator = Ansi::text(delimiter);
    const std::vector<String> given_names = split(Ansi::text(names), separator);
    MessageRequest out;
    std::size_t index = 0;
    for (const String& path : split(Ansi::path(paths), separator)) {
        const StringView name =
            index < given_names.size() ? StringView(given_names[index]) : StringView();
        ++index;
        if (text::trimmed(path).empty()) continue;  // a delimiter at the end
        out.files.push_back(make_file(text::trimmed(path), name));
    }
    if (out.files.size() > kMostFiles)
        throw SimpleError(MAPI_E_TOO_MANY_FILES, "too many documents");
    return out;
}

}  // namespace remapi::simple
