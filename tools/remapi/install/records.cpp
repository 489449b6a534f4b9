// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/install/records.h"

#include <cstdio>

#include "text/text.h"

namespace remapi::tool {
namespace {

void append_escaped(std::string& out, std::string_view field) {
    for (const char byte : field) {
        const auto unit = static_cast<unsigned char>(byte);
        if (unit >= 0x20 && unit != 0x7F && byte != '%') {
            out += byte;
            continue;
        }
        char escape[4] = {};
        std::snprintf(escape, sizeof escape, "%%%02X", unit);
        out += escape;
    }
}

bool unescape(std::string_view field, std::string& out) {
    out.clear();
    for (std::size_t i = 0; i < field.size(); ++i) {
        if (field[i] != '%') {
            out += field[i];
            continue;
        }
        const std::optional<std::string> byte =
            field.size() - i > 2 ? text::from_hex(field.substr(i + 1, 2)) : std::nullopt;
        if (!byte) return false;
        out += *byte;
        i += 2;
    }
    return true;
}

std::optional<Record> parse_line(std::string_view line) {
    Record record;
    for (;;) {
        const std::size_t tab = line.find('\t');
        record.emplace_back();
        if (!unescape(line.substr(0, tab), record.back())) return std::nullopt;
        if (tab == std::string_view::npos) return record;
        line.remove_prefix(tab + 1);
    }
}

}  // namespace

std::string format_records(const std::vector<Record>& records) {
    std::string text;
    for (const Record& record : records) {
        for (std::size_t i = 0; i < record.size(); ++i) {
            if (i > 0) text += '\t';
            append_escaped(text, record[i]);
        }
        text += '\n';
    }
    return text;
}

std::optional<std::vector<Record>> parse_records(std::string_view text) {
    std::vector<Record> records;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (line.empty()) continue;
        std::optional<Record> record = parse_line(line);
        if (!record) return std::nullopt;
        records.push_back(*std::move(record));
    }
    return records;
}

}  // namespace remapi::tool
