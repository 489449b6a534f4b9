// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Property values, restrictions and rule actions made out of an input: any type, any counts that
// memory is there for, pointers to anything that was made before.
#pragma once

#include <cstring>
#include <deque>
#include <iterator>
#include <vector>

#include "abi/rule_actions.h"
#include "target.h"

namespace remapi::fuzz {

class ValueMaker {
public:
    explicit ValueMaker(Input& input) : m_input(input) {}

    SPropValue value() {
        SPropValue made;
        std::memset(&made, 0, sizeof made);
        const std::uint8_t choice = m_input.u8();
        const ULONG type = kTypes[choice % std::size(kTypes)];
        made.ulPropTag = PROP_TAG(type, static_cast<ULONG>(m_input.number(2)));
        if (choice >= 0xE0) made.ulPropTag |= MV_INSTANCE;
        const ULONG held = choice >= 0xE0 ? type & ~static_cast<ULONG>(MV_FLAG) : type;
        if ((held & MV_FLAG) != 0) {
            made.Value.MVl.cValues = m_input.u8() % kMost;
            if (m_input.u8() != 0) made.Value.MVl.lpl = many(held, made.Value.MVl.cValues);
            return made;
        }
        fill(made, held);
        return made;
    }

    SRestriction restriction() {
        SRestriction made;
        std::memset(&made, 0, sizeof made);
        made.rt = m_input.u8() % 15;
        made.res.resCompareProps = {static_cast<ULONG>(m_input.u8() % 8), any_tag(), any_tag()};
        switch (made.rt) {
            case RES_AND:
            case RES_OR:
                made.res.resAnd.cRes = m_input.u8() % kMost;
                made.res.resAnd.lpRes = restrictions(made.res.resAnd.cRes);
                break;
            case RES_NOT:
                made.res.resNot.lpRes = restrictions(1);
                break;
            case RES_CONTENT:
            case RES_PROPERTY:
                made.res.resProperty.lpProp = values(1);
                break;
            case RES_SUBRESTRICTION:
            case abi::kResCount:
                made.res.resSub.lpRes = restrictions(1);
                break;
            case RES_COMMENT:
            case abi::kResAnnotation:
                made.res.resComment.cValues = m_input.u8() % kMost;
                made.res.resComment.lpProp = values(made.res.resComment.cValues);
                made.res.resComment.lpRes = restrictions(1);
                break;
            default:
                break;
        }
        return made;
    }

    /// `count` values in memory that is misaligned when the input says so.
    SPropValue* values(ULONG count) {
        if (m_input.u8() == 0) return nullptr;
        auto* const made = block<SPropValue>(count);
        for (ULONG i = 0; i < count; ++i) put(made + i, value());
        return made;
    }

private:
    static constexpr ULONG kTypes[] = {
        PT_NULL,        PT_I2,         PT_LONG,      PT_R4,           PT_DOUBLE,
        PT_CURRENCY,    PT_APPTIME,    PT_ERROR,     PT_BOOLEAN,      PT_OBJECT,
        PT_I8,          PT_STRING8,    PT_UNICODE,   PT_SYSTIME,      PT_CLSID,
        PT_BINARY,      PT_MV_I2,      PT_MV_LONG,   PT_MV_R4,        PT_MV_DOUBLE,
        PT_MV_CURRENCY, PT_MV_APPTIME, PT_MV_I8,     PT_MV_STRING8,   PT_MV_UNICODE,
        PT_MV_SYSTIME,  PT_MV_CLSID,   PT_MV_BINARY, PT_SRESTRICTION, PT_ACTIONS,
        PT_UNSPECIFIED, 0x0123};
    static constexpr ULONG kMost = 6;
    static constexpr int kDeepest = 80;  // deeper than what is accepted

    template <class T>
    static void put(T* at, const T& made) {
        std::memcpy(static_cast<void*>(at), static_cast<const void*>(&made), sizeof made);
    }
    void* bytes_of(std::size_t size, bool filled) {
        const std::size_t shift = m_input.u8() % 4 == 3 ? 1 : 0;
        m_blocks.emplace_back(size + shift + sizeof(std::uint64_t), std::uint8_t{0});
        void* const at = m_blocks.back().data() + shift;
        if (filled) {
            const BytesView taken = m_input.bytes(size);
            if (!taken.empty()) std::memcpy(at, taken.data(), taken.size());
        }
        return at;
    }
    template <class T>
    T* block(ULONG count) {
        return static_cast<T*>(bytes_of(count * sizeof(T), false));
    }
    ULONG any_tag() { return static_cast<ULONG>(m_input.number(4)); }

