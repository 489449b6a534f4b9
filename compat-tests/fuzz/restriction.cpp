// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Restrictions as a client may hand them over, of any shape, and what a table makes of them.
#include <cstring>
#include <deque>
#include <iterator>
#include <vector>

#include "object/props/abi_value.h"
#include "object/restriction/matcher.h"
#include "object/table/table_data.h"
#include "target.h"

using remapi::fuzz::Input;
using remapi::fuzz::require;
namespace object = remapi::object;

namespace {

constexpr ULONG kWords = PROP_TAG(PT_MV_UNICODE, 0x6801);
constexpr ULONG kTags[] = {PR_ROWID,
                           PR_SUBJECT_W,
                           PR_SUBJECT_A,
                           PR_ENTRYID,
                           PR_CREATION_TIME,
                           PR_HASATTACH,
                           PR_INSTANCE_KEY,
                           kWords,
                           kWords | MVI_FLAG,
                           PR_MESSAGE_FLAGS,
                           PR_NULL,
                           PROP_TAG(PT_DOUBLE, 0x6802),
                           PROP_TAG(0x0123, 0x6803)};
constexpr unsigned kMostNodes = 300;
constexpr LONG kRows = 12;

/// Makes restrictions out of an input and owns what they point to, as a client does.
class Client {
public:
    explicit Client(Input& input) : m_input(input) {}

    SRestriction restriction(unsigned depth) {
        SRestriction result;
        std::memset(&result, 0, sizeof result);
        result.rt = m_input.u8() % 15;
        auto& res = result.res;
        switch (result.rt) {
            case RES_AND:
            case RES_OR:
                res.resAnd.cRes = m_input.u8() % 5;
                res.resAnd.lpRes = children(res.resAnd.cRes, depth);
                break;
            case RES_NOT:
                res.resNot = {0, children(1, depth)};
                break;
            case RES_CONTENT:
                res.resContent = {level(), tag(), value()};
                break;
            case RES_PROPERTY:
                res.resProperty = {m_input.u8() % 8u, tag(), value()};
                break;
            case RES_COMPAREPROPS:
                res.resCompareProps = {m_input.u8() % 8u, tag(), tag()};
                break;
            case RES_COMMENT:
            case object::kResAnnotation:
                res.resComment = {m_input.u8() % 2u, children(1, depth), value()};
                break;
            case object::kResCount:
            case RES_SUBRESTRICTION:
                res.resSub = {m_input.u8(), children(1, depth)};
                break;
            default:  // bits, size, existence: a number, a tag, a number
                res.resSize = {m_input.u8() % 8u, tag(), m_input.u8()};
        }
        return result;
    }
    SPropValue* value() {
        const std::uint8_t choice = m_input.u8();
        if (choice == 0xFF) return nullptr;
        SPropValue& made = *new (block(sizeof(SPropValue))) SPropValue();
        made.ulPropTag = tag();
        const ULONG type = PROP_TYPE(made.ulPropTag);
        if (type == PT_UNICODE || type == (PT_UNICODE | MVI_FLAG)) {
            made.Value.lpszW = text();
        } else if (type == PT_STRING8) {
            made.Value.lpszA = static_cast<char*>(block(8));
            std::memcpy(made.Value.lpszA, "Report", 7);
        } else if (type == PT_BINARY) {
            const remapi::BytesView bytes = m_input.bytes(choice % 12);
            made.Value.bin = {static_cast<ULONG>(bytes.size()), static_cast<BYTE*>(copy(bytes, 0))};
        } else if (type == PT_MV_UNICODE) {
            const ULONG count = choice % 4u;
            auto* const texts = static_cast<LPWSTR*>(block(count * sizeof(LPWSTR)));
            for (ULONG i = 0; i < count; ++i) texts[i] = text();
            made.Value.MVszW = {count, texts};
        } else {
            made.Value.li.QuadPart = static_cast<std::int8_t>(m_input.u8());
        }
        return &made;
    }

private:
    ULONG tag() { return kTags[m_input.u8() % std::size(kTags)]; }
    ULONG level() {
        const std::uint8_t choice = m_input.u8();
        return choice % 4u | (choice & 0x70u) << 12;
    }
    SRestriction* children(ULONG count, unsigned depth) {
        if (m_nodes > kMostNodes || m_input.empty()) return nullptr;
        m_nodes += count;
        auto* const made = static_cast<SRestriction*>(block(count * sizeof(SRestriction)));
        // One below itself is as deep as can be.
        const bool circle = depth > 70 || (count == 1 && m_input.u8() == 0xFE);
        if (circle) {
            made->rt = RES_NOT;
            made->res.resNot = {0, made};
            return made;
        }
        for (ULONG i = 0; i < count; ++i) made[i] = restriction(depth + 1);
        return made;
    }
    WCHAR* text() {
        const remapi::BytesView bytes = m_input.bytes(std::size_t{m_input.u8()} % 24 / 2 * 2);
        return static_cast<WCHAR*>(copy(bytes, sizeof(WCHAR)));
    }
    void* block(std::size_t size) {
        m_blocks.emplace_back(size / sizeof(std::uint64_t) + 1, 0);
        return m_blocks.back().data();
    }
    void* copy(remapi::BytesView bytes, std::size_t more) {
        void* const to = block(bytes.size() + more);
        if (!bytes.empty()) std::memcpy(to, bytes.data(), bytes.size());
        return to;
    }

