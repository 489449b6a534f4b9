// SPDX-License-Identifier: LGPL-2.1-or-later
#include "compat-tests/conformance/property_values.h"

#include <array>
#include <cstring>
#include <functional>

namespace remapi::test {
namespace {

WCHAR g_wide[] = REMAPI_W("\u00C4pfel \u65E5");
char g_narrow[] = "apples";
BYTE g_bytes[] = {0, 1, 2, 3, 4, 5, 6};
GUID g_guids[] = {{1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}}, {9, 8, 7, {6, 5, 4, 3, 2, 1, 0, 1}}};
short g_shorts[] = {1, -2, 3};
LONG g_longs[] = {4, -5};
float g_floats[] = {0.5f};
double g_doubles[] = {1.5, -2.5};
LARGE_INTEGER g_large[] = {{{7, 1}}, {{8, -1}}, {{9, 0}}};
LPSTR g_narrow_texts[] = {g_narrow, g_narrow + 3, g_narrow + 6};
LPWSTR g_wide_texts[] = {g_wide, g_wide + 2};
SBinary g_binaries[] = {{3, g_bytes}, {0, nullptr}, {7, g_bytes}};

SPropValue g_pattern = text_value(tag_of(PT_UNICODE), g_wide);
SRestriction g_leaves[2];
SRestriction g_restriction;
SPropValue g_recipient[2];
alignas(ADRLIST) BYTE g_recipients[CbNewADRLIST(1)];
abi::RuleAction g_rules[3];
abi::RuleActions g_actions;

void make_restriction() {
    g_leaves[0].rt = RES_CONTENT;
    g_leaves[0].res.resContent = {FL_SUBSTRING, tag_of(PT_UNICODE), &g_pattern};
    g_leaves[1].rt = RES_BITMASK;
    g_leaves[1].res.resBitMask = {BMR_NEZ, tag_of(PT_LONG), 4};
    g_restriction.rt = RES_AND;
    g_restriction.res.resAnd = {2, g_leaves};
}

void make_actions() {
    g_recipient[0] = text_value(tag_of(PT_STRING8), g_narrow);
    g_recipient[1] = long_value(tag_of(PT_LONG), 5);
    auto* const list = reinterpret_cast<ADRLIST*>(g_recipients);
    list->cEntries = 1;
    list->aEntries[0] = {0, 2, g_recipient};
    g_rules[0].operation = abi::RuleOperation::Move;
    g_rules[0].data.target = {7, reinterpret_cast<ENTRYID*>(g_bytes), 5,
                              reinterpret_cast<ENTRYID*>(g_bytes + 1)};
    g_rules[1].operation = abi::RuleOperation::Forward;
    g_rules[1].data.recipients = list;
    g_rules[2].operation = abi::RuleOperation::Tag;
    g_rules[2].data.tag = text_value(tag_of(PT_UNICODE), g_wide);
    g_actions = {1, 3, g_rules};
}

template <class Array, class T>
void put_many(SPropValue& value, Array _PV::*member, ULONG count, T* elements) {
    Array array;
    array.cValues = count;
    std::memcpy(reinterpret_cast<BYTE*>(&array) + sizeof(Array) - sizeof elements, &elements,
                sizeof elements);
    value.Value.*member = array;
}

std::vector<SPropValue> made() {
    make_restriction();
    make_actions();
    std::vector<SPropValue> all;
    ULONG id = 0x6800;
    const auto add = [&](ULONG type, const std::function<void(SPropValue&)>& fill) {
        SPropValue value = value_of(PROP_TAG(type, ++id));
        fill(value);
        all.push_back(value);
    };
    const auto number = [](SPropValue& value) { value.Value.li.QuadPart = 0x0102030405060708; };
    add(PT_I2, [](SPropValue& value) { value.Value.i = -3; });
    for (const ULONG type : {PT_LONG, PT_ERROR, PT_OBJECT})
        add(type, [](SPropValue& value) { value.Value.l = 0x01020304; });
    add(PT_BOOLEAN, [](SPropValue& value) { value.Value.b = TRUE; });
    add(PT_NULL, [](SPropValue&) {});
    add(PT_R4, [](SPropValue& value) { value.Value.flt = 0.25f; });
    for (const ULONG type : {PT_DOUBLE, PT_APPTIME, PT_CURRENCY, PT_I8, PT_SYSTIME})
        add(type, number);
    add(PT_STRING8, [](SPropValue& value) { value.Value.lpszA = g_narrow; });
    add(PT_UNICODE, [](SPropValue& value) { value.Value.lpszW = g_wide; });
    add(PT_BINARY, [](SPropValue& value) { value.Value.bin = {sizeof g_bytes, g_bytes}; });
    add(PT_CLSID, [](SPropValue& value) { value.Value.lpguid = g_guids; });
    add(PT_MV_I2, [](SPropValue& v) { put_many(v, &_PV::MVi, 3, g_shorts); });
    add(PT_MV_LONG, [](SPropValue& v) { put_many(v, &_PV::MVl, 2, g_longs); });
    add(PT_MV_R4, [](SPropValue& v) { put_many(v, &_PV::MVflt, 1, g_floats); });
    for (const ULONG type : {PT_MV_DOUBLE, PT_MV_APPTIME})
        add(type, [](SPropValue& v) { put_many(v, &_PV::MVdbl, 2, g_doubles); });
    for (const ULONG type : {PT_MV_CURRENCY, PT_MV_I8, PT_MV_SYSTIME})
        add(type, [](SPropValue& v) { put_many(v, &_PV::MVli, 3, g_large); });
    add(PT_MV_CLSID, [](SPropValue& v) { put_many(v, &_PV::MVguid, 2, g_guids); });
    add(PT_MV_STRING8, [](SPropValue& v) { put_many(v, &_PV::MVszA, 3, g_narrow_texts); });
    add(PT_MV_UNICODE, [](SPropValue& v) { put_many(v, &_PV::MVszW, 2, g_wide_texts); });
    add(PT_MV_BINARY, [](SPropValue& v) { put_many(v, &_PV::MVbin, 3, g_binaries); });
    add(PT_SRESTRICTION,
        [](SPropValue& value) { value.Value.lpszA = reinterpret_cast<LPSTR>(&g_restriction); });
    add(PT_ACTIONS,
        [](SPropValue& value) { value.Value.lpszA = reinterpret_cast<LPSTR>(&g_actions); });
    return all;
}

/// Everything a value holds as bytes, and every piece of memory that they are in.
struct Parts {
    std::string bytes;
    std::vector<std::pair<const void*, std::size_t>> pieces;

