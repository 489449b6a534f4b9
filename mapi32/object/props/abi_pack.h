// SPDX-License-Identifier: LGPL-2.1-or-later
//
// AbiWalk handlers that measure, copy and relocate.
#pragma once

#include <algorithm>

#include "object/props/abi_walk.h"

namespace remapi::object {

/// Where the next piece of a packed block lies, from its start. A block has at most 4 GiB.
class Layout {
public:
    /// A start beyond the limit leaves no room for anything.
    explicit Layout(std::uint64_t start = 0) noexcept
        : m_end(start < kLimit ? static_cast<ULONG>(start) : kLimit) {}

    /// Room for `size` bytes; false when the block would become too large.
    bool take(std::uint64_t size, ULONG alignment) noexcept {
        if (m_end > kLimit - (alignment - 1)) return false;
        m_start = (m_end + alignment - 1) & ~(alignment - 1);
        if (size > kLimit - m_start) return false;
        m_end = m_start + static_cast<ULONG>(size);
        return true;
    }
    /// Ends a value: each one's data take a multiple of 8 bytes.
    bool end_value() noexcept { return take(0, kAlignment); }
    ULONG start() const noexcept { return m_start; }
    ULONG end() const noexcept { return m_end; }

    static constexpr ULONG kAlignment = 8;
    static constexpr ULONG kLimit = 0xFFFFFFFF;

private:
    ULONG m_start = 0;
    ULONG m_end;
};

/// Bytes of a structure at `at` that ends in as many elements as its first member says.
inline SCODE counted_size(const BYTE* at, std::size_t header, std::size_t element,
                          ULONG& size) noexcept {
    const std::uint64_t all =
        header + std::uint64_t{load(reinterpret_cast<const ULONG*>(at))} * element;
    size = static_cast<ULONG>(all);
    return all <= Layout::kLimit ? S_OK : MAPI_E_INVALID_PARAMETER;
}

/// What measuring and copying have in common.
struct PackHandler {
    explicit PackHandler(std::uint64_t start = 0) noexcept : layout(start) {}

    Layout layout;

    SCODE accept(const SPropValue&) const noexcept { return S_OK; }
    SCODE accept(const SRestriction&) const noexcept { return S_OK; }
    SCODE accept(const abi::RuleAction&) const noexcept { return S_OK; }
    bool end_value() noexcept { return layout.end_value(); }
    std::uint64_t end() const noexcept { return layout.end(); }

protected:
    template <Registers registers, class Char>
    SCODE take_text(const Char* text, std::size_t& size) noexcept {
        size = text_bytes<registers>(text);
        return layout.take(size, sizeof(Char)) ? S_OK : MAPI_E_INVALID_PARAMETER;
    }
};

template <Registers registers>
class MeasurerWith : public PackHandler {
public:
    static constexpr bool kWrites = false;

    using PackHandler::PackHandler;

    template <class Char>
    SCODE text(Char* field) noexcept {
        std::size_t size = 0;
        return field ? take_text<registers>(field, size) : MAPI_E_INVALID_PARAMETER;
    }
    template <class T>
    SCODE array(T* field, ULONG count, T*& elements) noexcept {
        elements = field;
        return layout.take(std::uint64_t{count} * sizeof(T), Layout::kAlignment)
                   ? S_OK
                   : MAPI_E_INVALID_PARAMETER;
    }
    SCODE counted(const BYTE* field, std::size_t header, std::size_t element,
                  ULONG& size) noexcept {
        return field ? counted_size(field, header, element, size) : MAPI_E_INVALID_PARAMETER;
    }
};
using Measurer = MeasurerWith<kRegisters>;

template <Registers registers>
class CopierWith : public PackHandler {
public:
    static constexpr bool kWrites = true;

    /// @param block  where the block starts that `start` bytes of are taken
    explicit CopierWith(void* block, std::uint64_t start = 0) noexcept
        : PackHandler(start), m_block(static_cast<BYTE*>(block)) {}

    template <class Char>
    SCODE text(Char*& field) noexcept {
        std::size_t size = 0;
        if (!field || take_text<registers>(field, size) != S_OK) return MAPI_E_INVALID_PARAMETER;
        put(field, size);
        return S_OK;
    }
    template <class T>
    SCODE array(T*& field, ULONG count, T*& elements) noexcept {
        const std::uint64_t size = std::uint64_t{count} * sizeof(T);
        if (!layout.take(size, Layout::kAlignment)) return MAPI_E_INVALID_PARAMETER;
        put(field, static_cast<std::size_t>(size));
        elements = field;
        return S_OK;
    }
    SCODE counted(const BYTE* field, std::size_t header, std::size_t element,
                  ULONG& size) noexcept {
        return field ? counted_size(field, header, element, size) : MAPI_E_INVALID_PARAMETER;
    }

private:
    template <class T>
    void put(T*& field, std::size_t size) noexcept {
        BYTE* const to = m_block + layout.start();
        copy_bytes(to, field, size);
        field = reinterpret_cast<T*>(to);
    }

