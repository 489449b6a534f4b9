// SPDX-License-Identifier: LGPL-2.1-or-later
#include "reference.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace remapi::bench {

DurableSave::DurableSave(const std::string& path) {
    if (sqlite3_open(path.c_str(), &m_database) != SQLITE_OK)
        throw std::runtime_error("sqlite3_open");
    execute("PRAGMA journal_mode=WAL");
    execute("PRAGMA synchronous=FULL");
    execute(
        "CREATE TABLE message(id INTEGER PRIMARY KEY, folder INTEGER, received INTEGER, flags "
        "INTEGER,"
        " subject TEXT, sender TEXT, recipients TEXT, body TEXT)");
    execute("CREATE INDEX message_received ON message(folder, received)");
    execute("CREATE INDEX message_subject ON message(folder, subject)");
    const char* const insert =
        "INSERT INTO message(folder, received, flags, subject, sender, recipients, body)"
        " VALUES(1, ?1, 0, 'Subject of a message', 'Bench <bench@example.org>', "
        "'alice@example.org', ?2)";
    if (sqlite3_prepare_v2(m_database, insert, -1, &m_insert, nullptr) != SQLITE_OK) {
        throw std::runtime_error(sqlite3_errmsg(m_database));
    }
}

DurableSave::~DurableSave() {
    sqlite3_finalize(m_insert);
    sqlite3_close(m_database);
}

void DurableSave::execute(const char* sql) {
    if (sqlite3_exec(m_database, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw std::runtime_error(sqlite3_errmsg(m_database));
    }
}

void DurableSave::save(const std::string& body) {
    sqlite3_bind_int64(m_insert, 1, ++m_number);
    sqlite3_bind_text(m_insert, 2, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
    const int result = sqlite3_step(m_insert);
    sqlite3_reset(m_insert);
    if (result != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(m_database));
}

CurlSender::CurlSender(int port) : m_handle(curl_easy_init()) {
    if (!m_handle) throw std::runtime_error("curl_easy_init");
    m_recipients = curl_slist_append(nullptr, "<alice@example.org>");
    const std::string url = "smtp://127.0.0.1:" + std::to_string(port);
    curl_easy_setopt(m_handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(m_handle, CURLOPT_MAIL_FROM, "<bench@example.org>");
    curl_easy_setopt(m_handle, CURLOPT_MAIL_RCPT, m_recipients);
    curl_easy_setopt(m_handle, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(m_handle, CURLOPT_READFUNCTION, &CurlSender::read);
    curl_easy_setopt(m_handle, CURLOPT_READDATA, this);
}

CurlSender::~CurlSender() {
    curl_easy_cleanup(m_handle);
    curl_slist_free_all(m_recipients);
}

std::size_t CurlSender::read(char* out, std::size_t size, std::size_t count, void* self) {
    auto& sender = *static_cast<CurlSender*>(self);
    const std::size_t some = std::min(size * count, sender.m_message->size() - sender.m_sent);
    std::memcpy(out, sender.m_message->data() + sender.m_sent, some);
    sender.m_sent += some;
    return some;
}

void CurlSender::send(const std::string& message) {
    m_message = &message;
    m_sent = 0;
    const CURLcode result = curl_easy_perform(m_handle);
    if (result != CURLE_OK) throw std::runtime_error(curl_easy_strerror(result));
}

void write_durably(const std::string& path, const std::string& bytes) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool whole = file >= 0;
    for (std::size_t done = 0; whole && done < bytes.size();) {
        const ssize_t written = write(file, bytes.data() + done, bytes.size() - done);
        whole = written > 0;
        if (whole) done += static_cast<std::size_t>(written);
    }
    whole = whole && fsync(file) == 0;
    if (file >= 0) close(file);
    if (!whole) throw std::runtime_error("cannot write " + path);
}

}  // namespace remapi::bench