    void put(const void* data, std::size_t size) {
        bytes.append(static_cast<const char*>(data), size);
    }
    void piece(const void* data, std::size_t size) {
        if (size != 0) pieces.emplace_back(data, size);
    }
    void block(const void* data, std::size_t size) {
        piece(data, size);
        put(data, size);
    }
    template <class Char>
    void text(const Char* data) {
        block(data, (std::basic_string_view<Char>(data).size() + 1) * sizeof(Char));
    }

    void value(const SPropValue& value);
    void many(const SPropValue& value, std::size_t element_size);
    void restriction(const SRestriction& restriction);
    void actions(const abi::RuleActions& actions);
};

void Parts::many(const SPropValue& value, std::size_t element_size) {
    block(value.Value.MVl.lpl, value.Value.MVl.cValues * element_size);
}

void Parts::restriction(const SRestriction& from) {
    put(&from.rt, sizeof from.rt);
    switch (from.rt) {
        case RES_AND:
            piece(from.res.resAnd.lpRes, from.res.resAnd.cRes * sizeof(SRestriction));
            for (ULONG i = 0; i < from.res.resAnd.cRes; ++i) restriction(from.res.resAnd.lpRes[i]);
            break;
        case RES_NOT:
            piece(from.res.resNot.lpRes, sizeof(SRestriction));
            restriction(*from.res.resNot.lpRes);
            break;
        case RES_CONTENT:
            put(&from.res.resContent.ulFuzzyLevel, sizeof(ULONG));
            piece(from.res.resContent.lpProp, sizeof(SPropValue));
            value(*from.res.resContent.lpProp);
            break;
        default:
            put(&from.res.resBitMask, sizeof from.res.resBitMask);
    }
}

void Parts::actions(const abi::RuleActions& all) {
    put(&all.version, sizeof all.version);
    piece(all.actions, all.count * sizeof(abi::RuleAction));
    for (UINT i = 0; i < all.count; ++i) {
        const abi::RuleAction& one = all.actions[i];
        put(&one.operation, sizeof one.operation);
        if (one.operation == abi::RuleOperation::Move) {
            block(one.data.target.store_id, one.data.target.store_id_bytes);
            block(one.data.target.folder_id, one.data.target.folder_id_bytes);
        } else if (one.operation == abi::RuleOperation::Tag) {
            value(one.data.tag);
        } else {
            const ADRLIST& list = *one.data.recipients;
            piece(&list, CbNewADRLIST(list.cEntries));
            for (ULONG entry = 0; entry < list.cEntries; ++entry) {
                const ADRENTRY& recipient = list.aEntries[entry];
                piece(recipient.rgPropVals, recipient.cValues * sizeof(SPropValue));
                for (ULONG k = 0; k < recipient.cValues; ++k) value(recipient.rgPropVals[k]);
            }
        }
    }
}

void Parts::value(const SPropValue& from) {
    put(&from.ulPropTag, sizeof from.ulPropTag);
    const auto& data = from.Value;
    switch (PROP_TYPE(from.ulPropTag)) {
        case PT_NULL:
            break;
        case PT_I2:
        case PT_BOOLEAN:
            put(&data.i, sizeof data.i);
            break;
        case PT_LONG:
        case PT_ERROR:
        case PT_OBJECT:
        case PT_R4:
            put(&data.l, sizeof data.l);
            break;
        case PT_STRING8:
            return text(data.lpszA);
        case PT_UNICODE:
            return text(data.lpszW);
        case PT_BINARY:
            return block(data.bin.lpb, data.bin.cb);
        case PT_CLSID:
            return block(data.lpguid, sizeof(GUID));
        case PT_MV_I2:
            return many(from, sizeof(short));
        case PT_MV_LONG:
        case PT_MV_R4:
            return many(from, sizeof(LONG));
        case PT_MV_CLSID:
            return many(from, sizeof(GUID));
        case PT_MV_STRING8:
            piece(data.MVszA.lppszA, data.MVszA.cValues * sizeof(LPSTR));
            for (ULONG i = 0; i < data.MVszA.cValues; ++i) text(data.MVszA.lppszA[i]);
            break;
        case PT_MV_UNICODE:
            piece(data.MVszW.lppszW, data.MVszW.cValues * sizeof(LPWSTR));
            for (ULONG i = 0; i < data.MVszW.cValues; ++i) text(data.MVszW.lppszW[i]);
            break;
        case PT_MV_BINARY:
            piece(data.MVbin.lpbin, data.MVbin.cValues * sizeof(SBinary));
            for (ULONG i = 0; i < data.MVbin.cValues; ++i) {
                put(&data.MVbin.lpbin[i].cb, sizeof(ULONG));
                block(data.MVbin.lpbin[i].lpb, data.MVbin.lpbin[i].cb);
            }
            break;
        case PT_SRESTRICTION:
            piece(data.lpszA, sizeof(SRestriction));
            return restriction(*reinterpret_cast<const SRestriction*>(data.lpszA));
        case PT_ACTIONS:
            piece(data.lpszA, sizeof(abi::RuleActions));
            return actions(*reinterpret_cast<const abi::RuleActions*>(data.lpszA));
        default:
            if ((from.ulPropTag & MV_FLAG) != 0) return many(from, sizeof(LARGE_INTEGER));
            put(&data.li, sizeof data.li);
    }
}

Parts parts_of(const SPropValue& value) {
    Parts parts;
    parts.value(value);
    return parts;
}

}  // namespace

