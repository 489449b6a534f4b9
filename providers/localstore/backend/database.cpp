// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/backend/database.h"

#include "config/config.h"
#include "format/guid.h"
#include "log/log.h"
#include "port/thread.h"
#include "providers/localstore/backend/schema.h"
#include "providers/localstore/backend/split_messages.h"
#include "providers/localstore/backend/stream_rows.h"
#include "text/text.h"

namespace remapi::localstore {
namespace {

// SQLite's numbers for PRAGMA synchronous.
constexpr int kNormal = 1;
constexpr int kFull = 2;

// Changing the journal mode does not always wait for other openers by itself.
constexpr int kJournalAttempts = 200;
constexpr std::uint32_t kJournalPauseMilliseconds = 20;

// Messages of an older schema that one transaction rearranges.
constexpr std::size_t kSplitAtOnce = 500;

}  // namespace

Database::Database(StringView path, Open mode) : m_path(path) {
    m_always_normal = config::get("store.synchronous") == "normal";
    m_remote = port::is_remote(m_path);
    open_connection(mode);
    remove_leftovers();
}

Database::~Database() {
    m_connection.close();
    if (m_owner_file.is_open()) {
        m_owner_file.close();
        port::remove_file(owner_path(m_owner));
    }
}

void Database::open_connection(Open mode) {
    if (mode == Open::Existing && !port::exists(m_path)) {
        throw Error(MAPI_E_NOT_FOUND, "opening the store " + port::to_utf8(m_path));
    }
    if (mode == Open::OrCreate) {
        const port::SystemError error = port::create_folders(port::parent_folder(m_path), true);
        if (error != 0 && !port::is_folder(port::parent_folder(m_path))) {
            throw Error(port::is_disk_full(error) ? MAPI_E_NOT_ENOUGH_DISK : MAPI_E_NO_ACCESS,
                        "making the folder of the store: " + port::describe(error));
        }
    }
    m_connection.open(m_path, mode == Open::OrCreate);
    choose_journal();
    update_schema();
    m_connection.execute("PRAGMA foreign_keys = ON");
    finish_migration();
}

void Database::choose_journal() {
    if (m_remote) {
        // WAL needs memory shared by all openers, which a network drive cannot give.
        m_connection.execute("PRAGMA journal_mode = DELETE");
        REMAPI_WARN(Store, "%s lies on a remote drive: rollback journal, slower",
                    log::utf8(StringView(m_path)).c_str());
        return;
    }
    for (int attempt = 0;; ++attempt) {
        try {
            if (m_connection.line("PRAGMA journal_mode = WAL") != "wal") {
                REMAPI_WARN(Store, "%s: this file system offers no write-ahead log",
                            log::utf8(StringView(m_path)).c_str());
                m_remote = true;
            }
            return;
        } catch (const Error& error) {
            if (error.code() != MAPI_E_BUSY || attempt >= kJournalAttempts) throw;
            port::rest(kJournalPauseMilliseconds);
        }
    }
}

void Database::update_schema() {
    // A current file needs no write lock, so that opening does not wait for writers.
    if (m_connection.number("PRAGMA user_version") == kSchemaVersion &&
        m_connection.number("PRAGMA application_id") == kApplicationId) {
        m_new = m_connection.number("SELECT count(*) FROM store") == 0;
        return;
    }
    Transaction work(*this, Transaction::Kind::Durable);
    bring_up_to_date(m_connection);
    m_new = m_connection.number("SELECT count(*) FROM store") == 0;
    work.commit();
}

void Database::finish_migration() {
    if (m_connection.number("SELECT count(*) FROM unsplit") == 0) return;
    REMAPI_INFO(Store, "%s: an older version made it, its messages are being rearranged",
                log::utf8(StringView(m_path)).c_str());
    try {
        for (bool done = false; !done;) {
            Transaction work(*this, Transaction::Kind::Write);
            done = split_some(work, kSplitAtOnce);
            work.commit();
        }
    } catch (const Error& error) {
        // The store works all the same; the next opening goes on.
        REMAPI_WARN(Store, "rearranging the messages of %s stopped: %s",
                    log::utf8(StringView(m_path)).c_str(), error.what());
    }
}

String Database::owner_path(BytesView owner) const {
    return m_path + REMAPI_W("-owner-") + port::from_utf8(text::hex(owner.data(), owner.size()));
}

BytesView Database::owner() {
    const port::Lock lock(m_owner_mutex);
    if (m_owner.empty()) {
        const Bytes name = format::guid_bytes(format::new_guid());
        const port::SystemError error =
            m_owner_file.open(owner_path(name), port::File::Mode::ReadWrite, true);
        if (error != 0) {
            throw Error(port::is_disk_full(error) ? MAPI_E_NOT_ENOUGH_DISK : MAPI_E_NO_ACCESS,
                        "making a lock file beside the store: " + port::describe(error));
        }
        if (!m_owner_file.try_lock())
            throw Error(MAPI_E_BUSY, "locking a new file beside the store");
        m_owner = name;
    }
    return m_owner;
}

bool Database::owner_is_alive(BytesView owner) {
    if (owner.empty()) return false;
    {
        const port::Lock lock(m_owner_mutex);
        if (equal_bytes(owner, m_owner)) return true;
    }
    const String path = owner_path(owner);
    if (!port::exists(path)) return false;
    port::File file;
    if (file.open(path, port::File::Mode::ReadWrite, true) != 0)
        return true;  // cannot tell: leave it be
    if (!file.try_lock()) return true;
    file.close();
    port::remove_file(path);
    return false;
}

void Database::remove_leftovers() {
    std::vector<Bytes> owners;
    {
        Transaction work(*this, Transaction::Kind::Read);
        owners = rows::pending_owners(work);
    }
    for (const Bytes& owner : owners) {
        if (owner_is_alive(owner)) continue;
        REMAPI_INFO(Store, "%s: removing what a process that is gone left unfinished",
                    log::utf8(StringView(m_path)).c_str());
        Transaction work(*this, Transaction::Kind::Write);
        rows::delete_pending(work, owner);
        work.commit();
    }
}

Transaction::Transaction(Database& database, Kind kind) : m_database(database) {
    m_database.m_mutex.lock();
    m_locked = true;
    try {
        begin(kind);
    } catch (...) {
        m_database.m_mutex.unlock();
        throw;
    }
}

void Transaction::begin(Kind kind) {
    Connection& connection = m_database.m_connection;
    if (kind == Kind::Read) {
        connection.prepare("BEGIN").run();
        m_open = true;
        return;
    }
    const bool durable = kind == Kind::Durable && !m_database.m_always_normal;
    // A rollback journal without FULL may be torn by a power failure; a write-ahead log is not.
    const int level = durable || m_database.m_remote ? kFull : kNormal;
    if (m_database.m_synchronous != level) {
        connection.execute(level == kFull ? "PRAGMA synchronous = FULL"
                                          : "PRAGMA synchronous = NORMAL");
        m_database.m_synchronous = level;
    }
    connection.prepare("BEGIN IMMEDIATE").run();
    m_open = true;
}

Transaction::~Transaction() {
    finish();
}

void Transaction::finish() noexcept {
    if (!m_locked) return;
    try {
        if (m_open && m_database.m_connection.in_transaction()) {
            m_database.m_connection.prepare("ROLLBACK").run();
        }
    } catch (const std::exception&) {
        // Logged where it was thrown. SQLite rolls back by itself when the connection closes.
    }
    m_open = false;
    m_locked = false;
    m_database.m_mutex.unlock();
}

void Transaction::commit() {
    m_database.m_connection.prepare("COMMIT").run();
    m_open = false;
}

}  // namespace remapi::localstore
