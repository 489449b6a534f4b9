// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What sending is measured against: the least that somebody must do who sends with libcurl and
// keeps a copy with SQLite, both durable.
#pragma once

#include <curl/curl.h>
#include <sqlite3.h>

#include <string>

namespace remapi::bench {

/// A table of messages with the indexes a mail store needs; every save is a transaction that has
/// reached the disk when save() returns (WAL, synchronous=FULL).
class DurableSave {
public:
    explicit DurableSave(const std::string& path);
    ~DurableSave();
    DurableSave(const DurableSave&) = delete;
    DurableSave& operator=(const DurableSave&) = delete;

    void save(const std::string& body);

private:
    void execute(const char* sql);
    sqlite3* m_database = nullptr;
    sqlite3_stmt* m_insert = nullptr;
    long long m_number = 0;
};

/// Sends messages to a server of this machine, over one connection.
class CurlSender {
public:
    explicit CurlSender(int port);
    ~CurlSender();
    CurlSender(const CurlSender&) = delete;
    CurlSender& operator=(const CurlSender&) = delete;

    /// Returns when the server has accepted `message`, a whole Internet message.
    void send(const std::string& message);

private:
    static std::size_t read(char* out, std::size_t size, std::size_t count, void* self);
    CURL* m_handle = nullptr;
    curl_slist* m_recipients = nullptr;
    const std::string* m_message = nullptr;
    std::size_t m_sent = 0;
};

/// Writes `bytes` to a new file and waits until they have reached the disk.
void write_durably(const std::string& path, const std::string& bytes);

}  // namespace remapi::bench
