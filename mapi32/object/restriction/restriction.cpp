// SPDX-License-Identifier: LGPL-2.1-or-later
//
// SRestriction <-> Restriction.
#include "object/restriction/restriction.h"

#include <algorithm>

#include "object/props/abi_value.h"
#include "object/restriction/text_pattern.h"

namespace remapi::object {
namespace {

constexpr unsigned kMaximumDepth = 64;
constexpr std::size_t kMaximumNodes = 65536;

[[noreturn]] void throw_invalid() {
    throw Error(MAPI_E_INVALID_PARAMETER, "a restriction that is not well-formed");
}
[[noreturn]] void throw_complex() {
    throw Error(MAPI_E_TOO_COMPLEX, "a restriction beyond what is supported");
}

ULONG checked_relop(ULONG relop) {
    if (relop > RELOP_RE) throw_invalid();
    return relop;
}

bool is_text(ULONG tag) noexcept {
    const ULONG type = plain_type(tag);
    return type == PT_UNICODE || type == PT_MV_UNICODE;
}

// Values are compared as they are stored, texts as Unicode.
PropValue stored_value(const SPropValue* value) {
    if (!value) throw_invalid();
    PropValue ours = from_abi(*value);
    const ULONG tag = stored_tag(ours.tag());
    return std::move(ours).with_tag(tag);
}

// Both tags must name the same type; a multi-valued property may be compared with one value.
void check_types(ULONG tag, const PropValue& value) {
    const ULONG type = PROP_TYPE(stored_tag(tag));
    const ULONG single = type & ~static_cast<ULONG>(MVI_FLAG);
    if (value.type() != type && value.type() != single) throw_complex();
}

// A pattern must be one that can be matched with.
void check_pattern(ULONG level, const PropValue& value) {
    CellStore store;
    const Cell wanted = cell_of(value, store);
    const CellKind kind = wanted.kind();
    if (kind != CellKind::Text && kind != CellKind::Binary) throw_complex();
    TextPattern(level, wanted);
}

class Parser {
public:
    Restriction parse(const SRestriction& from, unsigned depth) {
        if (depth > kMaximumDepth || ++m_nodes > kMaximumNodes) throw_complex();
        Restriction to;
        to.kind = from.rt;
        switch (from.rt) {
            case RES_AND:
                parse_children(to, from.res.resAnd.cRes, from.res.resAnd.lpRes, depth);
                break;
            case RES_OR:
                parse_children(to, from.res.resOr.cRes, from.res.resOr.lpRes, depth);
                break;
            case RES_NOT:
                parse_children(to, 1, from.res.resNot.lpRes, depth);
                break;
            case RES_SUBRESTRICTION:
                to.tag = from.res.resSub.ulSubObject;
                parse_children(to, 1, from.res.resSub.lpRes, depth);
                break;
            case kResCount:  // laid out as a sub-object restriction
                to.number = from.res.resSub.ulSubObject;
                parse_children(to, 1, from.res.resSub.lpRes, depth);
                break;
            case RES_COMMENT:
            case kResAnnotation:
                to.comment =
                    object::from_abi(from.res.resComment.cValues, from.res.resComment.lpProp);
                if (from.res.resComment.lpRes)
                    parse_children(to, 1, from.res.resComment.lpRes, depth);
                break;
            default:
                parse_leaf(to, from);
        }
        return to;
    }

private:
    void parse_children(Restriction& to, ULONG count, const SRestriction* children,
                        unsigned depth) {
        if (count > 0 && !children) throw_invalid();
        if (count > kMaximumNodes) throw_complex();
        to.children.reserve(count);
        for (ULONG i = 0; i < count; ++i) to.children.push_back(parse(children[i], depth + 1));
    }

