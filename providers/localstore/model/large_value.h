// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <map>
#include <memory>

#include "providers/localstore/backend/database.h"
#include "providers/localstore/backend/stored_properties.h"

namespace remapi::localstore {

/// The bytes of one text or binary property, in memory while they are few, in the database in
/// pieces of 64 KiB as they grow; a value of any size needs about one megabyte of memory. What is
/// not part of a saved message yet belongs to this process and disappears with it. Any thread may
/// call it.
class LargeValue {
public:
    /// Values over this size are kept out of the property blob.
    static constexpr std::size_t kInlineBytes = 32u << 10;

    /// An empty one.
    explicit LargeValue(std::shared_ptr<Database> database) : m_database(std::move(database)) {}
    /// One that a saved message refers to.
    LargeValue(std::shared_ptr<Database> database, const StreamReference& saved);
    ~LargeValue();
    LargeValue(const LargeValue&) = delete;
    LargeValue& operator=(const LargeValue&) = delete;

    std::uint64_t size();
    /// Reads up to `size` bytes; fewer at the end. Throws Error(MAPI_E_OBJECT_DELETED) when the
    /// message it was part of has another value by now.
    std::size_t read_at(std::uint64_t offset, void* buffer, std::size_t size);
    void write_at(std::uint64_t offset, const void* buffer, std::size_t size);
    void set_size(std::uint64_t size);
    /// All bytes. Throws Error(MAPI_E_NOT_ENOUGH_MEMORY) over `limit`.
    Bytes all(std::size_t limit);
    /// A copy that can be changed on its own.
    std::shared_ptr<LargeValue> fork();

    /// Brings everything into the database, before a transaction that adopts it.
    void flush();
    struct Adopted {
        std::int64_t stream;
        std::uint64_t size_bytes;
    };
    /// Makes it part of `message`; needs flush. Takes no lock: it runs within a transaction, and
    /// what is in a property set does not change.
    Adopted adopt(Transaction& work, std::int64_t message);
    /// The transaction that adopted it was committed.
    void mark_saved();

private:
    Bytes& chunk(std::uint64_t number, bool for_writing);
    Bytes load_chunk(std::uint64_t number);
    void flush_locked();
    void truncate_to(std::uint64_t size);

    const std::shared_ptr<Database> m_database;
    port::Mutex m_mutex;
    std::int64_t m_stream = 0;  ///< 0: nothing in the database yet
    std::uint64_t m_size = 0;
    bool m_pending = true;  ///< not part of a saved message
    std::map<std::uint64_t, Bytes> m_dirty;
    std::uint64_t m_read_number = 0;
    Bytes m_read_chunk;  ///< the chunk that was read last
    bool m_read_valid = false;
};

}  // namespace remapi::localstore
