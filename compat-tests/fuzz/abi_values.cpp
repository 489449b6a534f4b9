// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Property values as a client may hand them over: any type, any contents, null where data should
// be.
#include <cstring>
#include <deque>
#include <iterator>
#include <vector>

#include "object/props/abi_value.h"
#include "target.h"

using remapi::fuzz::Input;
using remapi::fuzz::require;
namespace object = remapi::object;

namespace {

constexpr ULONG kTypes[] = {
    PT_NULL,        PT_I2,         PT_LONG,        PT_R4,         PT_DOUBLE,       PT_CURRENCY,
    PT_APPTIME,     PT_ERROR,      PT_BOOLEAN,     PT_OBJECT,     PT_I8,           PT_STRING8,
    PT_UNICODE,     PT_SYSTIME,    PT_CLSID,       PT_BINARY,     PT_MV_I2,        PT_MV_LONG,
    PT_MV_R4,       PT_MV_DOUBLE,  PT_MV_CURRENCY, PT_MV_APPTIME, PT_MV_I8,        PT_MV_STRING8,
    PT_MV_UNICODE,  PT_MV_SYSTIME, PT_MV_CLSID,    PT_MV_BINARY,  PT_SRESTRICTION, PT_ACTIONS,
    PT_UNSPECIFIED, 0x0123};
constexpr UINT kPages[] = {CP_ACP, CP_UTF8, 1252, 932};
constexpr std::size_t kMaxElements = 7;

/// Makes values out of an input and owns what they point to, as a client does.
class Client {
public:
    explicit Client(Input& input) : m_input(input) {}

    SPropValue value() {
        SPropValue value;
        std::memset(&value, 0, sizeof value);
        const std::uint8_t choice = m_input.u8();
        const ULONG type = kTypes[choice % std::size(kTypes)];
        value.ulPropTag = PROP_TAG(type, static_cast<ULONG>(m_input.number(2)));
        const bool instance = choice >= 0xE0 && (type & MV_FLAG) != 0;
        if (instance) value.ulPropTag |= MV_INSTANCE;
        if ((type & MV_FLAG) != 0 && !instance) {
            fill_many(value, type);
        } else {
            fill_one(value, type & ~static_cast<ULONG>(MV_FLAG));
        }
        return value;
    }

private:
    void fill_one(SPropValue& value, ULONG type) {
        switch (type) {
            case PT_STRING8:
                value.Value.lpszA = text8();
                break;
            case PT_UNICODE:
                value.Value.lpszW = text16();
                break;
            case PT_BINARY:
                value.Value.bin = binary();
                break;
            case PT_CLSID:
                value.Value.lpguid = array<GUID>(1);
                break;
            default: {
                const remapi::BytesView taken = m_input.bytes(sizeof(LARGE_INTEGER));
                if (!taken.empty()) std::memcpy(&value.Value, taken.data(), taken.size());
            }
        }
    }

    void fill_many(SPropValue& value, ULONG type) {
        const auto count = static_cast<ULONG>(m_input.u8() % (kMaxElements + 1));
        value.Value.MVl.cValues = count;  // the count comes first in every member of the union
        if (m_input.u8() == 0) return;    // a null pointer
        switch (type) {
            case PT_MV_I2:
                value.Value.MVi.lpi = array<short>(count);
                break;
            case PT_MV_LONG:
            case PT_MV_R4:
                value.Value.MVl.lpl = array<LONG>(count);
                break;
            case PT_MV_STRING8:
                value.Value.MVszA.lppszA = pointers<LPSTR>(count, [this] { return text8(); });
                break;
            case PT_MV_UNICODE:
                value.Value.MVszW.lppszW = pointers<LPWSTR>(count, [this] { return text16(); });
                break;
            case PT_MV_BINARY:
                value.Value.MVbin.lpbin = pointers<SBinary>(count, [this] { return binary(); });
                break;
            case PT_MV_CLSID:
                value.Value.MVguid.lpguid = array<GUID>(count);
                break;
            default:
                value.Value.MVli.lpli = array<LARGE_INTEGER>(count);
        }
    }

    void* block(std::size_t size) {
        m_blocks.emplace_back(size / sizeof(std::uint64_t) + 1, 0);
        return m_blocks.back().data();
    }
    template <class T>
    T* array(std::size_t count) {
        T* const elements = static_cast<T*>(block(count * sizeof(T)));
        const remapi::BytesView taken = m_input.bytes(count * sizeof(T));
        if (!taken.empty()) std::memcpy(elements, taken.data(), taken.size());
        return elements;
    }
    template <class T, class Make>
    T* pointers(std::size_t count, Make make) {
        T* const elements = static_cast<T*>(block(count * sizeof(T)));
        for (std::size_t i = 0; i < count; ++i) elements[i] = make();
        return elements;
    }
    /// Its first byte is the length; 255 is a null pointer.
    char* text8() {
        const std::uint8_t length = m_input.u8();
        if (length == 0xFF) return nullptr;
        const remapi::BytesView taken = m_input.bytes(length);
        return static_cast<char*>(copy(taken, taken.size() + 1));
    }
    WCHAR* text16() {
        const std::uint8_t length = m_input.u8();
        if (length == 0xFF) return nullptr;
        const remapi::BytesView taken = m_input.bytes(std::size_t{length} / 2 * 2);
        return static_cast<WCHAR*>(copy(taken, taken.size() + 2 * sizeof(WCHAR)));
    }
    SBinary binary() {
        const std::uint8_t length = m_input.u8();
        if (length == 0xFF) return {length, nullptr};
        const remapi::BytesView taken = m_input.bytes(length);
        return {static_cast<ULONG>(taken.size()), static_cast<LPBYTE>(copy(taken, taken.size()))};
    }
    void* copy(remapi::BytesView bytes, std::size_t size) {
        void* const to = block(size);
        if (!bytes.empty()) std::memcpy(to, bytes.data(), bytes.size());
        return to;
    }

    Input& m_input;
    std::deque<std::vector<std::uint64_t>> m_blocks;
};

/// Whether a value equals itself: one that holds a not-a-number does not.
bool comparable(const remapi::PropValue& value) {
    return value == remapi::PropValue(value);
}

void check_value(const remapi::PropValue& value, UINT code_page) {
    (void)value.size_bytes();
    (void)value.truth();
    require(object::compare_values(value, value) == 0,
            "a value is neither before nor after itself");
    for (const ULONG type : kTypes) (void)object::value_as(value, type, MAPI_UNICODE);
    const auto packed = object::pack(value, code_page);
    const remapi::PropValue back = object::from_abi(packed[0], code_page);
    require(back.tag() == value.tag(), "a tag survives the ABI");
    const bool narrow = (PROP_TYPE(object::stored_tag(value.tag())) != value.type());
    // A code page holds less than UTF-16 does.
    if (!narrow && comparable(value)) require(back == value, "a value survives the ABI");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    Client client(input);
    const UINT code_page = kPages[input.u8() % std::size(kPages)];
    std::vector<remapi::PropValue> values;
    while (!input.empty()) {
        const SPropValue given = client.value();
        try {
            values.push_back(object::from_abi(given, code_page));
        } catch (const remapi::Error&) {
            continue;  // refused, as null pointers and unknown types are
        }
        check_value(values.back(), code_page);
    }
    const auto packed = object::pack(values, code_page);
    require(object::from_abi(static_cast<ULONG>(values.size()), packed.get(), code_page).size() ==
                values.size(),
            "as many values come back as went in");
    return 0;
}
