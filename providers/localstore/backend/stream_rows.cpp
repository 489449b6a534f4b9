// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/backend/stream_rows.h"

namespace remapi::localstore::rows {
namespace {

std::int64_t chunk_id(std::int64_t stream, std::uint64_t number) {
    if (number >> kChunkBits != 0) throw Error(MAPI_E_TOO_BIG, "a value over 64 GiB");
    return stream << kChunkBits | static_cast<std::int64_t>(number);
}

}  // namespace

std::int64_t create_pending_stream(Transaction& work, BytesView owner) {
    work.sql().prepare("INSERT INTO stream(pending_owner, size) VALUES(?, 0)").with(owner).run();
    return work.sql().last_id();
}

std::int64_t copy_stream(Transaction& work, std::int64_t stream, BytesView owner) {
    work.sql()
        .prepare("INSERT INTO stream(pending_owner, size) SELECT ?, size FROM stream WHERE id = ?")
        .with(owner, stream)
        .run();
    if (work.sql().changes() == 0) throw Error(MAPI_E_OBJECT_DELETED, "copying a large value");
    const std::int64_t copy = work.sql().last_id();
    work.sql()
        .prepare(
            "INSERT INTO stream_chunk(id, data) SELECT id - ? + ?, data FROM stream_chunk "
            "WHERE id BETWEEN ? AND ?")
        .with(chunk_id(stream, 0), chunk_id(copy, 0), chunk_id(stream, 0),
              chunk_id(stream + 1, 0) - 1)
        .run();
    return copy;
}

Bytes read_chunk(Transaction& work, std::int64_t stream, std::uint64_t number) {
    auto row = work.sql().prepare("SELECT data FROM stream_chunk WHERE id = ?");
    row.with(chunk_id(stream, number));
    return row.step() ? row.blob(0) : Bytes();
}

void write_chunk(Transaction& work, std::int64_t stream, std::uint64_t number, BytesView data) {
    work.sql()
        .prepare(
            "INSERT INTO stream_chunk(id, data) VALUES(?, ?) "
            "ON CONFLICT(id) DO UPDATE SET data = excluded.data")
        .with(chunk_id(stream, number), data)
        .run();
}

void truncate_chunks(Transaction& work, std::int64_t stream, std::uint64_t first) {
    work.sql()
        .prepare("DELETE FROM stream_chunk WHERE id BETWEEN ? AND ?")
        .with(chunk_id(stream, 0) + static_cast<std::int64_t>(first), chunk_id(stream + 1, 0) - 1)
        .run();
}

void set_stream_size(Transaction& work, std::int64_t stream, std::uint64_t size_bytes) {
    work.sql().prepare("UPDATE stream SET size = ? WHERE id = ?").with(size_bytes, stream).run();
}

void adopt_stream(Transaction& work, std::int64_t stream, std::int64_t message,
                  std::uint64_t size_bytes) {
    work.sql()
        .prepare("UPDATE stream SET message = ?, pending_owner = NULL, size = ? WHERE id = ?")
        .with(message, size_bytes, stream)
        .run();
    if (work.sql().changes() == 0) throw Error(MAPI_E_OBJECT_DELETED, "saving a large value");
}

bool stream_exists(Transaction& work, std::int64_t stream) {
    auto row = work.sql().prepare("SELECT 1 FROM stream WHERE id = ?");
    row.with(stream);
    return row.step();
}

void delete_stream(Transaction& work, std::int64_t stream) {
    work.sql().prepare("DELETE FROM stream WHERE id = ?").with(stream).run();
}

std::vector<std::int64_t> streams_of(Transaction& work, std::int64_t message) {
    std::vector<std::int64_t> streams;
    auto row = work.sql().prepare("SELECT id FROM stream WHERE message = ?");
    row.with(message);
    while (row.step()) streams.push_back(row.integer(0));
    return streams;
}

std::vector<Bytes> pending_owners(Transaction& work) {
    std::vector<Bytes> owners;
    auto row = work.sql().prepare(
        "SELECT DISTINCT pending_owner FROM stream WHERE pending_owner IS NOT NULL");
    while (row.step()) owners.push_back(row.blob(0));
    return owners;
}

void delete_pending(Transaction& work, BytesView owner) {
    work.sql().prepare("DELETE FROM stream WHERE pending_owner = ?").with(owner).run();
}

}  // namespace remapi::localstore::rows
