// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <cstring>
#include <type_traits>
#include <utility>

#include "abi/error.h"
#include "memory/allocator.h"

namespace remapi::memory {

/// Bytes of `count` elements of `size`, checked. Throws Error(MAPI_E_NOT_ENOUGH_MEMORY) on
/// overflow.
inline ULONG array_bytes(std::size_t count, std::size_t size) {
    if (size != 0 && count > 0xFFFFFFFFu / size) {
        throw Error(MAPI_E_NOT_ENOUGH_MEMORY, "an array over 4 GiB");
    }
    return static_cast<ULONG>(count * size);
}

/// One MAPIAllocateBuffer block and everything linked to it. Move-only; frees the whole chain.
template <class T>
class Buffer {
public:
    Buffer() noexcept = default;
    Buffer(Buffer&& other) noexcept : m_block(std::exchange(other.m_block, nullptr)) {}
    Buffer& operator=(Buffer&& other) noexcept {
        reset();
        m_block = std::exchange(other.m_block, nullptr);
        return *this;
    }
    ~Buffer() { reset(); }

    /// `count` zeroed elements. Throws Error(MAPI_E_NOT_ENOUGH_MEMORY), also on size overflow.
    static Buffer allocate(std::size_t count = 1) {
        return allocate_bytes(array_bytes(count, sizeof(T)));
    }
    /// A zeroed block of `size` bytes, for structs that end in an array.
    static Buffer allocate_bytes(std::size_t size) {
        const ULONG bytes = narrow_size(size);
        void* block = nullptr;
        check(routines().allocate(bytes, &block), "MAPIAllocateBuffer");
        std::memset(block, 0, bytes);
        return attach(static_cast<T*>(block));
    }
    /// Takes over a block that somebody allocated.
    static Buffer attach(T* block) noexcept {
        Buffer result;
        result.m_block = block;
        return result;
    }

    /// `count` zeroed elements that die with this block. Never free the result.
    template <class U>
    U* link(std::size_t count) {
        return static_cast<U*>(link_to(m_block, array_bytes(count, sizeof(U))));
    }
    /// A zero-terminated copy of `text` that dies with this block.
    template <class Char>
    Char* link_text(std::basic_string_view<Char> text) {
        Char* copy = link<Char>(text.size() + 1);
        std::memcpy(copy, text.data(), text.size() * sizeof(Char));
        return copy;
    }
    /// `size` zeroed bytes that die with `root`.
    static void* link_to(void* root, std::size_t size) {
        const ULONG bytes = narrow_size(size);
        void* block = nullptr;
        check(routines().more(bytes, root, &block), "MAPIAllocateMore");
        std::memset(block, 0, bytes);
        return block;
    }

    /// For out-parameters; drops what it held.
    T** put() noexcept {
        reset();
        return &m_block;
    }
    /// Hands the block to the caller of the ABI.
    T* release() noexcept { return std::exchange(m_block, nullptr); }
    T* get() const noexcept { return m_block; }
    T* operator->() const noexcept { return m_block; }
    T& operator[](std::size_t i) const noexcept { return m_block[i]; }
    explicit operator bool() const noexcept { return m_block != nullptr; }

    void reset() noexcept {
        if (T* old = std::exchange(m_block, nullptr)) routines().free(old);
    }

private:
    T* m_block = nullptr;
};

/// A row set with its rows: each row's values are a block of their own, as FreeProws expects.
/// Page: mapi/managing-memory-for-adrlist-and-srowset-structures.md
class RowSet {
public:
    RowSet() noexcept = default;
    RowSet(RowSet&& other) noexcept : m_rows(std::exchange(other.m_rows, nullptr)) {}
    RowSet& operator=(RowSet&& other) noexcept {
        reset();
        m_rows = std::exchange(other.m_rows, nullptr);
        return *this;
    }
    ~RowSet() { reset(); }

    /// Room for `count` rows, each empty.
    static RowSet allocate(std::size_t count);
    SRowSet** put() noexcept {
        reset();
        return &m_rows;
    }
    SRowSet* release() noexcept { return std::exchange(m_rows, nullptr); }
    SRowSet* get() const noexcept { return m_rows; }
    ULONG size() const noexcept { return m_rows ? m_rows->cRows : 0; }
    SRow& operator[](std::size_t i) const noexcept { return m_rows->aRow[i]; }
    void reset() noexcept;

private:
    SRowSet* m_rows = nullptr;
};

/// Frees a row set or an address list (same layout) and every row's values. Null is left alone.
void free_row_set(SRowSet* rows) noexcept;
void free_address_list(ADRLIST* list) noexcept;

}  // namespace remapi::memory

namespace remapi {
using memory::Buffer;
using memory::RowSet;
}  // namespace remapi
