// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Writes JSON (RFC 8259) as UTF-8, for scripts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "port/wide.h"

namespace remapi::tool {

/// Builds one JSON text from the outside in. Not checked: that begin and end match is the caller's
/// care, and that each member of an object has its key.
class JsonWriter {
public:
    JsonWriter& begin_object() { return open('{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_array() { return open('['); }
    JsonWriter& end_array() { return close(']'); }
    JsonWriter& key(std::string_view name);

    JsonWriter& value(std::string_view utf8);
    JsonWriter& value(const char* utf8) { return value(std::string_view(utf8)); }
    JsonWriter& value(StringView text);
    JsonWriter& value(const String& text) { return value(StringView(text)); }
    JsonWriter& value(bool truth);
    JsonWriter& value(std::int64_t number);
    JsonWriter& value(std::uint32_t number) { return value(static_cast<std::int64_t>(number)); }
    JsonWriter& null();

    /// One member of an object.
    template <class Value>
    JsonWriter& member(std::string_view name, const Value& content) {
        return key(name).value(content);
    }

    const std::string& text() const noexcept { return m_text; }

private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    void separate();
    void quote(std::string_view utf8);

    std::string m_text;
    bool m_needs_comma = false;
    bool m_after_key = false;
};

}  // namespace remapi::tool
