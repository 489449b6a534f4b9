// SPDX-License-Identifier: LGPL-2.1-or-later
#include "port/call_state.h"

#include <windows.h>

#include "port/win32/system.h"

namespace remapi::port {
namespace {

String current_folder() {
    return sized_text(
        [](WideChar* buffer, DWORD size) { return GetCurrentDirectoryW(size, buffer); });
}

/// Whether an entry of the environment is "=X:=path", the current directory of drive X.
bool is_drive_entry(StringView entry) noexcept {
    return entry.size() > 4 && entry[0] == L'=' && entry[2] == L':' && entry[3] == L'=';
}

/// Those entries, each with its final NUL.
String drive_entries() {
    String entries;
    WideChar* const block = GetEnvironmentStringsW();
    if (!block) return entries;
    try {
        for (const WideChar* at = block; *at != L'\0';) {
            const StringView entry(at);
            if (is_drive_entry(entry)) entries.append(entry).push_back(L'\0');
            at += entry.size() + 1;
        }
    } catch (...) {
        entries.clear();  // out of memory: not known, so not restored
    }
    FreeEnvironmentStringsW(block);
    return entries;
}

/// Sets the entries of `block` again, or removes them.
void set_entries(const String& block, bool keep) noexcept {
    for (const WideChar* at = block.c_str(); *at != L'\0';) {
        const WideChar name[] = {at[0], at[1], at[2], L'\0'};
        SetEnvironmentVariableW(name, keep ? at + 4 : nullptr);
        at += StringView(at).size() + 1;
    }
}

}  // namespace

void CallState::save_folder() noexcept {
    try {
        m_folder = current_folder();
        m_drives = drive_entries();
    } catch (...) {
        m_folder.clear();  // out of memory: what follows in this call fails, too
    }
}

void CallState::restore_folder() noexcept {
    if (m_folder.empty()) return;
    try {
        if (current_folder() != m_folder) SetCurrentDirectoryW(m_folder.c_str());
        const String drives = drive_entries();
        if (drives == m_drives) return;
        set_entries(drives, false);
        set_entries(m_drives, true);
    } catch (...) {
        SetCurrentDirectoryW(m_folder.c_str());  // setting what is set already does no harm
    }
}

}  // namespace remapi::port
