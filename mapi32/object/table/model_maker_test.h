// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Rows, orders and restrictions at random, and what the restrictions mean.
#pragma once

#include "object/table/model_test.h"

namespace remapi::object::model {

inline bool relation(ULONG relop, int order) {
    switch (relop) {
        case RELOP_LT:
            return order < 0;
        case RELOP_LE:
            return order <= 0;
        case RELOP_GT:
            return order > 0;
        case RELOP_GE:
            return order >= 0;
        case RELOP_EQ:
            return order == 0;
        default:
            return order != 0;
    }
}

template <class T>
int order_of(const T& left, const T& right) {
    return left < right ? -1 : right < left ? 1 : 0;
}

/// Rows, orders and conditions; everything follows from the seed.
class Maker {
public:
    explicit Maker(std::uint32_t seed) : m_random(seed) {}

    std::size_t below(std::size_t end) { return m_random() % end; }
    bool once_in(std::size_t times) { return below(times) == 0; }
    std::string name() {
        static const char* const kNames[] = {
            "red",
            "Red",
            "blue",
            "Blue moon",
            "green",
            "a",
            "report 1",
            "Report 2",
            "REPORT 10",
            "a long name that says nothing for more than thirty letters",
            "A long name that says nothing for more than thirty letters, too"};
        return kNames[below(std::size(kNames))];
    }
    int number() { return static_cast<int>(below(7)) - 3; }
    void fill(Row& row) {
        row.name = once_in(6) ? std::nullopt : std::optional(name());
        row.size = once_in(6) ? std::nullopt : std::optional(number());
        row.flags = static_cast<int>(below(4));
        row.many.clear();
        for (std::size_t count = below(4); count > 0; --count) row.many.push_back(number());
    }
    Condition id_condition(int last) {
        static constexpr ULONG kRelops[] = {RELOP_LT, RELOP_LE, RELOP_GT, RELOP_GE, RELOP_EQ};
        const ULONG how = kRelops[below(std::size(kRelops))];
        const int id = static_cast<int>(below(static_cast<std::size_t>(last) + 2));
        return {property(how, PropValue(kRowId, id)),
                [=](const Row& row) { return relation(how, order_of(row.id, id)); }};
    }
    Condition condition(unsigned depth = 0) {
        using Make = Condition (Maker::*)();
        static constexpr Make kMakes[] = {&Maker::by_size, &Maker::by_name,   &Maker::content,
                                          &Maker::by_bits, &Maker::by_length, &Maker::compared,
                                          &Maker::present};
        constexpr std::size_t kSimple = std::size(kMakes);
        const std::size_t choice = below(kSimple + (depth < 3 ? 3 : 0));
        if (choice < kSimple) return (this->*kMakes[choice])();
        static constexpr ULONG kKinds[] = {RES_NOT, RES_AND, RES_OR};
        return combined(kKinds[choice - kSimple], depth);
    }
    /// An order that says where every row belongs, or none; with or without categories.
    void order(View& view) {
        static constexpr ULONG kTags[] = {kName, kSize, kFlags, kOne};
        view.sorts.clear();
        view.categories = view.expanded = 0;
        if (once_in(5)) return;
        for (std::size_t count = below(3); count > 0; --count) {
            const ULONG tag = kTags[below(view.by_value ? 4 : 3)];
            const bool known = std::any_of(view.sorts.begin(), view.sorts.end(),
                                           [tag](const Sort& sort) { return sort.tag == tag; });
            if (!known) view.sorts.push_back({tag, once_in(2)});
        }
        view.categories = below(view.sorts.size() + 1);
        view.expanded = below(view.categories + 1);
        view.sorts.push_back({kRowId, once_in(2)});
    }

private:
    static Restriction property(ULONG relop, PropValue value) {
        Restriction restriction;
        restriction.kind = RES_PROPERTY;
        restriction.operation = relop;
        restriction.tag = value.tag();
        restriction.value = std::move(value);
        return restriction;
    }
    ULONG relop() { return static_cast<ULONG>(below(RELOP_NE + 1)); }
    Condition by_size() {
        const ULONG how = relop();
        const int size = number();
        return {property(how, PropValue(kSize, size)), [=](const Row& row) {
                    if (!row.size) return how == RELOP_NE;
                    return relation(how, order_of(*row.size, size));
                }};
    }
    Condition by_name() {
        const ULONG how = relop();
        const std::string wanted = name();
        return {property(how, PropValue(kName, wide(wanted))), [=](const Row& row) {
                    if (!row.name) return how == RELOP_NE;
                    return relation(how, order_of(lower(*row.name), lower(wanted)));
                }};
    }
    Condition by_bits() {
        const ULONG mask = static_cast<ULONG>(1 + below(3));
        const bool set = once_in(2);
        Condition made;
        made.restriction.kind = RES_BITMASK;
        made.restriction.operation = set ? BMR_NEZ : BMR_EQZ;
        made.restriction.tag = kFlags;
        made.restriction.number = mask;
        made.holds = [=](const Row& row) {
            return ((static_cast<ULONG>(row.flags) & mask) != 0) == set;
        };
        return made;
    }
    Condition by_length() {
        const ULONG how = relop();
        const std::size_t bytes = below(16);
        Condition made;
        made.restriction.kind = RES_SIZE;
        made.restriction.operation = how;
        made.restriction.tag = kName;
        made.restriction.number = static_cast<ULONG>(bytes);
        made.holds = [=](const Row& row) {
            return row.name && relation(how, order_of((row.name->size() + 1) * 2, bytes));
        };
        return made;
    }
    Condition compared() {
        const ULONG how = relop();
        Condition made;
        made.restriction.kind = RES_COMPAREPROPS;
        made.restriction.operation = how;
        made.restriction.tag = kSize;
        made.restriction.second_tag = kFlags;
        made.holds = [=](const Row& row) {
            if (!row.size) return how == RELOP_NE;
            return relation(how, order_of(*row.size, row.flags));
        };
        return made;
    }
    Condition present() {
        Condition made;
        made.restriction.kind = RES_EXIST;
        made.restriction.tag = once_in(2) ? kName : kSize;
        made.holds = [tag = made.restriction.tag](const Row& row) {
            return tag == kName ? row.name.has_value() : row.size.has_value();
        };
        return made;
    }
    Condition content() {
        static constexpr ULONG kLevels[] = {FL_FULLSTRING, FL_SUBSTRING, FL_PREFIX};
        const ULONG level = kLevels[below(3)];
        const bool folded = once_in(2);
        const std::string whole = name();
        const std::string part = once_in(3) ? whole : whole.substr(0, 3);
        Condition made;
        made.restriction.kind = RES_CONTENT;
        made.restriction.operation = level | (folded ? FL_IGNORECASE : 0);
        made.restriction.tag = kName;
        made.restriction.value = PropValue(kName, wide(part));
        made.holds = [=](const Row& row) {
            if (!row.name) return false;
            const std::string text = folded ? lower(*row.name) : *row.name;
            const std::string wanted = folded ? lower(part) : part;
            const std::size_t at = text.find(wanted);
            if (level == FL_FULLSTRING) return text == wanted;
            return level == FL_PREFIX ? at == 0 : at != std::string::npos;
        };
        return made;
    }
    Condition combined(ULONG kind, unsigned depth) {
        Condition made;
        std::vector<std::function<bool(const Row&)>> parts;
        for (std::size_t count = kind == RES_NOT ? 1 : 1 + below(2); count > 0; --count) {
            Condition part = condition(depth + 1);
            made.restriction.children.push_back(std::move(part.restriction));
            parts.push_back(std::move(part.holds));
        }
        made.restriction.kind = kind;
        made.holds = [=](const Row& row) {
            const auto holds = [&](const auto& part) { return part(row); };
            if (kind == RES_NOT) return !parts[0](row);
            return kind == RES_AND ? std::all_of(parts.begin(), parts.end(), holds)
                                   : std::any_of(parts.begin(), parts.end(), holds);
        };
        return made;
    }

    Random m_random;
};

}  // namespace remapi::object::model
