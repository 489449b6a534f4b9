// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A composed message as a sequence of pieces that are produced while it is read: its texts lie in
// memory, its attachments are read from where they are, so that size is no matter of memory.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "providers/convert/mime/message_source.h"

namespace remapi::mime {

/// Reads front to back, CRLF line ends, 7-bit. One thread at a time.
class MimeDocument {
public:
    using Opener = std::function<std::unique_ptr<ByteSource>()>;

    /// Appends bytes as they are.
    void add(std::string_view bytes);
    /// Appends the base64 form, line by line, of the `size_bytes` bytes that `open` will give.
    void add_base64(Opener open, std::uint64_t size_bytes);
    void append(MimeDocument&& other);

    /// Exactly how many bytes reading gives.
    std::uint64_t size_bytes() const noexcept { return m_size; }

    /// Puts up to `size` bytes into `buffer`; 0 at the end. Throws what an attachment's source
    /// throws, and Error(MAPI_E_CORRUPT_DATA) when one is longer or shorter than it said.
    std::size_t read(void* buffer, std::size_t size);
    /// Goes back to the beginning; attachments are opened again.
    void rewind() noexcept;

    /// All of it; for small messages and tests.
    std::string all();

private:
    struct Piece {
        std::string bytes;  ///< of a text piece
        Opener open;        ///< of a base64 piece
        std::uint64_t raw_size = 0;
    };
    bool fill();
    bool fill_from(const Piece& piece);

    std::vector<Piece> m_pieces;
    std::uint64_t m_size = 0;

    // Where reading has got to.
    std::size_t m_piece = 0;
    std::unique_ptr<ByteSource> m_source;
    std::uint64_t m_source_read = 0;
    std::vector<char> m_raw;
    std::string m_coded;           ///< produced from the current base64 piece
    std::string_view m_available;  ///< not handed out yet
};

}  // namespace remapi::mime
