// SPDX-License-Identifier: LGPL-2.1-or-later
#pragma once

#include <atomic>
#include <utility>

#include "object/props/property_bag.h"
#include "object/table/cell.h"

namespace remapi::object {

class CompactRowPtr;

/// A row that never changes: cells ordered by property id and all that they point to in one block.
/// Shared by CompactRowPtr; any thread may read it.
class CompactRow {
public:
    /// A copy of `cells`, in any order. Of several with one id the last counts, but for one of many
    /// values (MV_INSTANCE), which is kept beside the property it comes from. PR_NULL is left out.
    static CompactRowPtr make(std::span<const Cell> cells);
    static CompactRowPtr make(const PropertyBag& bag);
    /// A client's row. Throws as cell_of.
    static CompactRowPtr make(std::span<const SPropValue> values);

    std::span<const Cell> cells() const noexcept { return {first(), m_count}; }
    /// The cell with the id of `tag`, error cells included. A tag with MV_INSTANCE asks for the one
    /// value rather than for the property. Null when there is none.
    const Cell* find(ULONG tag) const noexcept;

    /// What its texts, GUIDs and binaries point into, those of many values excepted: each padded to
    /// data_size() and texts with a zero behind, so that all can be handed out as they are.
    BytesView data() const noexcept {
        return {reinterpret_cast<const std::uint8_t*>(first() + m_count), m_data_bytes};
    }
    /// How many of them there are.
    std::size_t data_pieces() const noexcept { return m_data_pieces; }
    /// The room for so many bytes.
    static constexpr std::size_t data_size(std::size_t bytes) noexcept {
        constexpr std::size_t kAlignment = 8;  // enough for what any value points to
        return (bytes + kAlignment - 1) / kAlignment * kAlignment;
    }

    /// Has the processor fetch the row, or its first `lines` cache lines, which it will be asked
    /// for soon. The default is a row of ten columns with short texts.
    static void prefetch(const CompactRow* row, std::size_t lines = 7) noexcept;

    CompactRow(const CompactRow&) = delete;
    CompactRow& operator=(const CompactRow&) = delete;

private:
    friend class CompactRowPtr;
    CompactRow(std::uint32_t count, std::uint32_t data_bytes, std::uint32_t data_pieces) noexcept
        : m_count(count), m_data_bytes(data_bytes), m_data_pieces(data_pieces) {}
    /// A copy of cells that are in order by id, each once.
    static CompactRowPtr make_in_order(std::span<const Cell> cells);
    const Cell* first() const noexcept { return reinterpret_cast<const Cell*>(this + 1); }

    mutable std::atomic<std::uint32_t> m_references{1};
    const std::uint32_t m_count;
    const std::uint32_t m_data_bytes;
    const std::uint32_t m_data_pieces;
};

/// A reference to a CompactRow, or none.
class CompactRowPtr {
public:
    CompactRowPtr() noexcept = default;
    CompactRowPtr(std::nullptr_t) noexcept {}
    CompactRowPtr(const CompactRowPtr& other) noexcept : m_row(other.m_row) {
        if (m_row) m_row->m_references.fetch_add(1, std::memory_order_relaxed);
    }
    CompactRowPtr(CompactRowPtr&& other) noexcept : m_row(std::exchange(other.m_row, nullptr)) {}
    CompactRowPtr& operator=(CompactRowPtr other) noexcept {
        std::swap(m_row, other.m_row);
        return *this;
    }
    ~CompactRowPtr() { reset(); }

    const CompactRow* get() const noexcept { return m_row; }
    const CompactRow* operator->() const noexcept { return m_row; }
    const CompactRow& operator*() const noexcept { return *m_row; }
    explicit operator bool() const noexcept { return m_row != nullptr; }
    friend bool operator==(const CompactRowPtr&, const CompactRowPtr&) = default;

private:
    friend class CompactRow;
    explicit CompactRowPtr(CompactRow* row) noexcept : m_row(row) {}
    void reset() noexcept;

    CompactRow* m_row = nullptr;
};

/// What a restriction or a column looks at: cells that come first, then those of a row, then one
/// that stands in for what the row has not.
struct RowView {
    const CompactRow* row = nullptr;
    std::span<const Cell> extra = {};
    const Cell* otherwise = nullptr;

    const Cell* find(ULONG tag) const noexcept {
        for (const Cell& cell : extra) {
            if (PROP_ID(cell.tag) == PROP_ID(tag)) return &cell;
        }
        const Cell* const own = row ? row->find(tag) : nullptr;
        if (own || !otherwise || PROP_ID(otherwise->tag) != PROP_ID(tag)) return own;
        return otherwise;
    }
};

/// The cell of `row` when it has the type that `tag` says, the widths of text counting as one.
const Cell* find_typed(const CompactRow& row, ULONG tag) noexcept;

/// The same row as properties; what is one of many values is left out.
PropertyBag to_bag(const CompactRow& row);

}  // namespace remapi::object
