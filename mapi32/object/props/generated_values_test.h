// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Arrays of property values for tests that do the same in two ways.
#pragma once

#include <deque>
#include <iterator>
#include <random>
#include <vector>

#include "object/props/abi_walk.h"

namespace remapi::object {

inline constexpr ULONG kKnownTypes[] = {
    PT_NULL,     PT_I2,         PT_LONG,       PT_R4,        PT_DOUBLE,      PT_CURRENCY,
    PT_APPTIME,  PT_ERROR,      PT_BOOLEAN,    PT_OBJECT,    PT_I8,          PT_STRING8,
    PT_UNICODE,  PT_SYSTIME,    PT_CLSID,      PT_BINARY,    PT_MV_I2,       PT_MV_LONG,
    PT_MV_R4,    PT_MV_DOUBLE,  PT_MV_APPTIME, PT_MV_I8,     PT_MV_SYSTIME,  PT_MV_CURRENCY,
    PT_MV_CLSID, PT_MV_STRING8, PT_MV_UNICODE, PT_MV_BINARY, PT_SRESTRICTION};
inline constexpr ULONG kUnknownTypes[] = {PT_UNSPECIFIED, 0x0123, MV_FLAG | PT_ERROR,
                                          MV_INSTANCE | PT_I2};

/// Arrays of values of any type with the data they point to, the same for the same seed.
class ValueGenerator {
public:
    explicit ValueGenerator(unsigned seed) : m_random(seed) {}

    std::vector<SPropValue> values() {
        m_blocks.clear();
        std::vector<SPropValue> all(one_of(12));
        const bool flawed = one_of(4) == 0;
        for (SPropValue& value : all) value = flawed && one_of(6) == 0 ? flawed_value() : sound();
        return all;
    }
    std::size_t one_of(std::size_t count) { return m_random() % count; }

private:
    SPropValue sound() {
        SPropValue value = {};
        ULONG type = kKnownTypes[one_of(std::size(kKnownTypes))];
        const bool instance = (type & MV_FLAG) != 0 && one_of(3) == 0;
        fill(value, instance ? type & ~static_cast<ULONG>(MV_FLAG) : type);
        if (instance) type |= MV_INSTANCE;
        value.ulPropTag = PROP_TAG(type, 0x6600 + one_of(100));
        return value;
    }
    SPropValue flawed_value() {
        SPropValue value = sound();
        switch (one_of(3)) {
            case 0:
                value.ulPropTag = PROP_TAG(kUnknownTypes[one_of(std::size(kUnknownTypes))], 0x6600);
                break;
            case 1:
                value.ulPropTag = PROP_TAG(PROP_TYPE(value.ulPropTag), one_of(2) ? 0 : 0xFFFF);
                break;
            default:  // null where data should be, or a count of nothing
                std::memset(&value.Value, 0, sizeof value.Value);
        }
        return value;
    }

    void fill(SPropValue& value, ULONG type) {
        auto& data = value.Value;
        const auto count = static_cast<ULONG>(one_of(5) + 1);
        switch (type) {
            case PT_STRING8:
                data.lpszA = text<char>();
                return;
            case PT_UNICODE:
                data.lpszW = text<WCHAR>();
                return;
            case PT_BINARY:
                data.bin = binary();
                return;
            case PT_CLSID:
                data.lpguid = reinterpret_cast<GUID*>(bytes(sizeof(GUID)));
                return;
            case PT_MV_STRING8:
                data.MVszA = {count, many<LPSTR>(count, [this] { return text<char>(); })};
                return;
            case PT_MV_UNICODE:
                data.MVszW = {count, many<LPWSTR>(count, [this] { return text<WCHAR>(); })};
                return;
            case PT_MV_BINARY:
                data.MVbin = {count, many<SBinary>(count, [this] { return binary(); })};
                return;
            case PT_SRESTRICTION:
                data.lpszA = reinterpret_cast<LPSTR>(restriction());
                return;
            default:
                break;
        }
        if ((type & MV_FLAG) != 0) {
            data.MVbin.cValues = count;
            data.MVguid.lpguid = reinterpret_cast<GUID*>(bytes(count * sizeof(GUID)));
        } else {
            data.li.QuadPart = static_cast<LONGLONG>(m_random()) << 32 | m_random();
        }
    }

    BYTE* bytes(std::size_t size) {
        const std::size_t offset = one_of(16);
        std::vector<BYTE>& block = m_blocks.emplace_back(size + offset);
        for (BYTE& byte : block) byte = static_cast<BYTE>(m_random());
        return block.data() + offset;
    }
    /// Of a length about which copying and measuring change how they work, and often short.
    std::size_t length() { return one_of(2) == 0 ? one_of(20) : one_of(300); }
    template <class Char>
    Char* text() {
        const std::size_t units = length();
        auto* const text = reinterpret_cast<Char*>(bytes((units + 1) * sizeof(Char)));
        for (std::size_t i = 0; i <= units; ++i) {
            const auto unit = static_cast<Char>(i < units ? m_random() | 1 : 0);
            store(text + i, unit);
        }
        return text;
    }
    SBinary binary() {
        const std::size_t size = length();
        return {static_cast<ULONG>(size), bytes(size)};
    }
    template <class T, class Make>
    T* many(ULONG count, Make make) {
        auto* const all = reinterpret_cast<T*>(bytes(count * sizeof(T)));
        for (ULONG i = 0; i < count; ++i) store(all + i, make());
        return all;
    }
    SRestriction* restriction() {
        SRestriction leaf = {};
        leaf.rt = RES_EXIST;
        SRestriction negation = {};
        negation.rt = RES_NOT;
        negation.res.resNot.lpRes = many<SRestriction>(1, [&] { return leaf; });
        return many<SRestriction>(1, [&] { return negation; });
    }

    std::mt19937 m_random;
    std::deque<std::vector<BYTE>> m_blocks;
};

}  // namespace remapi::object
