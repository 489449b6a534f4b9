// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The one list of what a property value points to: measuring, copying, relocating and checking walk
// it. Memory is a client's and may be misaligned, so structures are read and written whole.
#pragma once

#include "object/props/abi_memory.h"
#include "object/props/abi_types.h"

namespace remapi::object {

/// How deep restrictions, rule actions and the values inside them may nest, and how many
/// structures one value may be made of: as in restriction/restriction.cpp.
inline constexpr unsigned kMaximumAbiDepth = 64;
inline constexpr std::size_t kMaximumAbiNodes = 65536;

/// Where a value holds its data: every member of the union starts there.
template <class T>
T* held(SPropValue* at) noexcept {
    return reinterpret_cast<T*>(reinterpret_cast<BYTE*>(at) + offsetof(SPropValue, Value));
}
inline ULONG tag_at(const SPropValue* at) noexcept {
    return load(reinterpret_cast<const ULONG*>(at));
}

/// Visits what lies at `at` and writes it back when the handler writes, unused bytes as they were.
template <class Handler, class T, class Visit>
SCODE rewrite(T* at, Visit visit) {
    T value;
    assign(&value, at);
    const SCODE code = visit(value);
    if constexpr (Handler::kWrites) {
        if (code == S_OK) store(at, value);
    }
    return code;
}

/// `count` elements of fixed size behind `field`; without any, the pointer means nothing.
template <class Handler, class T>
SCODE visit_array(Handler& handler, T*& field, ULONG count, T*& elements) {
    if (count == 0) {
        if constexpr (Handler::kWrites) field = nullptr;
        return S_OK;
    }
    if (!field) return MAPI_E_INVALID_PARAMETER;
    return handler.array(field, count, elements);
}

/// What a value points to that has no pointers of its own, as most have none, with a handler of
/// AbiWalk's. MAPI_E_NO_SUPPORT for other types.
template <class Handler>
SCODE visit_simple(Handler& handler, SPropValue* at) {
    const Place place = type_of(tag_at(at)).place;
    if (place == Place::InValue) return S_OK;
    switch (place) {
        case Place::NarrowText:
            return rewrite<Handler>(held<LPSTR>(at),
                                    [&](LPSTR& text) { return handler.text(text); });
        case Place::WideText:
            return rewrite<Handler>(held<LPWSTR>(at),
                                    [&](LPWSTR& text) { return handler.text(text); });
        case Place::Bytes:
            return rewrite<Handler>(held<SBinary>(at), [&](SBinary& bin) {
                BYTE* bytes = nullptr;
                return visit_array(handler, bin.lpb, bin.cb, bytes);
            });
        case Place::Guid:
            return rewrite<Handler>(held<GUID*>(at), [&](GUID*& field) {
                GUID* guid = nullptr;
                return visit_array(handler, field, 1, guid);
            });
        default:
            return MAPI_E_NO_SUPPORT;
    }
}

/// Visits what values point to. The handler has
///   static constexpr bool kWrites          whether structures are changed in place
///   SCODE text(Char*& field)               a zero-terminated text, CHAR or WCHAR
///   SCODE array(T*& field, ULONG count, T*& elements)   `count` > 0 elements of fixed size;
///                                          `elements` is where to visit them
///   SCODE counted(const BYTE* field, header, element, ULONG& size)   bytes of a structure whose
///                                          first member counts the elements it ends in
///   SCODE accept(const SPropValue&), (const SRestriction&), (const abi::RuleAction&)   each
///                                          structure before what it points to
/// Everything answers S_OK, MAPI_E_NO_SUPPORT for an unknown property type, or
/// MAPI_E_INVALID_PARAMETER for anything that is malformed, too deep or too much.
template <class Handler>
class AbiWalk {
public:
    explicit AbiWalk(Handler& handler) noexcept : m_handler(handler) {}

    SCODE value(SPropValue* at, unsigned depth = 0) {
        SPropValue value = load(at);
        SCODE code = m_handler.accept(value);
        if (code == S_OK) code = data(value, depth);
        if constexpr (Handler::kWrites) {
            if (code == S_OK) store(at, value);
        }
        return code;
    }

    SCODE restriction(SRestriction* at, unsigned depth) {
        if (depth > kMaximumAbiDepth || ++m_nodes > kMaximumAbiNodes)
            return MAPI_E_INVALID_PARAMETER;
        SRestriction value = load(at);
        SCODE code = m_handler.accept(value);
        if (code == S_OK) code = operands(value, depth);
        if constexpr (Handler::kWrites) {
            if (code == S_OK) store(at, value);
        }
        return code;
    }

