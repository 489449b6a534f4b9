// SPDX-License-Identifier: LGPL-2.1-or-later
#include "text/like.h"

#include <vector>

namespace remapi::text {
namespace {

struct Item {
    enum class Kind { Unit, Any, Set, OtherThanSet };
    Kind kind = Kind::Unit;
    WideChar unit = 0;
    StringView set;
    bool optional = false;
    bool repeats = false;
};

bool is_in_set(StringView set, WideChar unit) noexcept {
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (i + 2 < set.size() && set[i + 1] == '-') {
            if (unit >= set[i] && unit <= set[i + 2]) return true;
            i += 2;
        } else if (unit == set[i]) {
            return true;
        }
    }
    return false;
}

bool accepts(const Item& item, WideChar unit) noexcept {
    switch (item.kind) {
        case Item::Kind::Unit:
            return unit == item.unit;
        case Item::Kind::Any:
            return true;
        case Item::Kind::Set:
            return is_in_set(item.set, unit);
        case Item::Kind::OtherThanSet:
            return !is_in_set(item.set, unit);
    }
    return false;
}

// Takes a set whose bracket is the first unit of `rest`; without a closing one it is a bracket.
Item taken_set(StringView& rest) noexcept {
    Item item;
    const bool other = rest.size() > 1 && rest[1] == '^';
    const std::size_t start = other ? 2 : 1;
    const std::size_t end = rest.find(WideChar{']'}, start + 1);  // a bracket first is in the set
    if (end == StringView::npos) {
        item.unit = rest[0];
        rest.remove_prefix(1);
        return item;
    }
    item.kind = other ? Item::Kind::OtherThanSet : Item::Kind::Set;
    item.set = rest.substr(start, end - start);
    rest.remove_prefix(end + 1);
    return item;
}

Item taken_item(StringView& rest) noexcept {
    if (rest[0] == '[') return taken_set(rest);
    Item item;
    if (rest[0] == '.') item.kind = Item::Kind::Any;
    if (rest[0] == '\\' && rest.size() > 1) rest.remove_prefix(1);
    item.unit = rest[0];
    rest.remove_prefix(1);
    return item;
}

std::vector<Item> parsed(StringView rest) {
    std::vector<Item> items;
    while (!rest.empty()) {
        Item item = taken_item(rest);
        if (!rest.empty() && (rest[0] == '*' || rest[0] == '+' || rest[0] == '?')) {
            item.optional = rest[0] != '+';
            item.repeats = rest[0] != '?';
            rest.remove_prefix(1);
        }
        items.push_back(item);
    }
    return items;
}

/// How far into the expression the text may have come: all possibilities at once.
class Progress {
public:
    explicit Progress(const std::vector<Item>& items)
        : m_items(items), m_now(items.size() + 1), m_next(items.size() + 1) {}

    void start() { reach(m_now, 0); }
    bool is_complete() const { return m_now.back(); }
    void advance(WideChar unit) {
        m_next.assign(m_next.size(), false);
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            if (!m_now[i] || !accepts(m_items[i], unit)) continue;
            reach(m_next, i + 1);
            if (m_items[i].repeats) reach(m_next, i);
        }
        m_now.swap(m_next);
    }

private:
    void reach(std::vector<bool>& places, std::size_t place) const {
        for (; !places[place]; ++place) {
            places[place] = true;
            if (place == m_items.size() || !m_items[place].optional) return;
        }
    }

    const std::vector<Item>& m_items;
    std::vector<bool> m_now;
    std::vector<bool> m_next;
};

bool ends_in_anchor(StringView expression) noexcept {
    if (expression.empty() || expression.back() != '$') return false;
    std::size_t slashes = 0;
    while (slashes + 1 < expression.size() && expression[expression.size() - 2 - slashes] == '\\')
        ++slashes;
    return slashes % 2 == 0;
}

}  // namespace

bool is_like(StringView text, StringView expression) {
    const bool from_start = !expression.empty() && expression.front() == '^';
    if (from_start) expression.remove_prefix(1);
    const bool to_end = ends_in_anchor(expression);
    if (to_end) expression.remove_suffix(1);
    const std::vector<Item> items = parsed(expression);
    Progress progress(items);
    progress.start();
    for (const WideChar unit : text) {
        if (!to_end && progress.is_complete()) return true;
        progress.advance(unit);
        if (!from_start) progress.start();
    }
    return progress.is_complete();
}

}  // namespace remapi::text
