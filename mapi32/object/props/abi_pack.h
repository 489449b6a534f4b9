// SPDX-License-Identifier: LGPL-2.1-or-later
//
// AbiWalk handlers that measure, copy and relocate.
#pragma once

#include "object/props/abi_walk.h"

namespace remapi::object {

/// Units of a zero-terminated text without its zero. It may be misaligned.
inline std::size_t text_units(const char* text) noexcept {
    return std::strlen(text);
}
inline std::size_t text_units(const WCHAR* text) noexcept {
    std::size_t units = 0;
    while (load(text + units) != 0) ++units;
    return units;
}

/// Where the next piece of a packed block lies, from its start.
class Layout {
public:
    explicit Layout(std::uint64_t start = 0) noexcept : m_end(start) {}

    /// Room for `size` bytes; false when the block would exceed 4 GiB.
    bool take(std::uint64_t size, unsigned alignment) noexcept {
        m_start = (m_end + alignment - 1) & ~static_cast<std::uint64_t>(alignment - 1);
        m_end = m_start + size;
        return size <= kLimit && m_end <= kLimit;
    }
    /// Ends a value: each one's data take a multiple of 8 bytes.
    bool end_value() noexcept { return take(0, kAlignment); }
    std::size_t start() const noexcept { return static_cast<std::size_t>(m_start); }
    std::uint64_t end() const noexcept { return m_end; }

    static constexpr unsigned kAlignment = 8;
    static constexpr std::uint64_t kLimit = 0xFFFFFFFF;

private:
    std::uint64_t m_start = 0;
    std::uint64_t m_end;
};

/// What all three have in common.
struct PackHandler {
    Layout layout;

    SCODE accept(const SPropValue&) const noexcept { return S_OK; }
    SCODE accept(const SRestriction&) const noexcept { return S_OK; }
    SCODE accept(const abi::RuleAction&) const noexcept { return S_OK; }

protected:
    template <class Char>
    SCODE take_text(const Char* text, std::size_t& size) noexcept {
        size = (text_units(text) + 1) * sizeof(Char);
        return layout.take(size, sizeof(Char)) ? S_OK : MAPI_E_INVALID_PARAMETER;
    }
    /// Bytes of a structure at `at` that ends in as many elements as its first member says.
    static SCODE counted_size(const BYTE* at, std::size_t header, std::size_t element,
                              ULONG& size) noexcept {
        const std::uint64_t all =
            header + std::uint64_t{load(reinterpret_cast<const ULONG*>(at))} * element;
        size = static_cast<ULONG>(all);
        return all <= Layout::kLimit ? S_OK : MAPI_E_INVALID_PARAMETER;
    }
};

class Measurer : public PackHandler {
public:
    static constexpr bool kWrites = false;

    template <class Char>
    SCODE text(Char* field) noexcept {
        std::size_t size = 0;
        return field ? take_text(field, size) : MAPI_E_INVALID_PARAMETER;
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

class Copier : public PackHandler {
public:
    static constexpr bool kWrites = true;

    /// @param block  where the block starts that `start` bytes of are taken
    Copier(void* block, std::uint64_t start) noexcept : m_block(static_cast<BYTE*>(block)) {
        layout = Layout(start);
    }

    template <class Char>
    SCODE text(Char*& field) noexcept {
        std::size_t size = 0;
        if (!field || take_text(field, size) != S_OK) return MAPI_E_INVALID_PARAMETER;
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
        std::memcpy(to, static_cast<const void*>(field), size);
        field = reinterpret_cast<T*>(to);
    }

    BYTE* m_block;
};

class Relocator : public PackHandler {
public:
    static constexpr bool kWrites = true;

    /// @param here  where the block of base `from` lies now
    Relocator(std::uintptr_t from, std::uintptr_t to, std::uintptr_t here, bool measures) noexcept
        : m_to_new(to - from), m_to_here(here - from), m_measures(measures) {}

    template <class Char>
    SCODE text(Char*& field) noexcept {
        if (!field) return MAPI_E_INVALID_PARAMETER;
        std::size_t size = 0;
        if (m_measures && take_text(here(field), size) != S_OK) return MAPI_E_INVALID_PARAMETER;
        field = moved(field, m_to_new);
        return S_OK;
    }
    template <class T>
    SCODE array(T*& field, ULONG count, T*& elements) noexcept {
        if (!layout.take(std::uint64_t{count} * sizeof(T), Layout::kAlignment))
            return MAPI_E_INVALID_PARAMETER;
        elements = here(field);
        field = moved(field, m_to_new);
        return S_OK;
    }
    SCODE counted(const BYTE* field, std::size_t header, std::size_t element,
                  ULONG& size) noexcept {
        return field ? counted_size(here(field), header, element, size) : MAPI_E_INVALID_PARAMETER;
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

    std::uintptr_t m_to_new;
    std::uintptr_t m_to_here;
    bool m_measures;
};

}  // namespace remapi::object
