// SPDX-License-Identifier: LGPL-2.1-or-later
//
// SQLite as C++: one connection, statements that are prepared once, errors as MAPI codes.
#pragma once

#include <concepts>
#include <map>
#include <optional>
#include <string>

#include "format/bytes.h"

struct sqlite3;
struct sqlite3_stmt;

namespace remapi::localstore {

class Connection;

/// A prepared statement on loan from its connection; goes back when it dies. Columns and parameters
/// count from 0 and 1, as SQLite counts them. One thread at a time, as its connection.
class Statement {
public:
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    /// Binds one value after another, the first to parameter 1. std::nullopt and an empty optional
    /// are NULL.
    template <class... Values>
    Statement& with(const Values&... values) {
        int index = 0;
        (bind(++index, values), ...);
        return *this;
    }

    /// Runs up to the next row. False at the end.
    bool step();
    /// Runs to the end, for statements without rows.
    void run();

    bool is_null(int column) const noexcept;
    std::int64_t integer(int column) const noexcept;
    String text(int column) const;
    Bytes blob(int column) const;
    /// The blob where it lies, until the next step.
    BytesView blob_view(int column) const noexcept;

private:
    friend class Connection;
    Statement(Connection& owner, sqlite3_stmt* statement, bool* lent) noexcept
        : m_owner(&owner), m_statement(statement), m_lent(lent) {}

    void bind_integer(int index, std::int64_t value);
    template <std::integral Number>
    void bind(int index, Number value) {
        bind_integer(index, static_cast<std::int64_t>(value));
    }
    void bind(int index, StringView value);
    void bind(int index, const String& value) { bind(index, StringView(value)); }
    void bind(int index, std::string_view value);
    void bind(int index, BytesView value);
    void bind(int index, const Bytes& value) { bind(index, BytesView(value)); }
    void bind(int index, std::nullopt_t);
    template <class Value>
    void bind(int index, const std::optional<Value>& value) {
        if (value) {
            bind(index, *value);
        } else {
            bind(index, std::nullopt);
        }
    }
    void check_bound(int code);

    Connection* m_owner;
    sqlite3_stmt* m_statement;
    bool* m_lent;  ///< the cache's mark, null for a statement of its own
};

/// One open database file. One thread at a time: whoever uses it holds Database's lock.
class Connection {
public:
    Connection() = default;
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Opens the file at `path`. Errors: see fail().
    void open(StringView path, bool create);
    bool is_open() const noexcept { return m_handle != nullptr; }
    void close() noexcept;

    /// Runs statements without parameters and without rows.
    void execute(const char* statements);
    /// `sql` must be a literal: its address is the key of the cache.
    Statement prepare(const char* sql);
    /// The first column of the first row of `sql`, 0 when there is none.
    std::int64_t number(const char* sql);
    std::string line(const char* sql);

    std::int64_t last_id() const noexcept;
    /// Rows changed by the last statement.
    int changes() const noexcept;
    bool in_transaction() const noexcept;

    /// Throws Error for SQLite's result `code`, with a log line that names file and cause:
    /// MAPI_E_NOT_ENOUGH_DISK full · MAPI_E_CORRUPT_DATA damaged, no database · MAPI_E_BUSY still
    /// locked after the bounded wait · MAPI_E_NO_ACCESS read-only, no permission · MAPI_E_NOT_FOUND
    /// cannot be opened · MAPI_E_DISK_ERROR · MAPI_E_NOT_ENOUGH_MEMORY · MAPI_E_COLLISION a
    /// constraint · MAPI_E_OBJECT_DELETED what the row belongs to is gone · MAPI_E_CALL_FAILED
    /// anything else.
    [[noreturn]] void fail(int code, const char* attempted);

private:
    friend class Statement;
    struct Cached {
        sqlite3_stmt* statement = nullptr;
        bool lent = false;
    };
    sqlite3_stmt* compile(const char* sql);

    sqlite3* m_handle = nullptr;
    std::string m_path;
    std::map<const char*, Cached> m_statements;
};

}  // namespace remapi::localstore
