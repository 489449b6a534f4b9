// SPDX-License-Identifier: LGPL-2.1-or-later
#include "spi/spooler/lease.h"

#include <charconv>

#include "config/config.h"
#include "log/log.h"
#include "port/utf.h"
#include "text/text.h"

namespace remapi::spi {
namespace {

/// The holder is written in place over the one before, so every text has the same length.
constexpr std::size_t kHolderBytes = 512;
constexpr StringView kWantedEnding = REMAPI_W(".wanted");

String file_name(BytesView record_key) {
    return text::to_wide(text::hex(record_key.data(), record_key.size()), CP_UTF8);
}

/// What follows `name` in its line.
std::string_view line(std::string_view content, std::string_view name) {
    const std::size_t start = content.find(name);
    if (start == std::string_view::npos) return {};
    content.remove_prefix(start + name.size());
    return content.substr(0, content.find('\n'));
}

template <class Number>
bool parse(std::string_view digits, Number& number) {
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return parsed.ec == std::errc();
}

}  // namespace

String Lease::folder() {
    return port::join_path(config::data_folder(), REMAPI_W("leases"));
}

Lease::Lease(StringView folder, BytesView record_key)
    : m_path(port::join_path(folder, file_name(record_key))) {}

bool Lease::take() {
    if (held()) return true;
    port::SystemError error = port::create_folders(port::parent_folder(m_path), true);
    port::File file;
    if (!error) error = file.open(m_path, port::File::Mode::ReadWrite, true);
    if (error) throw Error(MAPI_E_DISK_ERROR, "opening a lease: " + port::describe(error));
    if (!file.try_lock()) return false;
    m_file = std::move(file);
    write_holder();
    return true;
}

void Lease::write_holder() {
    const port::ProcessIdentity self = port::this_process();
    std::string content = "process=" + std::to_string(self.id) +
                          "\nstart=" + std::to_string(self.start_time) + "\nboot=" + self.boot_id +
                          "\n";
    content.resize(kHolderBytes - 1, ' ');
    content += '\n';
    port::SystemError error = m_file.seek(0);
    if (!error) error = m_file.write(content.data(), content.size());
    // The lock counts; the text only informs.
    if (error)
        REMAPI_WARN(Spooler, "a lease does not say who holds it: %s",
                    port::describe(error).c_str());
}

void Lease::want() {
    port::File file;
    file.open(m_path + String(kWantedEnding), port::File::Mode::ReadWrite, true);
}

void Lease::no_longer_want() noexcept {
    try {
        port::remove_file(m_path + String(kWantedEnding));
    } catch (...) {
        // Out of memory: the request stays, which costs its finder a second.
    }
}

bool Lease::wanted() const {
    return port::exists(m_path + String(kWantedEnding));
}

std::optional<port::ProcessIdentity> Lease::last_holder() const {
    std::string content;
    if (port::read_file(m_path, content, 2 * kHolderBytes)) return std::nullopt;
    port::ProcessIdentity holder;
    if (!parse(line(content, "process="), holder.id)) return std::nullopt;
    parse(line(content, "start="), holder.start_time);
    holder.boot_id = line(content, "boot=");
    return holder;
}

}  // namespace remapi::spi