    BYTE* m_block;
};
using Copier = CopierWith<kRegisters>;

/// Changes pointers from one base to another. The size comes from where the pieces of the block
/// lie, so that of all its texts only the last one has to be read.
class Relocator {
public:
    static constexpr bool kWrites = true;

    /// @param here   where the block of base `from` lies now
    /// @param array  what lies first, `array_bytes` of it: the block's size counts from there
    Relocator(std::uintptr_t from, std::uintptr_t to, std::uintptr_t here, std::uintptr_t array,
              ULONG array_bytes) noexcept
        : m_to_new(to - from), m_end(array_bytes), m_to_here(here - from), m_array(array) {}

    SCODE accept(const SPropValue&) const noexcept { return S_OK; }
    SCODE accept(const SRestriction&) const noexcept { return S_OK; }
    SCODE accept(const abi::RuleAction&) const noexcept { return S_OK; }

    template <class Char>
    SCODE text(Char*& field) noexcept {
        if (!field) return MAPI_E_INVALID_PARAMETER;
        const std::uintptr_t start = offset_of(field);
        if (start <= kFarthest && start >= m_last_text) {
            m_last_text = start;
            m_last_is_wide = sizeof(Char) > 1;
        }
        field = moved(field, m_to_new);
        return S_OK;
    }
    template <class T>
    SCODE array(T*& field, ULONG count, T*& elements) noexcept {
        if (!reach(offset_of(field), std::uint64_t{count} * sizeof(T)))
            return MAPI_E_INVALID_PARAMETER;
        elements = here(field);
        field = moved(field, m_to_new);
        return S_OK;
    }
    SCODE counted(const BYTE* field, std::size_t header, std::size_t element,
                  ULONG& size) noexcept {
        return field ? counted_size(here(field), header, element, size) : MAPI_E_INVALID_PARAMETER;
    }

    bool end_value() const noexcept { return true; }
    /// Bytes of the block, for which the last text is read.
    std::uint64_t end() const noexcept {
        std::uint64_t end = m_end;
        if (m_last_text != 0) {
            const std::uintptr_t at = m_array + m_last_text;
            const std::uint64_t size = m_last_is_wide
                                           ? text_bytes(reinterpret_cast<const WCHAR*>(at))
                                           : text_bytes(reinterpret_cast<const char*>(at));
            end = std::max(end, m_last_text + size);
        }
        return (end + Layout::kAlignment - 1) & ~std::uint64_t{Layout::kAlignment - 1};
    }

private:
    template <class T>
    static T* moved(T* pointer, std::uintptr_t by) noexcept {
        return reinterpret_cast<T*>(reinterpret_cast<std::uintptr_t>(pointer) + by);
    }
    template <class T>
    T* here(T* pointer) const noexcept {
        return moved(pointer, m_to_here);
    }
    template <class T>
    std::uintptr_t offset_of(T* pointer) const noexcept {
        return reinterpret_cast<std::uintptr_t>(here(pointer)) - m_array;
    }

    // False when a piece of that size cannot be. One that lies farther away than that, or before
    // the array, is not of its block.
    bool reach(std::uintptr_t start, std::uint64_t size) noexcept {
        if (size > Layout::kLimit) return false;
        if (start > kFarthest) return true;
        if (size > Layout::kLimit - start) return false;
        m_end = std::max(m_end, static_cast<ULONG>(start + size));
        return true;
    }

    static constexpr std::uintptr_t kFarthest = std::uintptr_t{1} << 31;

    // In an order that lets each have a register of its own.
    std::uintptr_t m_to_new;
    ULONG m_end;
    bool m_last_is_wide = false;
    std::uintptr_t m_to_here;
    std::uintptr_t m_last_text = 0;  ///< its offset; 0 is none
    std::uintptr_t m_array;
};

/// Puts the bytes of a block into `*size`, which may be null.
template <class Handler>
SCODE told_size(const Handler& handler, ULONG* size) noexcept {
    if (!size) return S_OK;
    const std::uint64_t end = handler.end();
    if (end > Layout::kLimit) return MAPI_E_INVALID_PARAMETER;
    *size = static_cast<ULONG>(end);
    return S_OK;
}

}  // namespace remapi::object