const std::vector<SPropValue>& one_of_each_type() {
    static const std::vector<SPropValue>* const values = new std::vector<SPropValue>(made());
    return *values;
}

std::vector<SRestriction> nested_restrictions(std::size_t levels) {
    std::vector<SRestriction> all(levels + 1);
    for (std::size_t i = 0; i < levels; ++i) {
        all[i].rt = RES_NOT;
        all[i].res.resNot = {0, &all[i + 1]};
    }
    all[levels].rt = RES_EXIST;
    all[levels].res.resExist = {0, tag_of(PT_LONG), 0};
    return all;
}

testing::AssertionResult same_value(const SPropValue& expected, const SPropValue& actual) {
    if (expected.ulPropTag != actual.ulPropTag)
        return testing::AssertionFailure() << "another tag: " << std::hex << actual.ulPropTag;
    if (parts_of(expected).bytes == parts_of(actual).bytes) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "other data of type " << PROP_TYPE(actual.ulPropTag);
}

testing::AssertionResult lies_in(const SPropValue& value, const void* block, std::size_t size) {
    const auto first = reinterpret_cast<std::uintptr_t>(block);
    for (const auto& [data, length] : parts_of(value).pieces) {
        const auto at = reinterpret_cast<std::uintptr_t>(data);
        if (at < first || at - first > size || length > size - (at - first))
            return testing::AssertionFailure()
                   << "data outside of the block, of type " << PROP_TYPE(value.ulPropTag);
    }
    return testing::AssertionSuccess();
}

}  // namespace remapi::test
