// SPDX-License-Identifier: LGPL-2.1-or-later
#include "format/compound_file_source.h"

#include <algorithm>

namespace remapi::format {
namespace {

constexpr std::uint64_t kLargestMemory = 0x7FFFFFFF;
constexpr std::size_t kBlockBytes = 4096;

}  // namespace

std::size_t MemorySource::read_at(std::uint64_t offset, void* buffer, std::size_t size) {
    if (offset >= m_bytes.size()) return 0;
    const std::size_t got = std::min(size, m_bytes.size() - static_cast<std::size_t>(offset));
    if (got > 0) std::memcpy(buffer, m_bytes.data() + offset, got);
    return got;
}

void MemorySource::write_at(std::uint64_t offset, const void* buffer, std::size_t size) {
    if (size == 0) return;
    if (offset > kLargestMemory || size > kLargestMemory - offset) {
        throw Error(STG_E_MEDIUMFULL, "a compound file over 2 GiB in memory");
    }
    const std::size_t end = static_cast<std::size_t>(offset) + size;
    if (end > m_bytes.size()) m_bytes.resize(end);
    std::memcpy(m_bytes.data() + offset, buffer, size);
}

void MemorySource::set_size(std::uint64_t size) {
    if (size > kLargestMemory) {
        throw Error(STG_E_MEDIUMFULL, "a compound file over 2 GiB in memory");
    }
    m_bytes.resize(static_cast<std::size_t>(size));
}

OverlaySource::OverlaySource(std::shared_ptr<BlockSource> base)
    : m_base(std::move(base)), m_size(m_base->size()), m_kept(m_size) {}

std::size_t OverlaySource::read_at(std::uint64_t offset, void* buffer, std::size_t size) {
    if (offset >= m_size) return 0;
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(size, m_size - offset));
    auto* to = static_cast<std::uint8_t*>(buffer);
    for (std::size_t done = 0; done < wanted;) {
        const std::uint64_t at = offset + done;
        const auto within = static_cast<std::size_t>(at % kBlockBytes);
        const std::size_t chunk = std::min(wanted - done, kBlockBytes - within);
        const auto found = m_blocks.find(at / kBlockBytes);
        if (found != m_blocks.end()) {
            std::memcpy(to + done, found->second.data() + within, chunk);
        } else {
            read_base(at, to + done, chunk);
        }
        done += chunk;
    }
    return wanted;
}

void OverlaySource::read_base(std::uint64_t offset, std::uint8_t* buffer, std::size_t size) {
    std::memset(buffer, 0, size);
    if (offset >= m_kept) return;
    m_base->read_at(offset, buffer,
                    static_cast<std::size_t>(std::min<std::uint64_t>(size, m_kept - offset)));
}

Bytes& OverlaySource::block(std::uint64_t index) {
    const auto found = m_blocks.find(index);
    if (found != m_blocks.end()) return found->second;
    Bytes bytes(kBlockBytes);
    read_base(index * kBlockBytes, bytes.data(), kBlockBytes);
    return m_blocks.emplace(index, std::move(bytes)).first->second;
}

void OverlaySource::write_at(std::uint64_t offset, const void* buffer, std::size_t size) {
    const auto* from = static_cast<const std::uint8_t*>(buffer);
    for (std::size_t done = 0; done < size;) {
        const std::uint64_t at = offset + done;
        const auto within = static_cast<std::size_t>(at % kBlockBytes);
        const std::size_t chunk = std::min(size - done, kBlockBytes - within);
        std::memcpy(block(at / kBlockBytes).data() + within, from + done, chunk);
        done += chunk;
        m_size = std::max(m_size, at + chunk);
    }
}

void OverlaySource::set_size(std::uint64_t size) {
    if (size < m_size) {
        m_blocks.erase(m_blocks.lower_bound((size + kBlockBytes - 1) / kBlockBytes),
                       m_blocks.end());
        const auto last = m_blocks.find(size / kBlockBytes);
        const auto within = static_cast<std::ptrdiff_t>(size % kBlockBytes);
        if (last != m_blocks.end()) {
            std::fill(last->second.begin() + within, last->second.end(), std::uint8_t{0});
        }
        m_kept = std::min(m_kept, size);
    }
    m_size = size;
}

void OverlaySource::apply() {
    const std::uint64_t base_size = m_base->size();
    if (m_kept < base_size && m_kept < m_size) m_base->set_size(m_kept);
    if (m_size > m_base->size()) m_base->set_size(m_size);
    for (const auto& [index, bytes] : m_blocks) {
        const std::uint64_t at = index * kBlockBytes;
        if (at >= m_size) break;
        m_base->write_at(
            at, bytes.data(),
            static_cast<std::size_t>(std::min<std::uint64_t>(kBlockBytes, m_size - at)));
    }
    if (m_size < m_base->size()) m_base->set_size(m_size);
    m_base->flush();
    m_blocks.clear();
    m_kept = m_size;
}

void OverlaySource::discard() {
    m_blocks.clear();
    m_size = m_base->size();
    m_kept = m_size;
}

}  // namespace remapi::format
