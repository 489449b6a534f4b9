// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What a view shows, worked out from all rows each time and without any code of the table engine:
// what the engine must show after whatever came, went or changed.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <random>

#include "object/restriction/restriction.h"
#include "object/table/table_source.h"

namespace remapi::object::model {

using Random = std::mt19937;

constexpr ULONG kRowId = PR_ROWID;
constexpr ULONG kName = PR_SUBJECT_W;
constexpr ULONG kSize = PR_MESSAGE_SIZE;
constexpr ULONG kFlags = PR_MESSAGE_FLAGS;
constexpr ULONG kMany = PROP_TAG(PT_MV_LONG, 0x6607);
constexpr ULONG kOne = kMany | MVI_FLAG;  // a row for each of the values

struct Row {
    RowKey key = 0;
    int id = 0;
    std::optional<std::string> name;
    std::optional<int> size;
    int flags = 0;
    std::vector<int> many;

    PropertyBag bag() const;
};

/// A restriction, and the same as a function.
struct Condition {
    Restriction restriction;
    std::function<bool(const Row& row)> holds;
};

/// A row of a view, or of a category.
struct Shown {
    bool is_heading = false;
    int id = 0;
    std::string category;  ///< what the heading stands for
    std::string picture;   ///< all its columns
};

/// A key of an order, by its property.
struct Sort {
    ULONG tag;
    bool descending;
};

/// What is wanted of a view, and what it shows for it.
class View {
public:
    std::vector<Sort> sorts;
    std::size_t categories = 0;
    std::size_t expanded = 0;  ///< levels of categories that are born expanded
    bool by_value = false;     ///< a row for each of many values
    std::optional<Condition> condition;

    /// Forgets which categories are expanded.
    void start_over() { m_states.clear(); }
    void update(const std::vector<Row>& rows);
    void set_expanded(const std::string& category, bool is_expanded) {
        m_states[category] = is_expanded;
    }
    bool is_expanded(const std::string& category) const { return m_states.at(category); }
    const std::vector<Shown>& shown() const { return m_shown; }
    /// Where the row is shown; -1: nowhere.
    std::ptrdiff_t position_of(int id) const {
        for (std::size_t i = 0; i < m_shown.size(); ++i) {
            if (!m_shown[i].is_heading && m_shown[i].id == id)
                return static_cast<std::ptrdiff_t>(i);
        }
        return -1;
    }

private:
    struct Leaf {
        const Row* row;
        std::optional<int> one;
    };
    struct Category {
        std::size_t leaves = 0;
        std::size_t unread = 0;
    };

    static std::optional<std::string> value_of(const Leaf& leaf, ULONG tag);
    bool is_before(const Leaf& left, const Leaf& right) const;
    std::vector<Leaf> leaves_of(const std::vector<Row>& rows) const;
    std::string category_of(const Leaf& leaf, std::size_t level) const;
    void count_categories(const std::vector<Leaf>& leaves);
    void show_headings(const Leaf& leaf, const Leaf* before);
    bool is_inside_shown(const Leaf& leaf, std::size_t level) const;

    std::map<std::string, Category> m_categories;
    std::map<std::string, bool> m_states;
    std::vector<Shown> m_shown;
};

inline String wide(const std::string& text) {
    return String(text.begin(), text.end());
}

inline std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    }
    return text;
}

template <class T>
std::string shown_value(const std::optional<T>& value) {
    if constexpr (std::is_same_v<T, int>) return value ? std::to_string(*value) : "-";
    if constexpr (!std::is_same_v<T, int>) return value.value_or("-");
}

inline std::string picture_of_leaf(int id, const std::optional<int>& one,
                                   const std::optional<std::string>& name,
                                   const std::optional<int>& size,
                                   const std::optional<int>& depth) {
    return "row " + std::to_string(id) + " value " + shown_value(one) + " name " +
           shown_value(name) + " size " + shown_value(size) + " depth " + shown_value(depth);
}

inline std::string picture_of_heading(std::size_t level, const std::string& values,
                                      std::size_t leaves, std::size_t unread, bool is_expanded) {
    return "heading " + std::to_string(level) + values + " rows " + std::to_string(leaves) +
           " unread " + std::to_string(unread) + (is_expanded ? " expanded" : " collapsed");
}

inline PropertyBag Row::bag() const {
    PropertyBag bag{{kRowId, id}, {kFlags, flags}};
    if (name) bag.set(PropValue(kName, wide(*name)));
    if (size) bag.set(PropValue(kSize, *size));
    if (!many.empty()) {
        bag.set(PropValue(kMany, PropValue::Data(std::vector<std::int32_t>(many))));
    }
    return bag;
}

