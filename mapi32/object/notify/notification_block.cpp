// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/notify/notification_block.h"

#include "object/props/abi_pack.h"

namespace remapi::object {
namespace {

/// Visits what a notification points to with a handler of AbiWalk's.
template <class Handler>
class NotificationWalk {
public:
    explicit NotificationWalk(Handler& handler) noexcept : m_handler(handler) {}

    /// The pointers of `event` are changed when the handler writes.
    SCODE data(NOTIFICATION& event) {
        auto& info = event.info;
        switch (event.ulEventType) {
            case fnevCriticalError:
                return all(id(info.err.lpEntryID, info.err.cbEntryID),
                           [&] { return error(info.err.lpMAPIError, info.err.ulFlags); });
            case fnevNewMail:
                return new_mail(info.newmail);
            case fnevObjectCreated:
            case fnevObjectDeleted:
            case fnevObjectModified:
            case fnevObjectMoved:
            case fnevObjectCopied:
            case fnevSearchComplete:
                return object(info.obj);
            case fnevTableModified:
                return table(info.tab);
            case fnevStatusObjectModified:
                return all(id(info.statobj.lpEntryID, info.statobj.cbEntryID),
                           [&] { return values(info.statobj.lpPropVals, info.statobj.cValues); });
            case fnevExtended:
                return bytes(info.ext.pbEventParameters, info.ext.cb);
            default:
                return MAPI_E_INVALID_PARAMETER;
        }
    }

private:
    /// Each step in turn until one fails.
    template <class... Steps>
    static SCODE all(SCODE code, Steps... steps) {
        ((code = code == S_OK ? steps() : code), ...);
        return code;
    }

    SCODE new_mail(NEWMAIL_NOTIFICATION& mail) {
        return all(
            id(mail.lpEntryID, mail.cbEntryID),
            [&] { return id(mail.lpParentID, mail.cbParentID); },
            [&] { return text(mail.lpszMessageClass, mail.ulFlags); });
    }

    SCODE object(OBJECT_NOTIFICATION& object) {
        return all(
            id(object.lpEntryID, object.cbEntryID),
            [&] { return id(object.lpParentID, object.cbParentID); },
            [&] { return id(object.lpOldID, object.cbOldID); },
            [&] { return id(object.lpOldParentID, object.cbOldParentID); },
            [&] { return tags(object.lpPropTagArray); });
    }

    SCODE table(TABLE_NOTIFICATION& table) {
        return all(
            key(table.propIndex), [&] { return key(table.propPrior); },
            [&] { return values(table.row.lpProps, table.row.cValues); });
    }

    // Events that are not about a row leave the keys of rows all zero.
    SCODE key(SPropValue& value) {
        if (PROP_TYPE(value.ulPropTag) == PT_UNSPECIFIED) return S_OK;
        return AbiWalk(m_handler).data(value, 0);
    }

    SCODE values(SPropValue*& field, ULONG count) {
        SPropValue* elements = nullptr;
        SCODE code = array(field, count, elements);
        for (ULONG i = 0; code == S_OK && i < count; ++i)
            code = AbiWalk(m_handler).value(elements + i);
        return code;
    }

    SCODE error(MAPIERROR*& field, ULONG flags) {
        if (!field) return S_OK;
        MAPIERROR* at = nullptr;
        SCODE code = array(field, 1, at);
        if (code != S_OK) return code;
        MAPIERROR error = load(at);
        code = all(text(error.lpszError, flags), [&] { return text(error.lpszComponent, flags); });
        if constexpr (Handler::kWrites) {
            if (code == S_OK) store(at, error);
        }
        return code;
    }

    SCODE tags(SPropTagArray*& field) {
        if (!field) return S_OK;
        BYTE* start = reinterpret_cast<BYTE*>(field);
        ULONG size = 0;
        const SCODE code = m_handler.counted(start, CbNewSPropTagArray(0), sizeof(ULONG), size);
        return code == S_OK ? bytes(field, size) : code;
    }

