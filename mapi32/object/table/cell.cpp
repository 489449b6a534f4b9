// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/table/cell.h"

#include <algorithm>

#include "object/restriction/collation.h"
#include "text/text.h"

namespace remapi::object {
namespace {

int order(std::int64_t left, std::int64_t right) noexcept {
    return left < right ? -1 : left > right ? 1 : 0;
}

int compare_bytes(BytesView left, BytesView right) noexcept {
    const std::size_t common = std::min(left.size(), right.size());
    const int difference = common == 0 ? 0 : std::memcmp(left.data(), right.data(), common);
    if (difference != 0) return difference;
    return left.size() < right.size() ? -1 : left.size() > right.size() ? 1 : 0;
}

int compare_many(std::span<const Cell> left, std::span<const Cell> right) noexcept {
    const std::size_t common = std::min(left.size(), right.size());
    for (std::size_t i = 0; i < common; ++i) {
        if (const int difference = compare_cells(left[i], right[i])) return difference;
    }
    return left.size() < right.size() ? -1 : left.size() > right.size() ? 1 : 0;
}

// A not-a-number comes before every number, so that there is an order.
int compare_reals(double left, double right) noexcept {
    const bool left_is = left == left;
    const bool right_is = right == right;
    if (!left_is || !right_is) return static_cast<int>(left_is) - static_cast<int>(right_is);
    return left < right ? -1 : left > right ? 1 : 0;
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) noexcept {
    hash ^= value + 0x9E3779B97F4A7C15u + (hash << 6) + (hash >> 2);
    hash *= 0xFF51AFD7ED558CCDu;
    return hash ^ (hash >> 32);
}

}  // namespace

ULONG plain_type(ULONG tag) noexcept {
    ULONG type = PROP_TYPE(tag);
    if ((type & MV_INSTANCE) != 0) type &= ~static_cast<ULONG>(MVI_FLAG);
    if (type == PT_STRING8) return PT_UNICODE;
    return type == PT_MV_STRING8 ? PT_MV_UNICODE : type;
}

Cell* CellStore::cells(std::size_t count) {
    m_cells.push_back(std::make_unique<Cell[]>(count));
    return m_cells.back().get();
}

StringView CellStore::keep(String text) {
    m_texts.push_back(std::make_unique<String>(std::move(text)));
    return *m_texts.back();
}

Cell number_cell(ULONG tag, std::int64_t number) noexcept {
    Cell cell;
    cell.tag = tag;
    cell.number = number;
    return cell;
}

Cell binary_cell(ULONG tag, BytesView bytes) noexcept {
    Cell cell;
    cell.tag = tag;
    cell.size = static_cast<std::uint32_t>(bytes.size());
    cell.data = bytes.data();
    return cell;
}

int compare_cells(const Cell& left, const Cell& right) noexcept {
    const CellKind kind = left.kind();
    if (kind != right.kind()) return kind < right.kind() ? -1 : 1;
    switch (kind) {
        case CellKind::Whole:
            return order(left.number, right.number);
        case CellKind::Time: {
            const auto a = static_cast<std::uint64_t>(left.number);
            const auto b = static_cast<std::uint64_t>(right.number);
            return a < b ? -1 : a > b ? 1 : 0;
        }
        case CellKind::Real:
            return compare_reals(left.real, right.real);
        case CellKind::Text:
            return compare_texts(left.text(), right.text());
        case CellKind::Guid:
        case CellKind::Binary:
            return compare_bytes(left.bytes(), right.bytes());
        case CellKind::Many:
            return compare_many(left.many(), right.many());
        default:
            return 0;
    }
}

std::uint64_t hash_cell(const Cell& cell) noexcept {
    std::uint64_t hash = static_cast<std::uint64_t>(cell.kind());
    switch (cell.kind()) {
        case CellKind::Whole:
        case CellKind::Time:
            return mixed(hash, static_cast<std::uint64_t>(cell.number));
        case CellKind::Real: {
            // The two zeros are equal, and so are all not-a-numbers.
            const double real = cell.real == 0 ? 0 : cell.real;
            std::uint64_t bits = 0;
            if (real == real) std::memcpy(&bits, &real, sizeof bits);
            return mixed(hash, bits);
        }
        case CellKind::Text:
            for (const WideChar unit : cell.text()) {
                hash = mixed(hash, static_cast<std::uint64_t>(fold_unit(unit)));
            }
            return hash;
        case CellKind::Guid:
        case CellKind::Binary:
            for (const std::uint8_t byte : cell.bytes()) hash = mixed(hash, byte);
            return hash;
        case CellKind::Many:
            for (const Cell& one : cell.many()) hash = mixed(hash, hash_cell(one));
            return hash;
        default:
            return hash;
    }
}

std::size_t cell_size_bytes(const Cell& cell, ULONG tag) {
    const ULONG type = PROP_TYPE(tag) & ~static_cast<ULONG>(MVI_FLAG);
    switch (cell.kind()) {
        case CellKind::Text:
            return type == PT_STRING8 ? text::to_ansi(cell.text()).size() + 1
                                      : (std::size_t{cell.size} + 1) * sizeof(WideChar);
        case CellKind::Guid:
        case CellKind::Binary:
            return cell.size;
        case CellKind::Many: {
            std::size_t sum = 0;
            for (const Cell& one : cell.many()) sum += cell_size_bytes(one, tag);
            return sum;
        }
        case CellKind::Nothing:
            return 0;
        default:
            break;
    }
    switch (plain_type(cell.tag)) {
        case PT_I2:
        case PT_BOOLEAN:
            return sizeof(std::uint16_t);
        case PT_LONG:
        case PT_ERROR:
        case PT_OBJECT:
        case PT_R4:
            return sizeof(std::uint32_t);
        default:
            return sizeof(std::uint64_t);
    }
}

}  // namespace remapi::object
