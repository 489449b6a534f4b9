// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A message in memory, for tests.
#pragma once

#include <cstring>
#include <functional>
#include <string>

#include "providers/convert/mime/message_source.h"

namespace remapi::mime {

/// Gives the bytes of a text.
class MemoryBytes final : public ByteSource {
public:
    explicit MemoryBytes(std::string bytes) : m_bytes(std::move(bytes)) {}
    std::size_t read(void* buffer, std::size_t size) override {
        const std::size_t now = std::min(size, m_bytes.size() - m_read);
        std::memcpy(buffer, m_bytes.data() + m_read, now);
        m_read += now;
        return now;
    }

private:
    std::string m_bytes;
    std::size_t m_read = 0;
};

/// Gives `size` bytes of a pattern without holding them.
class PatternBytes final : public ByteSource {
public:
    explicit PatternBytes(std::uint64_t size) : m_left(size) {}
    std::size_t read(void* buffer, std::size_t size) override {
        const auto now = static_cast<std::size_t>(std::min<std::uint64_t>(size, m_left));
        std::memset(buffer, static_cast<int>(m_left % 251), now);
        m_left -= now;
        return now;
    }

private:
    std::uint64_t m_left;
};

class MemoryMessage final : public MessageSource {
public:
    struct Part {
        Attachment about;
        std::string bytes;
        std::shared_ptr<MemoryMessage> message;
        bool pattern = false;
    };

    Headers m_headers;
    String m_text;
    std::optional<String> m_html;
    std::vector<Part> m_parts;

    void attach(StringView name, std::string bytes, StringView media_type = {}) {
        Part part;
        part.about.file_name = name;
        part.about.media_type = media_type;
        part.about.size_bytes = bytes.size();
        part.bytes = std::move(bytes);
        m_parts.push_back(std::move(part));
    }

    Headers headers() override { return m_headers; }
    String text() override { return m_text; }
    std::optional<String> html() override { return m_html; }
    std::vector<Attachment> attachments() override {
        std::vector<Attachment> all;
        for (const Part& part : m_parts) all.push_back(part.about);
        return all;
    }
    std::unique_ptr<ByteSource> open_data(std::size_t index) override {
        const Part& part = m_parts[index];
        if (part.pattern) return std::make_unique<PatternBytes>(part.about.size_bytes);
        return std::make_unique<MemoryBytes>(part.bytes);
    }
    std::shared_ptr<MessageSource> open_message(std::size_t index) override {
        return m_parts[index].message;
    }
};

/// A small message from Ann to Ben.
inline std::shared_ptr<MemoryMessage> small_message() {
    auto message = std::make_shared<MemoryMessage>();
    message->m_headers.from = {REMAPI_W("Ann Ämter"), REMAPI_W("ann@example.org")};
    message->m_headers.sender = message->m_headers.from;
    message->m_headers.to = {{REMAPI_W("Ben"), REMAPI_W("ben@example.org")}};
    message->m_headers.subject = REMAPI_W("A subject");
    message->m_headers.submit_time = 134084412000000000;  // 2025-11-24 07:00:00 UTC
    message->m_headers.message_id = REMAPI_W("<1.2.3@example.org>");
    message->m_text = REMAPI_W("Hello\r\n.\r\n..two\nthree");
    return message;
}

}  // namespace remapi::mime
