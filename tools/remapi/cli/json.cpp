// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/cli/json.h"

#include <cstdio>

#include "port/utf.h"

namespace remapi::tool {

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    quote(name);
    m_text += ": ";
    m_after_key = true;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view utf8) {
    separate();
    quote(utf8);
    return *this;
}

JsonWriter& JsonWriter::value(StringView text) {
    return value(std::string_view(port::to_utf8(text)));
}

JsonWriter& JsonWriter::value(bool truth) {
    separate();
    m_text += truth ? "true" : "false";
    return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number) {
    separate();
    m_text += std::to_string(number);
    return *this;
}

JsonWriter& JsonWriter::null() {
    separate();
    m_text += "null";
    return *this;
}

JsonWriter& JsonWriter::open(char bracket) {
    separate();
    m_text += bracket;
    m_needs_comma = false;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    m_text += bracket;
    m_needs_comma = true;
    return *this;
}

void JsonWriter::separate() {
    if (m_needs_comma && !m_after_key) m_text += ", ";
    m_after_key = false;
    m_needs_comma = true;
}

void JsonWriter::quote(std::string_view utf8) {
    m_text += '"';
    for (const char byte : utf8) {
        const auto unit = static_cast<unsigned char>(byte);
        if (byte == '"' || byte == '\\') {
            m_text += '\\';
            m_text += byte;
        } else if (byte == '\n') {
            m_text += "\\n";
        } else if (byte == '\r') {
            m_text += "\\r";
        } else if (byte == '\t') {
            m_text += "\\t";
        } else if (unit < 0x20 || unit == 0x7F) {
            char escape[8] = {};
            std::snprintf(escape, sizeof escape, "\\u%04x", unit);
            m_text += escape;
        } else {
            m_text += byte;
        }
    }
    m_text += '"';
}

}  // namespace remapi::tool
