// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What a MIME message is composed from. Plain C++: whoever has a message (a MAPI object, a test)
// puts this interface before it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "port/wide.h"

namespace remapi::mime {

/// Somebody's name and Internet address; the name may be empty.
struct Mailbox {
    String name;
    String address;
};

enum class Importance { Low, Normal, High };
enum class Priority { NonUrgent, Normal, Urgent };
enum class Sensitivity { None, Personal, Private, Confidential };

/// The header of a message. Empty members are left out.
struct Headers {
    Mailbox from;
    Mailbox sender;  ///< who hands it in; written when that is somebody else than `from`
    std::vector<Mailbox> to;
    std::vector<Mailbox> cc;
    std::vector<Mailbox> reply_to;
    String subject;
    std::uint64_t submit_time = 0;  ///< file time, UTC
    String message_id;              ///< with its angle brackets, as the next two
    String in_reply_to;
    String references;
    Importance importance = Importance::Normal;
    Priority priority = Priority::Normal;
    Sensitivity sensitivity = Sensitivity::None;
    bool read_receipt = false;  ///< `from` wants to know when it is read
};

/// Bytes that are read once, front to back.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Puts up to `size` bytes into `buffer`; 0 at the end. Throws when they cannot be read.
    virtual std::size_t read(void* buffer, std::size_t size) = 0;
};

/// What is known of an attachment before it is read.
struct Attachment {
    bool is_message =
        false;          ///< a message within the message: the other members but name mean nothing
    String file_name;   ///< long name with its ending; may be empty
    String media_type;  ///< "image/png"; empty: told from the name
    String content_id;  ///< without angle brackets
    bool shown_in_html = false;    ///< the HTML text refers to it by `content_id`
    std::uint64_t size_bytes = 0;  ///< exactly what its ByteSource will give
};

/// A message to be composed. One thread at a time; every method may be called repeatedly, and
/// throws when the message cannot be read.
class MessageSource {
public:
    virtual ~MessageSource() = default;
    virtual Headers headers() = 0;
    /// The plain text, line ends of any kind.
    virtual String text() = 0;
    /// The HTML text, nullopt when there is none.
    virtual std::optional<String> html() = 0;
    virtual std::vector<Attachment> attachments() = 0;
    /// The bytes of attachment number `index`.
    virtual std::unique_ptr<ByteSource> open_data(std::size_t index) = 0;
    /// The message that attachment number `index` is.
    virtual std::shared_ptr<MessageSource> open_message(std::size_t index) = 0;
};

}  // namespace remapi::mime
