// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <vector>

#include "port/wide.h"

namespace remapi::spi {

/// The lines of an INI file that mean something, in their order. A line without an equal sign that
/// is no section header counts as an entry with an empty value.
struct IniSection {
    struct Entry {
        String key;
        String value;
    };
    String name;
    std::vector<Entry> entries;
};

/// The text of a file's bytes: UTF-16 of either order with a byte-order mark, or without one when
/// every other byte is zero; UTF-8 with a mark; else the ANSI code page. Zero characters become
/// spaces.
String decode_text_file(std::string_view bytes);

/// Takes `text` apart. Comments start with a semicolon or "//" at the start of a line; a backslash
/// at the end of a line, after white space or a comma, joins the next to it; white space around
/// names, keys and values does not count, nor do quotation marks around a whole value. Entries
/// before the first section are dropped. Sections of one name (case ignored) become one. Linear in
/// the size of the text.
std::vector<IniSection> parse_ini(StringView text);

}  // namespace remapi::spi