    /// What `value` points to; its pointers are changed when the handler writes.
    SCODE data(SPropValue& value, unsigned depth) {
        const SCODE code = visit_simple(m_handler, &value);
        return code == MAPI_E_NO_SUPPORT ? larger_data(value, depth) : code;
    }

private:
    SCODE larger_data(SPropValue& value, unsigned depth) {
        auto& data = value.Value;
        switch (data_type(value.ulPropTag)) {
            case PT_MV_I2:
                return flat(data.MVi.lpi, data.MVi.cValues);
            case PT_MV_LONG:
                return flat(data.MVl.lpl, data.MVl.cValues);
            case PT_MV_R4:
                return flat(data.MVflt.lpflt, data.MVflt.cValues);
            case PT_MV_DOUBLE:
            case PT_MV_APPTIME:
                return flat(data.MVdbl.lpdbl, data.MVdbl.cValues);
            case PT_MV_CURRENCY:
            case PT_MV_SYSTIME:
            case PT_MV_I8:
                return flat(data.MVli.lpli, data.MVli.cValues);
            case PT_MV_CLSID:
                return flat(data.MVguid.lpguid, data.MVguid.cValues);
            case PT_MV_STRING8:
                return texts(data.MVszA.lppszA, data.MVszA.cValues);
            case PT_MV_UNICODE:
                return texts(data.MVszW.lppszW, data.MVszW.cValues);
            case PT_MV_BINARY:
                return each(data.MVbin.lpbin, data.MVbin.cValues, [this](SBinary* at) {
                    return rewritten(at, [this](SBinary& bin) { return flat(bin.lpb, bin.cb); });
                });
            case PT_SRESTRICTION:
                return pointed<SRestriction>(
                    data, [&](SRestriction* at) { return restriction(at, depth + 1); });
            case PT_ACTIONS:
                return pointed<abi::RuleActions>(
                    data, [&](abi::RuleActions* at) { return actions(at, depth + 1); });
            default:
                return MAPI_E_NO_SUPPORT;
        }
    }

    SCODE operands(SRestriction& value, unsigned depth) {
        auto& res = value.res;
        switch (value.rt) {
            case RES_AND:
                return restrictions(res.resAnd.lpRes, res.resAnd.cRes, depth);
            case RES_OR:
                return restrictions(res.resOr.lpRes, res.resOr.cRes, depth);
            case RES_NOT:
                return restrictions(res.resNot.lpRes, 1, depth);
            case RES_CONTENT:
                return values(res.resContent.lpProp, 1, depth);
            case RES_PROPERTY:
                return values(res.resProperty.lpProp, 1, depth);
            case RES_COMPAREPROPS:
            case RES_BITMASK:
            case RES_SIZE:
            case RES_EXIST:
                return S_OK;
            case RES_SUBRESTRICTION:
            case abi::kResCount:
                return restrictions(res.resSub.lpRes, 1, depth);
            case RES_COMMENT:
            case abi::kResAnnotation: {
                const SCODE code = values(res.resComment.lpProp, res.resComment.cValues, depth);
                if (code != S_OK || !res.resComment.lpRes) return code;
                return restrictions(res.resComment.lpRes, 1, depth);
            }
            default:
                return MAPI_E_INVALID_PARAMETER;
        }
    }

    SCODE actions(abi::RuleActions* at, unsigned depth) {
        if (depth > kMaximumAbiDepth) return MAPI_E_INVALID_PARAMETER;
        return rewritten(at, [&](abi::RuleActions& all) {
            return each(all.actions, all.count, [&](abi::RuleAction* one) {
                if (++m_nodes > kMaximumAbiNodes) return SCODE{MAPI_E_INVALID_PARAMETER};
                return rewritten(one, [&](abi::RuleAction& a) { return action(a, depth); });
            });
        });
    }

    SCODE action(abi::RuleAction& action, unsigned depth) {
        SCODE code = m_handler.accept(action);
        if (code == S_OK && action.restriction) code = restrictions(action.restriction, 1, depth);
        if (code == S_OK && action.tags) code = tag_array(action.tags);
        if (code != S_OK) return code;
        auto& data = action.data;
        using Op = abi::RuleOperation;
        switch (action.operation) {
            case Op::Move:
            case Op::Copy:
                code = flat_bytes(data.target.store_id, data.target.store_id_bytes);
                if (code != S_OK) return code;
                return flat_bytes(data.target.folder_id, data.target.folder_id_bytes);
            case Op::Reply:
            case Op::OutOfOfficeReply:
                return flat_bytes(data.reply.message_id, data.reply.message_id_bytes);
            case Op::DeferAction:
                return flat(data.deferred.data, data.deferred.size_bytes);
            case Op::Forward:
            case Op::Delegate:
                return recipients(data.recipients, depth);
            case Op::Tag:
                return this->data(data.tag, depth);
            case Op::Bounce:
            case Op::Delete:
            case Op::MarkAsRead:
                return S_OK;
        }
        return MAPI_E_INVALID_PARAMETER;
    }

