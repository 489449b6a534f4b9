// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/model/large_value.h"

#include <algorithm>

#include "log/log.h"
#include "providers/localstore/backend/stream_rows.h"

namespace remapi::localstore {
namespace {

using rows::kChunkBytes;

/// So many changed chunks are kept in memory before they go into the database.
constexpr std::size_t kDirtyChunks = 16;

}  // namespace

LargeValue::LargeValue(std::shared_ptr<Database> database, const StreamReference& saved)
    : m_database(std::move(database)),
      m_stream(saved.stream),
      m_size(saved.size_bytes),
      m_pending(false) {}

LargeValue::~LargeValue() {
    if (!m_pending || m_stream == 0) return;
    try {
        Transaction work(*m_database, Transaction::Kind::Write);
        rows::delete_stream(work, m_stream);
        work.commit();
    } catch (const std::exception& error) {
        // What is left is removed when the store is opened after this process is gone.
        REMAPI_WARN(Store, "an unsaved value stays behind: %s", error.what());
    }
}

std::uint64_t LargeValue::size() {
    const port::Lock lock(m_mutex);
    return m_size;
}

Bytes LargeValue::load_chunk(std::uint64_t number) {
    if (m_stream == 0) return {};
    Transaction work(*m_database, Transaction::Kind::Read);
    Bytes data = rows::read_chunk(work, m_stream, number);
    // A chunk that is missing is a gap, unless the whole value was replaced meanwhile.
    if (data.empty() && !rows::stream_exists(work, m_stream)) {
        throw Error(MAPI_E_OBJECT_DELETED, "reading a large value");
    }
    return data;
}

Bytes& LargeValue::chunk(std::uint64_t number, bool for_writing) {
    const auto found = m_dirty.find(number);
    if (found != m_dirty.end()) return found->second;
    if (for_writing) {
        if (m_dirty.size() >= kDirtyChunks) flush_locked();
        if (m_read_valid && m_read_number == number) m_read_valid = false;
        return m_dirty[number] = load_chunk(number);
    }
    if (!m_read_valid || m_read_number != number) {
        m_read_valid = false;
        m_read_chunk = load_chunk(number);
        m_read_number = number;
        m_read_valid = true;
    }
    return m_read_chunk;
}

std::size_t LargeValue::read_at(std::uint64_t offset, void* buffer, std::size_t size) {
    const port::Lock lock(m_mutex);
    if (offset >= m_size) return 0;
    size = static_cast<std::size_t>(std::min<std::uint64_t>(size, m_size - offset));
    auto* out = static_cast<std::uint8_t*>(buffer);
    for (std::size_t done = 0; done < size;) {
        const std::uint64_t at = offset + done;
        const Bytes& source = chunk(at / kChunkBytes, false);
        const auto start = static_cast<std::size_t>(at % kChunkBytes);
        const std::size_t part = std::min(size - done, kChunkBytes - start);
        const std::size_t there = start < source.size() ? std::min(part, source.size() - start) : 0;
        if (there != 0) std::memcpy(out + done, source.data() + start, there);
        std::memset(out + done + there, 0, part - there);  // a gap that was never written
        done += part;
    }
    return size;
}

void LargeValue::write_at(std::uint64_t offset, const void* buffer, std::size_t size) {
    const port::Lock lock(m_mutex);
    if (offset > rows::kLargestStream || size > rows::kLargestStream - offset) {
        throw Error(MAPI_E_TOO_BIG, "a value over 64 GiB");
    }
    const auto* in = static_cast<const std::uint8_t*>(buffer);
    for (std::size_t done = 0; done < size;) {
        const std::uint64_t at = offset + done;
        const auto start = static_cast<std::size_t>(at % kChunkBytes);
        const std::size_t part = std::min(size - done, kChunkBytes - start);
        Bytes& target = chunk(at / kChunkBytes, true);
        if (target.size() < start + part) target.resize(start + part);
        std::memcpy(target.data() + start, in + done, part);
        done += part;
    }
    m_size = std::max<std::uint64_t>(m_size, offset + size);
}

void LargeValue::set_size(std::uint64_t size) {
    const port::Lock lock(m_mutex);
    if (size > rows::kLargestStream) throw Error(MAPI_E_TOO_BIG, "a value over 64 GiB");
    if (size < m_size) truncate_to(size);
    m_size = size;
}

void LargeValue::truncate_to(std::uint64_t size) {
    m_read_valid = false;
    const std::uint64_t last = size / kChunkBytes;
    if (size % kChunkBytes != 0)
        chunk(last, true).resize(static_cast<std::size_t>(size % kChunkBytes));
    const std::uint64_t first_gone = size % kChunkBytes == 0 ? last : last + 1;
    m_dirty.erase(m_dirty.lower_bound(first_gone), m_dirty.end());
    if (m_stream == 0) return;
    Transaction work(*m_database, Transaction::Kind::Write);
    rows::truncate_chunks(work, m_stream, first_gone);
    work.commit();
}

Bytes LargeValue::all(std::size_t limit) {
    const std::uint64_t bytes = size();
    if (bytes > limit) throw Error(MAPI_E_NOT_ENOUGH_MEMORY, "reading a large value as a whole");
    Bytes result(static_cast<std::size_t>(bytes));
    result.resize(read_at(0, result.data(), result.size()));
    return result;
}

std::shared_ptr<LargeValue> LargeValue::fork() {
    auto copy = std::make_shared<LargeValue>(m_database);
    const port::Lock lock(m_mutex);
    if (m_stream != 0) {
        const Bytes owner = to_bytes(m_database->owner());
        Transaction work(*m_database, Transaction::Kind::Write);
        copy->m_stream = rows::copy_stream(work, m_stream, owner);
        work.commit();
    }
    copy->m_dirty = m_dirty;
    copy->m_size = m_size;
    return copy;
}

void LargeValue::flush() {
    const port::Lock lock(m_mutex);
    flush_locked();
}

void LargeValue::flush_locked() {
    if (m_stream != 0 && m_dirty.empty()) return;
    const Bytes owner = to_bytes(m_database->owner());
    Transaction work(*m_database, Transaction::Kind::Write);
    const std::int64_t stream = m_stream != 0 ? m_stream : rows::create_pending_stream(work, owner);
    for (const auto& [number, data] : m_dirty) rows::write_chunk(work, stream, number, data);
    rows::set_stream_size(work, stream, m_size);
    work.commit();
    m_stream = stream;
    m_dirty.clear();
}

LargeValue::Adopted LargeValue::adopt(Transaction& work, std::int64_t message) {
    rows::adopt_stream(work, m_stream, message, m_size);
    return {m_stream, m_size};
}

void LargeValue::mark_saved() {
    const port::Lock lock(m_mutex);
    m_pending = false;
}

}  // namespace remapi::localstore