/// Texts that are in order when the values are; small numbers only.
inline std::optional<std::string> View::value_of(const Leaf& leaf, ULONG tag) {
    const auto number = [](int value) { return std::to_string(2000000 + value); };
    switch (tag) {
        case kRowId:
            return number(leaf.row->id);
        case kFlags:
            return number(leaf.row->flags);
        case kSize:
            return leaf.row->size ? std::optional(number(*leaf.row->size)) : std::nullopt;
        case kOne:
            return leaf.one ? std::optional(number(*leaf.one)) : std::nullopt;
        default:
            return leaf.row->name ? std::optional(lower(*leaf.row->name)) : std::nullopt;
    }
}

inline bool View::is_before(const Leaf& left, const Leaf& right) const {
    for (const Sort& sort : sorts) {
        const auto a = value_of(left, sort.tag);
        const auto b = value_of(right, sort.tag);
        if (a == b) continue;
        if (!a || !b) return a.has_value();
        return sort.descending ? *b < *a : *a < *b;
    }
    return false;
}

inline std::vector<View::Leaf> View::leaves_of(const std::vector<Row>& rows) const {
    std::vector<Leaf> leaves;
    for (const Row& row : rows) {
        if (condition && !condition->holds(row)) continue;
        std::vector<int> values;
        for (const int value : row.many) {
            if (std::find(values.begin(), values.end(), value) == values.end()) {
                values.push_back(value);
            }
        }
        if (!by_value || values.empty()) {
            leaves.push_back({&row, std::nullopt});
        } else {
            for (const int value : values) leaves.push_back({&row, value});
        }
    }
    std::stable_sort(leaves.begin(), leaves.end(),
                     [this](const Leaf& a, const Leaf& b) { return is_before(a, b); });
    return leaves;
}

inline std::string View::category_of(const Leaf& leaf, std::size_t level) const {
    std::string category = std::to_string(level);
    for (std::size_t i = 0; i <= level; ++i) {
        category += '|' + value_of(leaf, sorts[i].tag).value_or("-");
    }
    return category;
}

inline void View::count_categories(const std::vector<Leaf>& leaves) {
    m_categories.clear();
    std::map<std::string, bool> states;
    for (const Leaf& leaf : leaves) {
        for (std::size_t level = 0; level < categories; ++level) {
            const std::string category = category_of(leaf, level);
            ++m_categories[category].leaves;
            m_categories[category].unread += (leaf.row->flags & MSGFLAG_READ) == 0 ? 1 : 0;
            const auto known = m_states.find(category);
            states[category] = known == m_states.end() ? level < expanded : known->second;
        }
    }
    m_states.swap(states);  // those of categories that are no more are forgotten
}

/// Whether what stands directly in the leaf's category of `level` - 1 is shown.
inline bool View::is_inside_shown(const Leaf& leaf, std::size_t level) const {
    for (std::size_t above = 0; above < level; ++above) {
        if (!m_states.at(category_of(leaf, above))) return false;
    }
    return true;
}

/// The headings in front of `leaf`, which `before` is not under.
inline void View::show_headings(const Leaf& leaf, const Leaf* before) {
    for (std::size_t level = 0; level < categories; ++level) {
        const std::string category = category_of(leaf, level);
        if (before && category_of(*before, level) == category) continue;
        if (!is_inside_shown(leaf, level)) continue;
        std::optional<int> one, size;
        std::optional<std::string> name;
        for (std::size_t i = 0; i <= level; ++i) {
            if (sorts[i].tag == kOne) one = leaf.one;
            if (sorts[i].tag == kSize) size = leaf.row->size;
            if (sorts[i].tag == kName && leaf.row->name) name = lower(*leaf.row->name);
        }
        const std::string values = " value " + shown_value(one) + " name " + shown_value(name) +
                                   " size " + shown_value(size);
        const Category& about = m_categories.at(category);
        m_shown.push_back(
            {true, 0, category,
             picture_of_heading(level, values, about.leaves, about.unread, m_states.at(category))});
    }
}

inline void View::update(const std::vector<Row>& rows) {
    const std::vector<Leaf> leaves = leaves_of(rows);
    count_categories(leaves);
    m_shown.clear();
    const Leaf* before = nullptr;
    for (const Leaf& leaf : leaves) {
        show_headings(leaf, before);
        before = &leaf;
        if (!is_inside_shown(leaf, categories)) continue;
        const std::optional<int> depth =
            categories > 0 ? std::optional(static_cast<int>(categories)) : std::nullopt;
        m_shown.push_back(
            {false, leaf.row->id, "",
             picture_of_leaf(leaf.row->id, leaf.one, leaf.row->name, leaf.row->size, depth)});
    }
}

}  // namespace remapi::object::model
