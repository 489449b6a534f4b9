// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/convert/mime/mime_document.h"

#include <algorithm>
#include <cstring>

#include "abi/error.h"
#include "providers/convert/mime/text_encoding.h"

namespace remapi::mime {
namespace {

// Whole lines of base64, about 64 KiB at a time.
constexpr std::size_t kRawBytes = kBase64LineBytes * 1150;

constexpr std::uint64_t base64_size(std::uint64_t raw) noexcept {
    const std::uint64_t lines = raw / kBase64LineBytes;
    const std::uint64_t rest = raw % kBase64LineBytes;
    return lines * 78 + (rest != 0 ? (rest + 2) / 3 * 4 + 2 : 0);
}

}  // namespace

void MimeDocument::add(std::string_view bytes) {
    if (bytes.empty()) return;
    if (m_pieces.empty() || m_pieces.back().open) m_pieces.emplace_back();
    m_pieces.back().bytes.append(bytes);
    m_size += bytes.size();
}

void MimeDocument::add_base64(Opener open, std::uint64_t size_bytes) {
    Piece piece;
    piece.open = std::move(open);
    piece.raw_size = size_bytes;
    m_pieces.push_back(std::move(piece));
    m_size += base64_size(size_bytes);
}

void MimeDocument::append(MimeDocument&& other) {
    for (Piece& piece : other.m_pieces) {
        if (piece.open) {
            add_base64(std::move(piece.open), piece.raw_size);
        } else {
            add(piece.bytes);
        }
    }
}

std::size_t MimeDocument::read(void* buffer, std::size_t size) {
    auto* out = static_cast<char*>(buffer);
    std::size_t done = 0;
    while (done < size) {
        if (m_available.empty() && !fill()) break;
        const std::size_t now = std::min(size - done, m_available.size());
        std::memcpy(out + done, m_available.data(), now);
        m_available.remove_prefix(now);
        done += now;
    }
    return done;
}

// Makes m_available not empty; false at the end.
bool MimeDocument::fill() {
    while (m_piece < m_pieces.size()) {
        const Piece& piece = m_pieces[m_piece];
        if (piece.open) {
            if (fill_from(piece)) return true;
            ++m_piece;
            continue;
        }
        ++m_piece;
        m_available = piece.bytes;
        if (!m_available.empty()) return true;
    }
    return false;
}

// The next lines of a base64 piece; false at its end.
bool MimeDocument::fill_from(const Piece& piece) {
    if (!m_source) {
        m_source = piece.open();
        m_source_read = 0;
        m_raw.resize(kRawBytes);
    }
    std::size_t size = 0;
    while (size < kRawBytes) {
        const std::size_t now = m_source->read(m_raw.data() + size, kRawBytes - size);
        if (now == 0) break;
        size += now;
    }
    m_source_read += size;
    const bool at_end = size < kRawBytes;
    if (m_source_read > piece.raw_size || (at_end && m_source_read != piece.raw_size)) {
        throw Error(MAPI_E_CORRUPT_DATA, "reading an attachment whose size changed meanwhile");
    }
    if (at_end && size == 0) {
        m_source.reset();
        return false;
    }
    m_coded.clear();
    append_base64(m_coded, m_raw.data(), size);
    m_available = m_coded;
    return true;
}

void MimeDocument::rewind() noexcept {
    m_piece = 0;
    m_source.reset();
    m_source_read = 0;
    m_available = {};
}

std::string MimeDocument::all() {
    rewind();
    std::string text(static_cast<std::size_t>(m_size), '\0');
    text.resize(read(text.data(), text.size()));
    rewind();
    return text;
}

}  // namespace remapi::mime
