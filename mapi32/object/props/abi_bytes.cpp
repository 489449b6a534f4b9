// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/props/abi_bytes.h"

#include <type_traits>

#include "abi/error.h"
#include "object/props/abi_pack.h"

namespace remapi::object {
namespace {

/// Writes down what AbiWalk visits, without the pointers.
class Writer {
public:
    static constexpr bool kWrites = false;

    template <class Char>
    SCODE text(const Char* field) {
        if (!field) return MAPI_E_INVALID_PARAMETER;
        put(field, (text_units(field) + 1) * sizeof(Char));
        return S_OK;
    }
    template <class T>
    SCODE array(T* field, ULONG count, T*& elements) {
        elements = field;
        put_value(count);
        constexpr bool kFlat =
            std::is_arithmetic_v<T> || std::is_same_v<T, GUID> || std::is_same_v<T, LARGE_INTEGER>;
        if constexpr (kFlat) {
            if (!m_has_pointers) put(field, std::size_t{count} * sizeof(T));
        }
        m_has_pointers = false;
        return S_OK;
    }
    SCODE counted(const BYTE* field, std::size_t header, std::size_t element, ULONG& size) {
        if (!field) return MAPI_E_INVALID_PARAMETER;
        const std::uint64_t all =
            header + std::uint64_t{load(reinterpret_cast<const ULONG*>(field))} * element;
        if (all > Layout::kLimit) return MAPI_E_INVALID_PARAMETER;
        size = static_cast<ULONG>(all);
        m_has_pointers = element == sizeof(ADRENTRY);  // what they point to is visited
        return S_OK;
    }
    SCODE accept(const SPropValue& value) {
        put_value(value.ulPropTag);
        switch (data_type(value.ulPropTag)) {
            case PT_I2:
                put_value(value.Value.i);
                break;
            case PT_BOOLEAN:
                put_value(value.Value.b != 0);
                break;
            case PT_LONG:
            case PT_R4:
            case PT_ERROR:
            case PT_OBJECT:
                put_value(value.Value.l);
                break;
            case PT_DOUBLE:
            case PT_APPTIME:
            case PT_CURRENCY:
            case PT_I8:
            case PT_SYSTIME:
                put_value(value.Value.li);
                break;
            default:
                break;  // all of it is visited
        }
        return S_OK;
    }
    SCODE accept(const SRestriction& restriction) {
        put_value(restriction.rt);
        const auto& res = restriction.res;
        switch (restriction.rt) {
            case RES_SUBRESTRICTION:
            case abi::kResCount:
                put_value(res.resSub.ulSubObject);
                break;
            case RES_CONTENT:
            case RES_PROPERTY:
                put_value(res.resProperty.relop);
                put_value(res.resProperty.ulPropTag);
                break;
            case RES_COMPAREPROPS:
            case RES_BITMASK:
            case RES_SIZE:
                put_value(res.resCompareProps);
                break;
            case RES_EXIST:
                put_value(res.resExist.ulPropTag);
                break;
            case RES_COMMENT:
            case abi::kResAnnotation:
                put_value(res.resComment.lpRes != nullptr);
                break;
            default:
                break;
        }
        return S_OK;
    }
    SCODE accept(const abi::RuleAction& action) {
        put_value(action.operation);
        put_value(action.flavor);
        put_value(action.flags);
        put_value(action.restriction != nullptr);
        put_value(action.tags != nullptr);
        using Op = abi::RuleOperation;
        if (action.operation == Op::Bounce) put_value(action.data.bounce_code);
        if (action.operation == Op::Tag) return accept(action.data.tag);
        if (action.operation == Op::Reply || action.operation == Op::OutOfOfficeReply)
            put_value(action.data.reply.template_id);
        return S_OK;
    }

    Bytes bytes;

private:
    void put(const void* from, std::size_t size) {
        const auto* const first = static_cast<const std::uint8_t*>(from);
        bytes.insert(bytes.end(), first, first + size);
    }
    template <class T>
    void put_value(const T& value) {
        put(&value, sizeof value);
    }

    bool m_has_pointers = false;
};

}  // namespace

Bytes canonical_bytes(SPropValue& value) {
    Writer writer;
    check(AbiWalk(writer).value(&value), "comparing values");
    return std::move(writer.bytes);
}

}  // namespace remapi::object
