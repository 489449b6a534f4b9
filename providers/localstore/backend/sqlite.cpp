// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/backend/sqlite.h"

#include <sqlite3.h>

#include <cassert>
#include <utility>

#include "log/log.h"
#include "port/utf.h"

namespace remapi::localstore {
namespace {

// How long a writer waits for another process's transaction. Ours are short; this is for a stopped
// one.
constexpr int kBusyMilliseconds = 20000;

HRESULT code_for(int sqlite_code) {
    // What the row belongs to is gone.
    if (sqlite_code == SQLITE_CONSTRAINT_FOREIGNKEY) return MAPI_E_OBJECT_DELETED;
    switch (sqlite_code & 0xFF) {
        case SQLITE_FULL:
            return MAPI_E_NOT_ENOUGH_DISK;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return MAPI_E_CORRUPT_DATA;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return MAPI_E_BUSY;
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return MAPI_E_NO_ACCESS;
        case SQLITE_CANTOPEN:
            return MAPI_E_NOT_FOUND;
        case SQLITE_IOERR:
            return MAPI_E_DISK_ERROR;
        case SQLITE_NOMEM:
            return MAPI_E_NOT_ENOUGH_MEMORY;
        case SQLITE_TOOBIG:
            return MAPI_E_TOO_BIG;
        case SQLITE_CONSTRAINT:
            return MAPI_E_COLLISION;
        default:
            return MAPI_E_CALL_FAILED;
    }
}

}  // namespace

Statement::Statement(Statement&& other) noexcept
    : m_owner(other.m_owner),
      m_statement(std::exchange(other.m_statement, nullptr)),
      m_lent(other.m_lent) {}

Statement::~Statement() {
    if (!m_statement) return;
    if (!m_lent) {
        sqlite3_finalize(m_statement);
        return;
    }
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
    *m_lent = false;
}

void Statement::check_bound(int code) {
    if (code != SQLITE_OK) m_owner->fail(code, "binding a value");
}

void Statement::bind_integer(int index, std::int64_t value) {
    check_bound(sqlite3_bind_int64(m_statement, index, value));
}

void Statement::bind(int index, StringView value) {
    bind(index, std::string_view(port::to_utf8(value)));
}

void Statement::bind(int index, std::string_view value) {
    check_bound(sqlite3_bind_text64(m_statement, index, value.data() ? value.data() : "",
                                    value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind(int index, BytesView value) {
    // A null pointer would bind NULL instead of an empty blob.
    check_bound(value.empty() ? sqlite3_bind_zeroblob(m_statement, index, 0)
                              : sqlite3_bind_blob64(m_statement, index, value.data(), value.size(),
                                                    SQLITE_TRANSIENT));
}

void Statement::bind(int index, std::nullopt_t) {
    check_bound(sqlite3_bind_null(m_statement, index));
}

bool Statement::step() {
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    m_owner->fail(code, sqlite3_sql(m_statement));
}

void Statement::run() {
    while (step()) {
    }
}

bool Statement::is_null(int column) const noexcept {
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const noexcept {
    return sqlite3_column_int64(m_statement, column);
}

String Statement::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
    const int size = sqlite3_column_bytes(m_statement, column);
    return text ? port::from_utf8(std::string_view(text, static_cast<std::size_t>(size)))
                : String();
}

BytesView Statement::blob_view(int column) const noexcept {
    const void* data = sqlite3_column_blob(m_statement, column);
    const int size = sqlite3_column_bytes(m_statement, column);
    return view_bytes(data, static_cast<std::size_t>(size));
}

Bytes Statement::blob(int column) const {
    return to_bytes(blob_view(column));
}

Connection::~Connection() {
    close();
}

void Connection::close() noexcept {
    for (auto& [sql, cached] : m_statements) sqlite3_finalize(cached.statement);
    m_statements.clear();
    if (m_handle) sqlite3_close_v2(std::exchange(m_handle, nullptr));
}

void Connection::open(StringView path, bool create) {
    m_path = port::to_utf8(path);
    const int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
    const int code = sqlite3_open_v2(m_path.c_str(), &m_handle, flags, nullptr);
    if (code != SQLITE_OK) fail(code, "opening the store");
    sqlite3_extended_result_codes(m_handle, 1);
    sqlite3_busy_timeout(m_handle, kBusyMilliseconds);
}

void Connection::execute(const char* statements) {
    const int code = sqlite3_exec(m_handle, statements, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code, statements);
}

sqlite3_stmt* Connection::compile(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v3(m_handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) fail(code, sql);
    return statement;
}

Statement Connection::prepare(const char* sql) {
    const auto found = m_statements.find(sql);
    if (found == m_statements.end()) {
        Cached& cached = m_statements[sql];
        try {
            cached.statement = compile(sql);
        } catch (...) {
            m_statements.erase(sql);
            throw;
        }
        cached.lent = true;
        return Statement(*this, cached.statement, &cached.lent);
    }
    if (found->second.lent)
        return Statement(*this, compile(sql), nullptr);  // nested use of one text
    found->second.lent = true;
    return Statement(*this, found->second.statement, &found->second.lent);
}

std::int64_t Connection::number(const char* sql) {
    Statement statement(*this, compile(sql), nullptr);
    return statement.step() ? statement.integer(0) : 0;
}

std::string Connection::line(const char* sql) {
    Statement statement(*this, compile(sql), nullptr);
    return statement.step() ? port::to_utf8(statement.text(0)) : std::string();
}

std::int64_t Connection::last_id() const noexcept {
    return sqlite3_last_insert_rowid(m_handle);
}

int Connection::changes() const noexcept {
    return sqlite3_changes(m_handle);
}

bool Connection::in_transaction() const noexcept {
    return m_handle && sqlite3_get_autocommit(m_handle) == 0;
}

void Connection::fail(int code, const char* attempted) {
    const char* cause = m_handle ? sqlite3_errmsg(m_handle) : sqlite3_errstr(code);
    const HRESULT hr = code_for(code);
    // A constraint is an answer ("that name is taken"), not a fault of the store.
    if (hr == MAPI_E_COLLISION) {
        REMAPI_TRACE(Store, "%s: %s", m_path.c_str(), cause);
    } else {
        REMAPI_ERROR(Store, "%s: %s (SQLite %d, system error %d) in: %.120s", m_path.c_str(), cause,
                     code, m_handle ? sqlite3_system_errno(m_handle) : 0, attempted);
    }
    throw Error(hr, m_path + ": " + cause);
}

}  // namespace remapi::localstore
