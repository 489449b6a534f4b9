// SPDX-License-Identifier: LGPL-2.1-or-later
#include <algorithm>

#include "object/restriction/restriction.h"
#include "text/text.h"

namespace remapi::object {
namespace {

constexpr ULONG kMatchKind = 0x0000FFFF;  // the half of a fuzzy level that says how much must match

bool relation_holds(ULONG relop, int order) noexcept {
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
        case RELOP_NE:
            return order != 0;
        default:
            return false;
    }
}

// Combining marks of the scripts that FL_IGNORENONSPACE is about.
bool is_non_spacing(WideChar unit) noexcept {
    const auto code = static_cast<unsigned>(unit);
    return (code >= 0x0300 && code <= 0x036F) || (code >= 0x1AB0 && code <= 0x1AFF) ||
           (code >= 0x1DC0 && code <= 0x1DFF) || (code >= 0x20D0 && code <= 0x20FF) ||
           (code >= 0xFE20 && code <= 0xFE2F);
}

String prepared(const String& text, ULONG fuzzy_level) {
    String result = (fuzzy_level & (FL_IGNORECASE | FL_LOOSE)) != 0 ? text::folded(text) : text;
    if ((fuzzy_level & (FL_IGNORENONSPACE | FL_LOOSE)) != 0) std::erase_if(result, is_non_spacing);
    return result;
}

template <class Sequence>
bool contains(ULONG kind, const Sequence& whole, const Sequence& part) {
    switch (kind) {
        case FL_FULLSTRING:
            return whole == part;
        case FL_PREFIX:
            return whole.size() >= part.size() &&
                   std::equal(part.begin(), part.end(), whole.begin());
        case FL_SUBSTRING:
            return std::search(whole.begin(), whole.end(), part.begin(), part.end()) !=
                       whole.end() ||
                   part.empty();
        default:
            throw Error(MAPI_E_TOO_COMPLEX, "a fuzzy level of an unknown kind");
    }
}

bool contains_text(ULONG level, const String& whole, const String& part) {
    return contains(level & kMatchKind, prepared(whole, level), prepared(part, level));
}

bool holds_many_of(const PropValue& values, const PropValue& single) noexcept {
    return (values.type() & MV_FLAG) != 0 &&
           PROP_TYPE(stored_tag(values.tag())) == (PROP_TYPE(stored_tag(single.tag())) | MV_FLAG);
}

// Any element of a multi-valued property against one value of its element type.
template <class Test>
bool any_element(const PropValue& values, ULONG single_tag, Test test) {
    return std::visit(
        [&](const auto& data) -> bool {
            using T = std::decay_t<decltype(data)>;
            if constexpr (requires { typename T::value_type; } && !std::is_same_v<T, String> &&
                          !std::is_same_v<T, Bytes>) {
                return std::any_of(data.begin(), data.end(), [&](const auto& element) {
                    return test(PropValue(single_tag, PropValue::Data(element)));
                });
            } else {
                return false;
            }
        },
        values.data());
}

bool property_matches(const Restriction& restriction, const PropertyBag& row) {
    const PropValue* found = row.find(restriction.tag);
    if (!found) return restriction.operation == RELOP_NE;
    const bool one_of_many = holds_many_of(*found, restriction.value);
    if (!one_of_many) return compare_holds(restriction.operation, *found, restriction.value);
    return any_element(*found, restriction.value.tag(), [&](const PropValue& element) {
        return compare_holds(restriction.operation, element, restriction.value);
    });
}

bool bits_match(const Restriction& restriction, const PropertyBag& row) {
    const PropValue* found = row.find(restriction.tag);
    if (!found) return false;
    const bool any = (static_cast<ULONG>(row.number(restriction.tag)) & restriction.number) != 0;
    return any == (restriction.operation == BMR_NEZ);
}

bool size_matches(const Restriction& restriction, const PropertyBag& row) {
    const PropValue* found = row.find(restriction.tag);
    if (!found) return false;
    const std::size_t size = found->size_bytes();
    const int order = size < restriction.number ? -1 : size > restriction.number ? 1 : 0;
    return relation_holds(restriction.operation, order);
}

bool sub_matches(const Restriction& restriction, const MatchSubobject& subobject) {
    if (!subobject)
        throw Error(MAPI_E_TOO_COMPLEX, "a sub-object restriction on a table without sub-objects");
    return subobject(restriction.tag, restriction.children.at(0));
}

bool props_match(const Restriction& restriction, const PropertyBag& row) {
    const PropValue* left = row.find(restriction.tag);
    const PropValue* right = row.find(restriction.second_tag);
    if (!left || !right) return restriction.operation == RELOP_NE && (left || right);
    return compare_holds(restriction.operation, *left, *right);
}

bool content_matches(const Restriction& restriction, const PropertyBag& row) {
    const PropValue* found = row.find(restriction.tag);
    return found && contains_value(restriction.operation, *found, restriction.value);
}

}  // namespace

bool compare_holds(ULONG relop, const PropValue& left, const PropValue& right) {
    if (PROP_TYPE(stored_tag(left.tag())) != PROP_TYPE(stored_tag(right.tag()))) {
        return relop == RELOP_NE;
    }
    return relation_holds(relop, compare_values(left, right));
}

bool contains_value(ULONG fuzzy_level, const PropValue& text, const PropValue& pattern) {
    if (holds_many_of(text, pattern)) {
        return any_element(text, pattern.tag(), [&](const PropValue& element) {
            return contains_value(fuzzy_level, element, pattern);
        });
    }
    const auto* whole_text = text.get_if<String>();
    const auto* part_text = pattern.get_if<String>();
    if (whole_text && part_text) return contains_text(fuzzy_level, *whole_text, *part_text);
    const auto* whole_bytes = text.get_if<Bytes>();
    const auto* part_bytes = pattern.get_if<Bytes>();
    return whole_bytes && part_bytes &&
           contains(fuzzy_level & kMatchKind, *whole_bytes, *part_bytes);
}

bool matches(const Restriction& restriction, const PropertyBag& row,
             const MatchSubobject& subobject) {
    const auto child_matches = [&](const Restriction& child) {
        return matches(child, row, subobject);
    };
    const auto& children = restriction.children;
    switch (restriction.kind) {
        case RES_AND:
            return std::all_of(children.begin(), children.end(), child_matches);
        case RES_OR:
            return std::any_of(children.begin(), children.end(), child_matches);
        case RES_NOT:
            return !child_matches(children.at(0));
        case RES_COMMENT:
            return children.empty() || child_matches(children[0]);
        case RES_SUBRESTRICTION:
            return sub_matches(restriction, subobject);
        case RES_CONTENT:
            return content_matches(restriction, row);
        case RES_PROPERTY:
            return property_matches(restriction, row);
        case RES_COMPAREPROPS:
            return props_match(restriction, row);
        case RES_BITMASK:
            return bits_match(restriction, row);
        case RES_SIZE:
            return size_matches(restriction, row);
        case RES_EXIST:
            return row.find(restriction.tag) != nullptr;
        default:
            throw Error(MAPI_E_TOO_COMPLEX, "a restriction of an unknown kind");
    }
}

}  // namespace remapi::object
