// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/remapi/install/file_changes.h"

#include "port/file.h"
#include "port/utf.h"
#include "tools/remapi/cli/failure.h"

namespace remapi::tool {
namespace {

constexpr StringView kRecordsName = REMAPI_W("files.tsv");
constexpr std::size_t kFields = 4;

void expect(port::SystemError error, const char* what, StringView path) {
    if (!error) return;
    throw Failure(ExitCode::Failed,
                  std::string(what) + " " + port::to_utf8(path) + ": " + port::describe(error));
}

}  // namespace

void copy_file(StringView source, const String& target) {
    const String fresh = target + REMAPI_W(".remapi-new");
    port::File from;
    port::File to;
    expect(from.open(source, port::File::Mode::Read), "reading", source);
    expect(to.open(fresh, port::File::Mode::Overwrite), "writing", fresh);
    char buffer[65536];
    for (;;) {
        std::size_t count = 0;
        expect(from.read(buffer, sizeof buffer, count), "reading", source);
        if (count == 0) break;
        expect(to.write(buffer, count), "writing", fresh);
    }
    to.close();
    expect(port::replace_file(fresh, target), "replacing", target);
}

FileChanges::FileChanges(String root, String state)
    : m_root(std::move(root)), m_state(std::move(state)) {
    std::string text;
    const String path = port::join_path(m_state, kRecordsName);
    const port::SystemError error = port::read_file(path, text);
    if (port::is_not_found(error) || !port::exists(path)) return;
    expect(error, "reading", path);
    std::optional<std::vector<Record>> records = parse_records(text);
    if (!records) throw Failure(ExitCode::Failed, port::to_utf8(path) + " is damaged");
    for (Record& record : *records) {
        if (record.size() == kFields && record[0] == "file") m_records.push_back(std::move(record));
    }
}

String FileChanges::full(StringView target) const {
    return port::join_path(m_root, String(target));
}

String FileChanges::kept(const Record& record) const {
    return port::join_path(m_state, port::from_utf8(record[3] + ".kept"));
}

const Record* FileChanges::find(const String& target) const {
    const std::string name = port::to_utf8(target);
    for (const Record& record : m_records) {
        if (record[2] == name) return &record;
    }
    return nullptr;
}

void FileChanges::save() const {
    expect(port::create_folders(m_state), "making", m_state);
    const String path = port::join_path(m_state, kRecordsName);
    expect(port::write_file(path, format_records(m_records)), "writing", path);
}

void FileChanges::prepare(const String& target) {
    const Record* record = find(target);
    if (!record) {
        const bool is_there = port::exists(full(target));
        m_records.push_back({"file", is_there ? "kept" : "new", port::to_utf8(target),
                             std::to_string(m_records.size())});
        save();
        record = &m_records.back();
    }
    const bool to_be_kept = (*record)[1] == "kept" && !port::exists(kept(*record));
    if (to_be_kept)
        expect(port::replace_file(full(target), kept(*record)), "keeping", full(target));
}

void FileChanges::copy(StringView source, const String& target) {
    prepare(target);
    copy_file(source, full(target));
}

void FileChanges::write(std::string_view bytes, const String& target) {
    prepare(target);
    expect(port::write_file(full(target), bytes), "writing", full(target));
}

std::string FileChanges::original(const String& target) const {
    const Record* const record = find(target);
    if (record && (*record)[1] == "new") return {};
    const bool moved = record && port::exists(kept(*record));
    std::string bytes;
    const String path = moved ? kept(*record) : full(target);
    if (port::exists(path)) expect(port::read_file(path, bytes), "reading", path);
    return bytes;
}

void FileChanges::change_original(const String& target, std::string_view bytes) {
    for (Record& record : m_records) {
        if (record[2] != port::to_utf8(target)) continue;
        if (bytes.empty() && record[1] == "new") return;
        expect(port::write_file(kept(record), bytes), "writing", kept(record));
        record[1] = "kept";
        save();
    }
}

void FileChanges::undo() {
    while (!m_records.empty()) {
        const Record& record = m_records.back();
        const String target = full(port::from_utf8(record[2]));
        if (record[1] == "new" && port::exists(target))
            expect(port::remove_file(target), "removing", target);
        if (record[1] == "kept" && port::exists(kept(record))) {
            expect(port::replace_file(kept(record), target), "restoring", target);
        }
        m_records.pop_back();
        save();
    }
    const String path = port::join_path(m_state, kRecordsName);
    if (port::exists(path)) expect(port::remove_file(path), "removing", path);
}

}  // namespace remapi::tool