    // Structures that end in an array are one piece of bytes.
    SCODE tag_array(SPropTagArray*& tags) {
        BYTE* bytes = reinterpret_cast<BYTE*>(tags);
        ULONG size = 0;
        const SCODE code = m_handler.counted(bytes, CbNewSPropTagArray(0), sizeof(ULONG), size);
        if (code != S_OK) return code;
        return flat_bytes(tags, size);
    }

    SCODE recipients(ADRLIST*& list, unsigned depth) {
        BYTE* bytes = reinterpret_cast<BYTE*>(list);
        ULONG size = 0;
        if (!bytes) return MAPI_E_INVALID_PARAMETER;
        SCODE code = m_handler.counted(bytes, CbNewADRLIST(0), sizeof(ADRENTRY), size);
        BYTE* copied = nullptr;
        if (code == S_OK) code = m_handler.array(bytes, size, copied);
        if (code != S_OK) return code;
        list = reinterpret_cast<ADRLIST*>(bytes);
        auto* entry = reinterpret_cast<ADRENTRY*>(copied + CbNewADRLIST(0));
        const ULONG count = (size - CbNewADRLIST(0)) / sizeof(ADRENTRY);
        for (ULONG i = 0; i < count; ++i) {
            if (++m_nodes > kMaximumAbiNodes) return MAPI_E_INVALID_PARAMETER;
            code = rewritten(entry + i, [&](ADRENTRY& one) {
                return values(one.rgPropVals, one.cValues, depth);
            });
            if (code != S_OK) return code;
        }
        return S_OK;
    }

    SCODE restrictions(SRestriction*& field, ULONG count, unsigned depth) {
        return each(field, count, [&](SRestriction* at) { return restriction(at, depth + 1); });
    }
    SCODE values(SPropValue*& field, ULONG count, unsigned depth) {
        return each(field, count, [&](SPropValue* at) {
            if (++m_nodes > kMaximumAbiNodes) return SCODE{MAPI_E_INVALID_PARAMETER};
            return value(at, depth);
        });
    }
    template <class Char>
    SCODE texts(Char**& field, ULONG count) {
        return each(field, count, [this](Char** at) {
            return rewritten(at, [this](Char*& text) { return m_handler.text(text); });
        });
    }

    template <class T>
    SCODE flat(T*& field, ULONG count) {
        T* elements = nullptr;
        return visit_array(m_handler, field, count, elements);
    }
    template <class T>
    SCODE flat_bytes(T*& field, ULONG size) {
        BYTE* bytes = reinterpret_cast<BYTE*>(field);
        const SCODE code = flat(bytes, size);
        field = reinterpret_cast<T*>(bytes);
        return code;
    }
    template <class T, class Visit>
    SCODE each(T*& field, ULONG count, Visit visit) {
        T* elements = nullptr;
        SCODE code = visit_array(m_handler, field, count, elements);
        for (ULONG i = 0; code == S_OK && i < count; ++i) code = visit(elements + i);
        return code;
    }
    // A value whose data are one structure; the union has no member for it.
    template <class T, class Data, class Visit>
    SCODE pointed(Data& data, Visit visit) {
        T* field = reinterpret_cast<T*>(data.lpszA);
        const SCODE code = each(field, 1, visit);
        data.lpszA = reinterpret_cast<LPSTR>(field);
        return code;
    }
    template <class T, class Visit>
    SCODE rewritten(T* at, Visit visit) {
        return rewrite<Handler>(at, visit);
    }

    Handler& m_handler;
    std::size_t m_nodes = 0;
};

/// AbiWalk::value with a copy of the handler, so that nobody has the address of `handler` itself:
/// a caller that has many values visited keeps it in registers.
template <class Handler>
[[gnu::noinline]] SCODE walk_any(Handler& handler, SPropValue* at) {
    return AbiWalk(handler).value(at);
}
template <class Handler>
SCODE walk(Handler& handler, SPropValue* at) {
    SCODE code = visit_simple(handler, at);
    if (code != MAPI_E_NO_SUPPORT) return code;
    Handler copy = handler;
    code = walk_any(copy, at);
    handler = copy;
    return code;
}

}  // namespace remapi::object
