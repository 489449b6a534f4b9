// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Notifications as a client may hand them over: any event, any contents, null where data should be.
// Each is counted, copied, moved through a base of zero, and compared with what it was.
#include "object/notify/notification_block.h"

#include <cstring>
#include <deque>
#include <vector>

#include "target.h"

using remapi::fuzz::Input;
using remapi::fuzz::require;
namespace object = remapi::object;

namespace {

constexpr ULONG kEvents[] = {
    fnevCriticalError,  fnevNewMail,       fnevObjectCreated,        fnevObjectModified,
    fnevTableModified,  fnevTableModified, fnevStatusObjectModified, fnevExtended,
    fnevSearchComplete, 0x12345678};
constexpr ULONG kTypes[] = {PT_NULL,       PT_LONG,      PT_SYSTIME,  PT_STRING8, PT_UNICODE,
                            PT_BINARY,     PT_CLSID,     PT_MV_LONG,  PT_MV_I8,   PT_MV_STRING8,
                            PT_MV_UNICODE, PT_MV_BINARY, PT_MV_CLSID, 0x0123};
constexpr std::size_t kMostElements = 5;

/// Makes events out of an input and owns what they point to, as a client does.
class Client {
public:
    explicit Client(Input& input) : m_input(input) {}

    NOTIFICATION event() {
        NOTIFICATION event;
        std::memset(&event, 0, sizeof event);
        event.ulEventType = kEvents[m_input.u8() % std::size(kEvents)];
        auto& info = event.info;
        switch (event.ulEventType) {
            case fnevCriticalError:
                id(info.err.cbEntryID, info.err.lpEntryID);
                info.err.ulFlags = m_input.u8() % 2 != 0 ? MAPI_UNICODE : 0;
                info.err.lpMAPIError = error(info.err.ulFlags);
                break;
            case fnevNewMail:
                id(info.newmail.cbEntryID, info.newmail.lpEntryID);
                id(info.newmail.cbParentID, info.newmail.lpParentID);
                info.newmail.ulFlags = m_input.u8() % 2 != 0 ? MAPI_UNICODE : 0;
                info.newmail.lpszMessageClass = text(info.newmail.ulFlags);
                break;
            case fnevTableModified:
                info.tab.ulTableEvent = m_input.u8();
                info.tab.propIndex = value();
                info.tab.propPrior = value();
                values(info.tab.row.cValues, info.tab.row.lpProps);
                break;
            case fnevStatusObjectModified:
                id(info.statobj.cbEntryID, info.statobj.lpEntryID);
                values(info.statobj.cValues, info.statobj.lpPropVals);
                break;
            case fnevExtended:
                bytes(info.ext.cb, info.ext.pbEventParameters);
                break;
            default:
                id(info.obj.cbEntryID, info.obj.lpEntryID);
                id(info.obj.cbParentID, info.obj.lpParentID);
                id(info.obj.cbOldID, info.obj.lpOldID);
                info.obj.lpPropTagArray = tags();
        }
        return event;
    }

private:
    void* block(std::size_t size) {
        m_blocks.emplace_back(size / sizeof(std::uint64_t) + 1, 0);
        return m_blocks.back().data();
    }
    void* copy(remapi::BytesView from, std::size_t size) {
        void* const to = block(size);
        if (!from.empty()) std::memcpy(to, from.data(), from.size());
        return to;
    }
    /// Its first byte is the length; 255 is a null pointer with a length.
    void bytes(ULONG& size, LPBYTE& data) {
        size = m_input.u8();
        if (size == 0xFF) return;
        const remapi::BytesView taken = m_input.bytes(size);
        size = static_cast<ULONG>(taken.size());
        data = static_cast<LPBYTE>(copy(taken, taken.size()));
    }
    void id(ULONG& size, LPENTRYID& id) {
        LPBYTE data = nullptr;
        bytes(size, data);
        id = reinterpret_cast<LPENTRYID>(data);
    }
    LPTSTR text(ULONG flags) {
        const std::uint8_t length = m_input.u8();
        if (length == 0xFF) return nullptr;
        const remapi::BytesView taken =
            m_input.bytes((flags & MAPI_UNICODE) != 0 ? length / 2 * 2 : length);
        return static_cast<LPTSTR>(copy(taken, taken.size() + 2 * sizeof(WCHAR)));
    }
    MAPIERROR* error(ULONG flags) {
        if (m_input.u8() % 3 == 0) return nullptr;
        auto* const made = static_cast<MAPIERROR*>(block(sizeof(MAPIERROR)));
        made->lpszError = text(flags);
        made->lpszComponent = text(flags);
        return made;
    }
    SPropTagArray* tags() {
        const auto count = static_cast<ULONG>(m_input.u8() % kMostElements);
        if (count == 0) return nullptr;
        auto* const made = static_cast<SPropTagArray*>(block(CbNewSPropTagArray(count)));
        made->cValues = count;
        return made;
    }
    void values(ULONG& count, SPropValue*& values) {
        count = static_cast<ULONG>(m_input.u8() % (kMostElements + 1));
        if (m_input.u8() == 0) return;
        values = static_cast<SPropValue*>(block(count * sizeof(SPropValue)));
        for (ULONG i = 0; i < count; ++i) values[i] = value();
    }
    SPropValue value() {
        SPropValue value;
        std::memset(&value, 0, sizeof value);
        const ULONG type = kTypes[m_input.u8() % std::size(kTypes)];
        value.ulPropTag = PROP_TAG(type, 0x6600);
        switch (type) {
            case PT_STRING8:
            case PT_UNICODE:
                value.Value.lpszA =
                    reinterpret_cast<LPSTR>(text(type == PT_UNICODE ? MAPI_UNICODE : 0));
                break;
            case PT_BINARY:
                bytes(value.Value.bin.cb, value.Value.bin.lpb);
                break;
            case PT_CLSID:
                value.Value.lpguid = static_cast<GUID*>(block(sizeof(GUID)));
                break;
            default:
                if ((type & MV_FLAG) != 0) many(value, type);
        }
        return value;
    }
    void many(SPropValue& value, ULONG type) {
        const auto count = static_cast<ULONG>(m_input.u8() % (kMostElements + 1));
        value.Value.MVl.cValues = count;  // the count comes first in every member of the union
        if (m_input.u8() == 0) return;    // a null pointer
        auto* const elements = static_cast<SBinary*>(block(count * sizeof(SBinary)));
        value.Value.MVbin.lpbin = elements;  // as large as any element
        for (ULONG i = 0; i < count; ++i) {
            if (type == PT_MV_BINARY) bytes(elements[i].cb, elements[i].lpb);
            const bool wide = type == PT_MV_UNICODE;
            if (wide || type == PT_MV_STRING8) {
                value.Value.MVszA.lppszA[i] =
                    reinterpret_cast<LPSTR>(text(wide ? MAPI_UNICODE : 0));
            }
        }
    }