    static void parse_leaf(Restriction& to, const SRestriction& from) {
        const auto& res = from.res;
        switch (from.rt) {
            case RES_CONTENT:
                to.operation = res.resContent.ulFuzzyLevel;
                to.tag = res.resContent.ulPropTag;
                to.value = stored_value(res.resContent.lpProp);
                check_types(to.tag, to.value);
                check_pattern(to.operation, to.value);
                break;
            case RES_PROPERTY:
                to.operation = checked_relop(res.resProperty.relop);
                to.tag = res.resProperty.ulPropTag;
                to.value = stored_value(res.resProperty.lpProp);
                check_types(to.tag, to.value);
                if (to.operation == RELOP_RE && !to.value.is_text()) throw_complex();
                break;
            case RES_COMPAREPROPS:
                to.operation = checked_relop(res.resCompareProps.relop);
                to.tag = res.resCompareProps.ulPropTag1;
                to.second_tag = res.resCompareProps.ulPropTag2;
                if (PROP_TYPE(stored_tag(to.tag)) != PROP_TYPE(stored_tag(to.second_tag)))
                    throw_complex();
                if (to.operation == RELOP_RE && !is_text(to.tag)) throw_complex();
                break;
            case RES_BITMASK:
                to.operation = res.resBitMask.relBMR;
                to.tag = res.resBitMask.ulPropTag;
                to.number = res.resBitMask.ulMask;
                if (to.operation > BMR_NEZ) throw_invalid();
                break;
            case RES_SIZE:
                to.operation = checked_relop(res.resSize.relop);
                if (to.operation == RELOP_RE) throw_complex();
                to.tag = res.resSize.ulPropTag;
                to.number = res.resSize.cb;
                break;
            case RES_EXIST:
                to.tag = res.resExist.ulPropTag;
                break;
            default:
                throw_invalid();
        }
    }

    std::size_t m_nodes = 0;
};

class RestrictionPacker {
public:
    explicit RestrictionPacker(Buffer<SRestriction>& block) noexcept : m_block(block) {}

    void put(const Restriction& from, SRestriction& to) {
        to.rt = from.kind;
        auto& res = to.res;
        switch (from.kind) {
            case RES_AND:
                res.resAnd = {narrow_size(from.children.size()), put_children(from)};
                break;
            case RES_OR:
                res.resOr = {narrow_size(from.children.size()), put_children(from)};
                break;
            case RES_NOT:
                res.resNot = {0, put_children(from)};
                break;
            case RES_SUBRESTRICTION:
                res.resSub = {from.tag, put_children(from)};
                break;
            case kResCount:
                res.resSub = {from.number, put_children(from)};
                break;
            case RES_COMMENT:
            case kResAnnotation:
                res.resComment = {narrow_size(from.comment.size()), put_children(from),
                                  put_values(from.comment)};
                break;
            case RES_CONTENT:
                res.resContent = {from.operation, from.tag, put_values(std::span(&from.value, 1))};
                break;
            case RES_PROPERTY:
                res.resProperty = {from.operation, from.tag, put_values(std::span(&from.value, 1))};
                break;
            case RES_COMPAREPROPS:
                res.resCompareProps = {from.operation, from.tag, from.second_tag};
                break;
            case RES_BITMASK:
                res.resBitMask = {from.operation, from.tag, from.number};
                break;
            case RES_SIZE:
                res.resSize = {from.operation, from.tag, from.number};
                break;
            default:
                res.resExist = {0, from.tag, 0};
        }
    }

private:
    SRestriction* put_children(const Restriction& from) {
        if (from.children.empty()) return nullptr;
        auto* children = m_block.link<SRestriction>(from.children.size());
        for (std::size_t i = 0; i < from.children.size(); ++i) put(from.children[i], children[i]);
        return children;
    }
    SPropValue* put_values(std::span<const PropValue> values) {
        if (values.empty()) return nullptr;
        auto* out = m_block.link<SPropValue>(values.size());
        pack_into(out, values, m_block.get());
        return out;
    }

    Buffer<SRestriction>& m_block;
};

void collect_tags(const Restriction& restriction, std::vector<ULONG>& tags) {
    const auto add = [&tags](ULONG tag) {
        if (tag != 0 && std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(tag);
    };
    if (restriction.kind == RES_SUBRESTRICTION) return;  // what is inside concerns other objects
    add(restriction.tag);
    add(restriction.second_tag);
    for (const Restriction& child : restriction.children) collect_tags(child, tags);
}

}  // namespace

Restriction from_abi(const SRestriction& restriction) {
    return Parser().parse(restriction, 1);
}

Buffer<SRestriction> pack(const Restriction& restriction) {
    auto block = Buffer<SRestriction>::allocate();
    RestrictionPacker(block).put(restriction, block[0]);
    return block;
}

std::vector<ULONG> tags_of(const Restriction& restriction) {
    std::vector<ULONG> tags;
    collect_tags(restriction, tags);
    return tags;
}

}  // namespace remapi::object