    SCODE text(LPTSTR& field, ULONG flags) {
        if (!field) return S_OK;
        if ((flags & MAPI_UNICODE) != 0) return text_of<WCHAR>(field);
        return text_of<char>(field);
    }
    template <class Char>
    SCODE text_of(LPTSTR& field) {
        Char* characters = reinterpret_cast<Char*>(field);
        const SCODE code = m_handler.text(characters);
        field = reinterpret_cast<LPTSTR>(characters);
        return code;
    }

    SCODE id(ENTRYID*& field, ULONG size) { return bytes(field, size); }

    template <class T>
    SCODE bytes(T*& field, ULONG size) {
        BYTE* start = reinterpret_cast<BYTE*>(field);
        BYTE* elements = nullptr;
        const SCODE code = array(start, size, elements);
        field = reinterpret_cast<T*>(start);
        return code;
    }

    template <class T>
    SCODE array(T*& field, ULONG count, T*& elements) {
        if (count == 0) {
            if constexpr (Handler::kWrites) field = nullptr;
            return S_OK;
        }
        return field ? m_handler.array(field, count, elements) : MAPI_E_INVALID_PARAMETER;
    }

    Handler& m_handler;
};

bool is_array(int count, const NOTIFICATION* events) noexcept {
    return count == 0 || (count > 0 && events &&
                          static_cast<ULONG>(count) <= Layout::kLimit / sizeof(NOTIFICATION));
}

ULONG events_bytes(int count) noexcept {
    return static_cast<ULONG>(count) * sizeof(NOTIFICATION);
}

// Reads each notification, visits it, and writes it to `to` when the handler writes.
template <class Handler>
SCODE visit(Handler& handler, int count, NOTIFICATION* from, NOTIFICATION* to, ULONG* size) {
    for (int i = 0; i < count; ++i) {
        NOTIFICATION event;
        assign(&event, from + i);
        if (NotificationWalk(handler).data(event) != S_OK || !handler.end_value()) {
            return MAPI_E_INVALID_PARAMETER;
        }
        if constexpr (Handler::kWrites) store(to + i, event);
    }
    return told_size(handler, size);
}

// Where the block is that holds the array: at one of its bases when it lies shortly after that,
// otherwise the array starts it.
std::uintptr_t base_of_block(std::uintptr_t array, std::uintptr_t from,
                             std::uintptr_t to) noexcept {
    constexpr std::uintptr_t kFarthest = std::uintptr_t{1} << 28;
    const std::uintptr_t nearer = array - from < array - to ? from : to;
    return array - nearer < kFarthest ? nearer : array;
}

}  // namespace

SCODE count_notifications(int count, NOTIFICATION* events, ULONG* size) noexcept {
    if (!is_array(count, events)) return MAPI_E_INVALID_PARAMETER;
    Measurer measurer(events_bytes(count));
    return visit(measurer, count, events, nullptr, size);
}

SCODE copy_notifications(int count, NOTIFICATION* events, void* block, ULONG* size) noexcept {
    const SCODE code = count_notifications(count, events, nullptr);
    if (code != S_OK || (!block && !size)) return code;
    if (!block) return MAPI_E_INVALID_PARAMETER;
    Copier copier(block, events_bytes(count));
    return visit(copier, count, events, static_cast<NOTIFICATION*>(block), size);
}

SCODE relocate_notifications(int count, NOTIFICATION* events, const void* old_base, void* new_base,
                             ULONG* size) noexcept {
    if (!is_array(count, events)) return MAPI_E_INVALID_PARAMETER;
    const auto from = reinterpret_cast<std::uintptr_t>(old_base);
    const auto to = reinterpret_cast<std::uintptr_t>(new_base);
    const auto array = reinterpret_cast<std::uintptr_t>(events);
    Relocator relocator(from, to, base_of_block(array, from, to), array, events_bytes(count));
    return visit(relocator, count, events, events, size);
}

}  // namespace remapi::object