    Input& m_input;
    unsigned m_nodes = 0;
    std::deque<std::vector<std::uint64_t>> m_blocks;
};

remapi::PropertyBag row(LONG id) {
    const WCHAR* const texts[] = {REMAPI_W("Report"), REMAPI_W("report 2"),
                                  REMAPI_W("R\x00E9port")};
    remapi::PropertyBag bag{{PR_ROWID, id / 2},
                            {PR_ENTRYID, remapi::Bytes{1, static_cast<std::uint8_t>(id)}},
                            {PR_HASATTACH, id % 2},
                            {PR_CREATION_TIME, id * 3}};
    if (id % 4 != 3) bag.set({PR_SUBJECT_W, texts[id % 3]});
    if (id % 3 == 0) {
        bag.set({kWords, remapi::PropValue::Data(std::vector<remapi::String>{texts[0], texts[1]})});
    }
    return bag;
}

bool holds_state(const remapi::Restriction& restriction) {
    if (restriction.kind == object::kResCount) return true;
    for (const remapi::Restriction& child : restriction.children) {
        if (holds_state(child)) return true;
    }
    return false;
}

void check_row(const remapi::Restriction& restriction, const remapi::PropertyBag& bag) {
    const auto packed = object::pack(restriction);
    const remapi::Restriction back = object::from_abi(packed[0]);
    remapi::Restriction negated;
    negated.kind = RES_NOT;
    negated.children = {restriction};
    const auto sub = [](ULONG, const remapi::Restriction&) { return true; };
    const bool holds = object::matches(restriction, bag, sub);
    require(object::matches(back, bag, sub) == holds, "a restriction survives the ABI");
    if (!holds_state(restriction)) {
        require(object::matches(negated, bag, sub) != holds, "NOT is the opposite");
    }
}

void check_view(SRestriction& given, ULONG sort_tag, ULONG direction) {
    const auto data = std::make_shared<object::TableData>(std::vector<ULONG>{PR_ROWID});
    for (LONG id = 0; id < kRows; ++id) data->add(row(id * 7 % kRows));
    const auto view = data->open_view(MAPI_UNICODE);
    SSortOrderSet order = {1, 0, 0, {{sort_tag, direction}}};
    require(view->SortTable(&order, 0) == S_OK, "a table can be sorted");
    // Found in a sorted view by halving, and in the same view where that cannot be.
    const HRESULT hr = view->FindRow(&given, BOOKMARK_BEGINNING, 0);
    ULONG found = 0, numerator = 0, denominator = 0;
    view->QueryPosition(&found, &numerator, &denominator);
    SRestriction wrapped[1] = {given};
    SRestriction any = {};
    any.rt = RES_OR;
    any.res.resOr = {1, wrapped};
    const HRESULT slow = view->FindRow(&any, BOOKMARK_BEGINNING, 0);
    ULONG slow_found = 0;
    view->QueryPosition(&slow_found, &numerator, &denominator);
    require(hr == slow && found == slow_found, "halving finds what reading finds");
    const HRESULT restricted = view->Restrict(&given, 0);
    ULONG count = 0;
    view->GetRowCount(0, &count);
    if (restricted == S_OK && (hr == S_OK || hr == MAPI_E_NOT_FOUND)) {
        require((count > 0) == (hr == S_OK), "what is found is shown");
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    const std::uint8_t choice = input.u8();
    Client client(input);
    SRestriction given = client.restriction(1);
    remapi::Restriction ours;
    try {
        ours = object::from_abi(given);
    } catch (const remapi::Error&) {
        return 0;  // refused, as null pointers and circles are
    }
    for (LONG id = 0; id < 3; ++id) check_row(ours, row(id));
    constexpr ULONG kSortTags[] = {PR_ROWID, PR_SUBJECT_W, PR_ENTRYID, PR_CREATION_TIME};
    if (!holds_state(ours)) check_view(given, kSortTags[choice % 4], choice / 4 % 2);
    return 0;
}
