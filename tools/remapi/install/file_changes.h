// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Puts files into folders that belong to others, keeps what was there, and undoes it.
#pragma once

#include <string>
#include <vector>

#include "port/wide.h"
#include "tools/remapi/install/records.h"

namespace remapi::tool {

/// The changes under one root folder. What was there is moved into the state folder; a record of
/// every change is on disk before the change happens, so that an interrupted installation can be
/// undone too. Methods throw Failure(Failed).
class FileChanges {
public:
    /// Continues with what an earlier run recorded in `state`, an absolute path.
    FileChanges(String root, String state);

    /// Whether a run before recorded anything.
    bool installed() const noexcept { return !m_records.empty(); }
    /// Copies `source` to `target` (relative to the root), in one step for whoever opens it
    /// meanwhile.
    void copy(StringView source, const String& target);
    /// The same with the bytes of a text.
    void write(std::string_view bytes, const String& target);
    /// The bytes of `target` before the first change; empty when there was no such file.
    std::string original(const String& target) const;
    /// Replaces what original() answers, and so what undo() puts back.
    void change_original(const String& target, std::string_view bytes);

    /// Puts back what was there, removes what was not, and the state folder's own files.
    void undo();

private:
    const Record* find(const String& target) const;
    /// Notes the change and moves what is there out of the way, unless that was done before.
    void prepare(const String& target);
    void save() const;
    String full(StringView target) const;
    String kept(const Record& record) const;

    String m_root;
    String m_state;
    std::vector<Record> m_records;  ///< "file", "new" or "kept", target, number
};

/// Copies a file byte by byte to a new name in one step. Throws Failure(Failed).
void copy_file(StringView source, const String& target);

}  // namespace remapi::tool
