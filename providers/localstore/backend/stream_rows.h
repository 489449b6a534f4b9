// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Rows of the tables stream and stream_chunk: large values, in pieces of 64 KiB.
#pragma once

#include "providers/localstore/backend/database.h"

namespace remapi::localstore::rows {

constexpr std::size_t kChunkBytes = 64u << 10;
/// Chunk `n` of stream `s` has the row id s << kChunkBits | n.
constexpr int kChunkBits = 20;
constexpr std::uint64_t kLargestStream = static_cast<std::uint64_t>(kChunkBytes) << kChunkBits;

/// A new stream that belongs to nobody but `owner`, who is still filling it. Answers its number.
std::int64_t create_pending_stream(Transaction& work, BytesView owner);
/// A pending copy of `stream`.
std::int64_t copy_stream(Transaction& work, std::int64_t stream, BytesView owner);
/// A chunk, shorter than kChunkBytes where the stream ends; empty where nothing was written.
Bytes read_chunk(Transaction& work, std::int64_t stream, std::uint64_t number);
void write_chunk(Transaction& work, std::int64_t stream, std::uint64_t number, BytesView data);
/// Removes the chunks from `first` on.
void truncate_chunks(Transaction& work, std::int64_t stream, std::uint64_t first);
void set_stream_size(Transaction& work, std::int64_t stream, std::uint64_t size_bytes);
/// Makes a stream part of `message`. Throws Error(MAPI_E_OBJECT_DELETED) when it is gone.
void adopt_stream(Transaction& work, std::int64_t stream, std::int64_t message,
                  std::uint64_t size_bytes);
bool stream_exists(Transaction& work, std::int64_t stream);
void delete_stream(Transaction& work, std::int64_t stream);
/// The numbers of the streams of `message`.
std::vector<std::int64_t> streams_of(Transaction& work, std::int64_t message);

/// Everybody who has streams that are not part of a message yet.
std::vector<Bytes> pending_owners(Transaction& work);
void delete_pending(Transaction& work, BytesView owner);

}  // namespace remapi::localstore::rows
