// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What a program asks Simple MAPI to send, as plain values: the A and W structures end here.
#pragma once

#include <vector>

#include "abi/mapi.h"
#include "port/wide.h"

namespace remapi::simple {

/// A text as MAPI's in-parameters take it, which are not const. Valid as long as `text`.
inline WideChar* unowned(const String& text) noexcept {
    return const_cast<WideChar*>(text.c_str());
}

/// One recipient as the program gave it; nothing is resolved yet.
struct RecipientRequest {
    ULONG recipient_class = MAPI_TO;
    String name;
    String address;
    std::string entry_id;  ///< bytes of lpEntryID, empty when there are none
};

/// One file to attach.
struct FileRequest {
    String path;  ///< absolute: resolved against the caller's directory at the edge (quirk Q1)
    String
        name;  ///< what the recipient sees; the path's leaf when the program gave none (quirk Q14)
    String mime_type;  ///< from lpFileType's encoding, empty as a rule
    ULONG position = 0xFFFFFFFFu;
    ULONG flags = 0;  ///< MAPI_OLE, MAPI_OLE_STATIC
};

/// A whole message.
struct MessageRequest {
    String subject;
    String body;
    String message_class;
    bool receipt_requested = false;
    std::vector<RecipientRequest> recipients;
    std::vector<FileRequest> files;
};

/// Most recipients and files that one message may have (quirk Q32: callers need no more).
constexpr ULONG kMostRecipients = 100000;
constexpr ULONG kMostFiles = 10000;

/// Reads the program's structure. Throws SimpleError: MAPI_E_FAILURE without a message,
/// MAPI_E_TOO_MANY_RECIPIENTS, MAPI_E_TOO_MANY_FILES, MAPI_E_BAD_RECIPTYPE, MAPI_E_INVALID_RECIPS,
/// MAPI_E_ATTACHMENT_NOT_FOUND for a file without a path.
MessageRequest read_message(const MapiMessage* message);
MessageRequest read_message(const MapiMessageW* message);

/// The request behind MAPISendDocuments: files only. `delimiter` separates paths and names; without
/// one there is a single path. Throws SimpleError(MAPI_E_FAILURE) without paths.
MessageRequest read_documents(const char* delimiter, const char* paths, const char* names);

}  // namespace remapi::simple
