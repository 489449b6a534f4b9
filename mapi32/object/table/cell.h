// SPDX-License-Identifier: LGPL-2.1-or-later
//
// One value of a row as the table and restriction engines see it.
#pragma once

#include <array>
#include <memory>
#include <span>

#include "object/props/prop_value.h"

namespace remapi::object {

/// What the data of a cell are.
enum class CellKind : std::uint8_t { Nothing, Whole, Time, Real, Text, Guid, Binary, Many };

/// A tag and either the number itself or where the data lie; owns nothing. Text is UTF-16 whatever
/// the width its tag says; the values of a multi-valued property are cells of their own. A tag with
/// MV_INSTANCE stands for one of many values.
struct Cell {
    ULONG tag = PR_NULL;
    std::uint32_t size = 0;  ///< UTF-16 units, bytes, or cells behind `data`
    union {
        std::int64_t number;  ///< Whole; Time as the same bits
        double real;
        const void* data;
    };
    Cell() noexcept : number(0) {}

    inline CellKind kind() const noexcept;
    bool is_error() const noexcept { return PROP_TYPE(tag) == PT_ERROR; }
    StringView text() const noexcept { return {static_cast<const WideChar*>(data), size}; }
    BytesView bytes() const noexcept { return view_bytes(data, size); }
    std::span<const Cell> many() const noexcept { return {static_cast<const Cell*>(data), size}; }
};

/// The type of the values themselves, text as PT_UNICODE: a tag with MV_INSTANCE names one value.
ULONG plain_type(ULONG tag) noexcept;
/// The tag of one value of a multi-valued property.
constexpr ULONG one_value_tag(ULONG tag) noexcept {
    return tag & ~static_cast<ULONG>(MVI_FLAG);
}

namespace detail {
constexpr std::array<CellKind, PT_BINARY + 1> kinds_by_type() noexcept {
    std::array<CellKind, PT_BINARY + 1> kinds = {};
    for (const ULONG type : {PT_I2, PT_LONG, PT_ERROR, PT_OBJECT, PT_BOOLEAN, PT_I8, PT_CURRENCY}) {
        kinds[type] = CellKind::Whole;
    }
    for (const ULONG type : {PT_R4, PT_DOUBLE, PT_APPTIME}) kinds[type] = CellKind::Real;
    for (const ULONG type : {PT_STRING8, PT_UNICODE}) kinds[type] = CellKind::Text;
    kinds[PT_SYSTIME] = CellKind::Time;
    kinds[PT_CLSID] = CellKind::Guid;
    kinds[PT_BINARY] = CellKind::Binary;
    return kinds;
}
inline constexpr auto kKindsByType = kinds_by_type();
}  // namespace detail

/// How values of a tag's type are kept.
inline CellKind kind_of(ULONG tag) noexcept {
    const ULONG type = PROP_TYPE(tag);
    if ((type & MVI_FLAG) == MV_FLAG) return CellKind::Many;
    const ULONG single = type & ~static_cast<ULONG>(MVI_FLAG);
    return single < detail::kKindsByType.size() ? detail::kKindsByType[single] : CellKind::Nothing;
}
inline CellKind Cell::kind() const noexcept {
    return kind_of(tag);
}

/// Keeps what cells point to when the value they were made from has it in another form.
class CellStore {
public:
    Cell* cells(std::size_t count);
    StringView keep(String text);

private:
    std::vector<std::unique_ptr<Cell[]>> m_cells;
    std::vector<std::unique_ptr<String>> m_texts;
};

/// A cell over `value`, which must live as long, as must `store`.
Cell cell_of(const PropValue& value, CellStore& store);
/// A cell over a client's value, which is checked as far as it can be.
/// Throws Error(MAPI_E_INVALID_PARAMETER) for a null pointer where data must be or an unknown type,
/// Error(MAPI_E_TYPE_NO_SUPPORT) for PT_SRESTRICTION and PT_ACTIONS.
Cell cell_of(const SPropValue& value, CellStore& store);
/// A cell over whole numbers, times and booleans.
Cell number_cell(ULONG tag, std::int64_t number) noexcept;
/// A cell over `bytes`, which must live as long.
Cell binary_cell(ULONG tag, BytesView bytes) noexcept;
/// The same as a value that owns its data.
PropValue to_value(const Cell& cell);

/// < 0, 0, > 0: text by collation.h, many values one by one, then by their number; cells of
/// different kinds by kind.
int compare_cells(const Cell& left, const Cell& right) noexcept;
/// Equal for cells that compare_cells finds equal.
std::uint64_t hash_cell(const Cell& cell) noexcept;
/// Bytes of the value as SSizeRestriction counts them, text in the width of `tag` with its zero.
std::size_t cell_size_bytes(const Cell& cell, ULONG tag);

}  // namespace remapi::object