    SRestriction* restrictions(ULONG count) {
        const std::uint8_t choice = m_input.u8();
        if (choice == 0) return nullptr;
        if (choice == 1 && m_last && count <= 1) return m_last;  // shared, a circle perhaps
        if (m_input.empty() || m_depth > kDeepest) return nullptr;
        auto* const made = block<SRestriction>(count);
        if (count == 1) m_last = made;
        ++m_depth;
        for (ULONG i = 0; i < count; ++i) put(made + i, restriction());
        --m_depth;
        return made;
    }

    void fill(SPropValue& made, ULONG type) {
        switch (type) {
            case PT_STRING8:
                made.Value.lpszA = text<char>();
                break;
            case PT_UNICODE:
                made.Value.lpszW = text<WCHAR>();
                break;
            case PT_BINARY:
                made.Value.bin = binary();
                break;
            case PT_CLSID:
                made.Value.lpguid = static_cast<GUID*>(bytes_of(sizeof(GUID), true));
                break;
            case PT_SRESTRICTION:
                made.Value.lpszA = reinterpret_cast<LPSTR>(restrictions(1));
                break;
            case PT_ACTIONS:
                made.Value.lpszA = reinterpret_cast<LPSTR>(actions());
                break;
            default: {
                const BytesView taken = m_input.bytes(sizeof(LARGE_INTEGER));
                if (!taken.empty()) std::memcpy(&made.Value, taken.data(), taken.size());
            }
        }
    }

    LONG* many(ULONG type, ULONG count) {
        switch (type) {
            case PT_MV_STRING8:
                return each<LPSTR>(count, [this] { return text<char>(); });
            case PT_MV_UNICODE:
                return each<LPWSTR>(count, [this] { return text<WCHAR>(); });
            case PT_MV_BINARY:
                return each<SBinary>(count, [this] { return binary(); });
            default:  // no element is larger
                return static_cast<LONG*>(bytes_of(count * sizeof(GUID), true));
        }
    }
    template <class T, class Make>
    LONG* each(ULONG count, Make make) {
        T* const made = block<T>(count);
        for (ULONG i = 0; i < count; ++i) put(made + i, make());
        return reinterpret_cast<LONG*>(made);
    }
    template <class Char>
    Char* text() {
        const std::uint8_t length = m_input.u8();
        if (length == 0xFF) return nullptr;
        const BytesView taken = m_input.bytes(std::size_t{length} / sizeof(Char) * sizeof(Char));
        void* const at = bytes_of(taken.size() + 2 * sizeof(Char), false);
        if (!taken.empty()) std::memcpy(at, taken.data(), taken.size());
        return static_cast<Char*>(at);
    }
    SBinary binary() {
        const std::uint8_t length = m_input.u8();
        if (length == 0xFF) return {length, nullptr};
        return {length, static_cast<LPBYTE>(bytes_of(length, true))};
    }

    abi::RuleActions* actions() {
        if (m_input.empty() || m_depth > kDeepest) return nullptr;
        ++m_depth;
        const ULONG count = m_input.u8() % kMost;
        auto* const made = block<abi::RuleAction>(count);
        for (ULONG i = 0; i < count; ++i) put(made + i, action());
        auto* const all = block<abi::RuleActions>(1);
        put(all, abi::RuleActions{1, count, m_input.u8() == 0 ? nullptr : made});
        --m_depth;
        return all;
    }
    abi::RuleAction action() {
        abi::RuleAction made;
        std::memset(&made, 0, sizeof made);
        made.operation = static_cast<abi::RuleOperation>(m_input.u8() % 13);
        made.flags = m_input.u8();
        if (m_input.u8() == 7) made.restriction = restrictions(1);
        using Op = abi::RuleOperation;
        if (made.operation == Op::Tag) {
            made.data.tag = value();
        } else if (made.operation == Op::Forward || made.operation == Op::Delegate) {
            made.data.recipients = recipients();
        } else if (made.operation != Op::Bounce) {
            const SBinary first = binary();
            const SBinary second = binary();
            // The members of all others begin alike.
            made.data.target = {first.cb, reinterpret_cast<ENTRYID*>(first.lpb), second.cb,
                                reinterpret_cast<ENTRYID*>(second.lpb)};
        }
        return made;
    }
    ADRLIST* recipients() {
        const ULONG count = m_input.u8() % kMost;
        if (count == kMost - 1) return nullptr;
        auto* const list = static_cast<BYTE*>(bytes_of(CbNewADRLIST(count), false));
        put(reinterpret_cast<ULONG*>(list), count);
        auto* const entries = reinterpret_cast<ADRENTRY*>(list + CbNewADRLIST(0));
        for (ULONG i = 0; i < count; ++i) {
            const ULONG held = m_input.u8() % kMost;
            put(entries + i, ADRENTRY{0, held, values(held)});
        }
        return reinterpret_cast<ADRLIST*>(list);
    }

    Input& m_input;
    std::deque<std::vector<std::uint8_t>> m_blocks;
    SRestriction* m_last = nullptr;
    int m_depth = 0;
};

}  // namespace remapi::fuzz