    Input& m_input;
    std::deque<std::vector<std::uint64_t>> m_blocks;
};

using Block = std::vector<std::uint64_t>;

NOTIFICATION* events_in(Block& block) {
    return reinterpret_cast<NOTIFICATION*>(block.data());
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    Client client(input);
    std::vector<NOTIFICATION> events;
    do {
        events.push_back(client.event());
    } while (!input.empty() && events.size() < 20);
    const int count = static_cast<int>(events.size());

    ULONG bytes = 0;
    const SCODE counted = object::count_notifications(count, events.data(), &bytes);
    Block block((bytes + sizeof events[0]) / sizeof(std::uint64_t) + 1, 0);
    ULONG written = 0;
    if (counted != S_OK) {
        require(object::copy_notifications(count, events.data(), block.data(), &written) != S_OK,
                "what cannot be counted cannot be copied");
        return 0;
    }
    require(object::copy_notifications(count, events.data(), block.data(), &written) == S_OK &&
                written == bytes,
            "a copy takes what was counted");
    ULONG again = 0;
    require(object::count_notifications(count, events_in(block), &again) == S_OK && again == bytes,
            "a copy is as large as the original");

    require(object::relocate_notifications(count, events_in(block), block.data(), nullptr,
                                           &again) == S_OK &&
                again == bytes,
            "a copy can be moved to a base of zero");
    Block moved = block;
    require(object::relocate_notifications(count, events_in(moved), nullptr, moved.data(),
                                           nullptr) == S_OK,
            "and to where it is read again");
    require(object::count_notifications(count, events_in(moved), &again) == S_OK && again == bytes,
            "it is whole there");
    require(object::relocate_notifications(count, events_in(moved), moved.data(), nullptr,
                                           nullptr) == S_OK &&
                moved == block,
            "and back again");
    return 0;
}
