// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include "port/file.h"
#include "port/mutex.h"
#include "providers/localstore/backend/sqlite.h"

namespace remapi::localstore {

/// A store file, opened. Any thread; each piece of work runs in a Transaction of its own.
class Database {
public:
    /// How a store is opened.
    enum class Open { Existing, OrCreate };

    /// Opens the file at `path` and makes its schema current. WAL mode, a rollback journal where
    /// the path is on a remote drive. What processes that are gone left unfinished is removed.
    /// Errors: MAPI_E_NOT_FOUND, MAPI_E_NO_ACCESS, MAPI_E_CORRUPT_DATA, MAPI_E_VERSION and
    /// those of Connection::fail.
    Database(StringView path, Open mode);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    const String& path() const noexcept { return m_path; }
    /// True until the first transaction that fills it was committed.
    bool is_new() const noexcept { return m_new; }

    /// Names this opening of the store among all others of all processes, past and present. A lock
    /// file beside the store says that it is alive; it exists once this was asked for.
    BytesView owner();
    /// Whether another opening, named so, still runs. False for an empty name.
    bool owner_is_alive(BytesView owner);

private:
    friend class Transaction;
    void open_connection(Open mode);
    void choose_journal();
    void update_schema();
    void finish_migration();
    void remove_leftovers();
    String owner_path(BytesView owner) const;

    const String m_path;
    port::Mutex m_mutex;  ///< held by a Transaction for as long as it lives
    Connection m_connection;
    bool m_new = false;
    bool m_remote = false;
    bool m_always_normal = false;  ///< option store.synchronous=normal
    int m_synchronous = -1;        ///< the connection's level, as SQLite numbers it

    port::Mutex m_owner_mutex;
    Bytes m_owner;
    port::File m_owner_file;
};

/// A unit of work: the lock on the connection and SQLite's transaction. Never held across a call
/// out of the store. Rolled back unless committed.
class Transaction {
public:
    enum class Kind {
        Read,     ///< one consistent view
        Write,    ///< may be lost by a power failure, never torn
        Durable,  ///< on the disk when commit returns (option store.synchronous)
    };

    Transaction(Database& database, Kind kind);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit();
    /// Ends the transaction, lock included, before its time; without commit it is rolled back.
    void finish() noexcept;
    Connection& sql() noexcept { return m_database.m_connection; }
    Database& database() noexcept { return m_database; }

private:
    void begin(Kind kind);

    Database& m_database;
    bool m_locked = false;
    bool m_open = false;
};

}  // namespace remapi::localstore
