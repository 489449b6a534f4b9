// SPDX-License-Identifier: LGPL-2.1-or-later
#include "session/profile/value_codec.h"

#include <bit>
#include <cstdio>

#include "format/guid.h"
#include "text/text.h"

namespace remapi::session {
namespace {

using format::Reader;
using format::Writer;

void put(Writer& out, std::uint64_t number, std::size_t size_bytes) {
    for (std::size_t i = 0; i < size_bytes; ++i) {
        out.u8(static_cast<std::uint8_t>(number >> (8 * i)));
    }
}

std::uint64_t take(Reader& in, std::size_t size_bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < size_bytes; ++i) number |= std::uint64_t{in.u8()} << (8 * i);
    return number;
}

// One element of each kind. Text and binary elements have a length of their own and are below.
void put_element(Writer& out, std::int16_t value) {
    put(out, static_cast<std::uint16_t>(value), 2);
}
void put_element(Writer& out, std::int32_t value) {
    put(out, static_cast<std::uint32_t>(value), 4);
}
void put_element(Writer& out, std::int64_t value) {
    put(out, static_cast<std::uint64_t>(value), 8);
}
void put_element(Writer& out, std::uint64_t value) {
    put(out, value, 8);
}
void put_element(Writer& out, float value) {
    put(out, std::bit_cast<std::uint32_t>(value), 4);
}
void put_element(Writer& out, double value) {
    put(out, std::bit_cast<std::uint64_t>(value), 8);
}
void put_element(Writer& out, bool value) {
    put(out, value ? 1 : 0, 2);
}
void put_element(Writer& out, const GUID& value) {
    out.bytes(format::guid_bytes(value));
}
void put_element(Writer& out, const String& value) {
    out.text16(value);
}
void put_element(Writer& out, const Bytes& value) {
    out.bytes(value);
}

template <class T>
T take_element(Reader& in) {
    if constexpr (std::is_same_v<T, float>) {
        return std::bit_cast<float>(static_cast<std::uint32_t>(take(in, 4)));
    } else if constexpr (std::is_same_v<T, double>) {
        return std::bit_cast<double>(take(in, 8));
    } else if constexpr (std::is_same_v<T, bool>) {
        return take(in, 2) != 0;
    } else if constexpr (std::is_same_v<T, GUID>) {
        return format::guid_from_bytes(in.bytes(sizeof(GUID))).value_or(GUID{});
    } else {
        return static_cast<T>(take(in, sizeof(T)));
    }
}

/// Many elements: their number, then the elements; text and binary ones after a table of where they
/// are.
template <class T>
void put_many(Writer& out, const std::vector<T>& values) {
    out.u32(narrow_size(values.size()));
    for (const T& value : values) put_element(out, value);
}

void put_many(Writer& out, const std::vector<String>& values) {
    std::size_t offset = 4 + 4 * values.size();
    out.u32(narrow_size(values.size()));
    for (const String& value : values) {
        out.u32(narrow_size(offset));
        offset += (value.size() + 1) * sizeof(WideChar);
    }
    for (const String& value : values) out.text16(value);
}

void put_many(Writer& out, const std::vector<Bytes>& values) {
    std::size_t offset = 4 + 8 * values.size();
    out.u32(narrow_size(values.size()));
    for (const Bytes& value : values) {
        out.u32(narrow_size(value.size()));
        out.u32(narrow_size(offset));
        offset += value.size();
    }
    for (const Bytes& value : values) out.bytes(value);
}

struct Encoder {
    Writer& out;
    void operator()(std::monostate) const {
        throw Error(MAPI_E_INVALID_TYPE, "PT_NULL in a profile");
    }
    template <class T>
    void operator()(const T& value) const {
        put_element(out, value);
    }
    template <class T>
    void operator()(const std::vector<T>& values) const {
        put_many(out, values);
    }
    void operator()(const Bytes& value) const { put_element(out, value); }
};

template <class T>
std::optional<PropValue> take_one(ULONG tag, Reader in) {
    const T value = take_element<T>(in);
    if (in.failed()) return std::nullopt;
    return PropValue(tag, PropValue::Data(value));
}

template <class T>
std::optional<PropValue> take_many(ULONG tag, Reader in, std::size_t size_bytes) {
    std::vector<T> values;
    const std::uint32_t count = in.u32();
    if (count > in.rest().size() / size_bytes) return std::nullopt;
    for (std::uint32_t i = 0; i < count; ++i) values.push_back(take_element<T>(in));
    return PropValue(tag, PropValue::Data(std::move(values)));
}

/// The text at `in`, without the zero that other programs may have left out.
String rest_as_text(ULONG type, Reader in) {
    if (type == PT_STRING8) {
        const BytesView rest = in.rest();
        std::string_view text(reinterpret_cast<const char*>(rest.data()), rest.size());
        return text::to_wide(text.substr(0, text.find('\0')));
    }
    String wide;
    for (std::size_t i = in.rest().size() / sizeof(WideChar); i > 0; --i) {
        const WideChar unit = static_cast<WideChar>(in.u16());
        if (unit == 0) break;
        wide += unit;
    }
    return wide;
}

std::optional<PropValue> take_texts(ULONG tag, BytesView bytes) {
    Reader in(bytes);
    std::vector<String> values;
    std::size_t total = 0;
    const std::uint32_t count = in.u32();
    if (count > in.rest().size() / 4) return std::nullopt;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t offset = in.u32();
        if (offset > bytes.size()) return std::nullopt;
        values.push_back(rest_as_text(PROP_TYPE(tag) & ~MV_FLAG, Reader(bytes.subspan(offset))));
        // Entries that share bytes could grow a small value beyond all memory.
        total += values.back().size();
        if (total > bytes.size()) return std::nullopt;
    }
    return PropValue(object::stored_tag(tag), PropValue::Data(std::move(values)));
}

std::optional<PropValue> take_binaries(ULONG tag, BytesView bytes) {
    Reader in(bytes);
    std::vector<Bytes> values;
    std::size_t total = 0;
    const std::uint32_t count = in.u32();
    if (count > in.rest().size() / 8) return std::nullopt;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t size = in.u32();
        const std::uint32_t offset = in.u32();
        if (offset > bytes.size() || size > bytes.size() - offset) return std::nullopt;
        total += size;
        if (total > bytes.size()) return std::nullopt;  // shared bytes, as above
        values.push_back(to_bytes(bytes.subspan(offset, size)));
    }
    return PropValue(tag, PropValue::Data(std::move(values)));
}

std::optional<PropValue> decode_many(ULONG tag, BytesView bytes) {
    const Reader in(bytes);
    switch (PROP_TYPE(tag)) {
        case PT_MV_I2:
            return take_many<std::int16_t>(tag, in, 2);
        case PT_MV_LONG:
            return take_many<std::int32_t>(tag, in, 4);
        case PT_MV_R4:
            return take_many<float>(tag, in, 4);
        case PT_MV_DOUBLE:
        case PT_MV_APPTIME:
            return take_many<double>(tag, in, 8);
        case PT_MV_CURRENCY:
        case PT_MV_I8:
            return take_many<std::int64_t>(tag, in, 8);
        case PT_MV_SYSTIME:
            return take_many<std::uint64_t>(tag, in, 8);
        case PT_MV_CLSID:
            return take_many<GUID>(tag, in, sizeof(GUID));
        case PT_MV_STRING8:
        case PT_MV_UNICODE:
            return take_texts(tag, bytes);
        case PT_MV_BINARY:
            return take_binaries(tag, bytes);
        default:
            return std::nullopt;
    }
}

}  // namespace

std::string setting_name(ULONG tag) {
    char name[9];
    const ULONG stored = object::stored_tag(tag);
    std::snprintf(name, sizeof name, "%04x%04x", static_cast<unsigned>(PROP_TYPE(stored)),
                  static_cast<unsigned>(PROP_ID(stored)));
    return name;
}

std::optional<ULONG> setting_tag(std::string_view name) {
    const std::optional<std::string> digits = text::from_hex(name);
    if (!digits || digits->size() != 4) return std::nullopt;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>((*digits)[i]); };
    return PROP_TAG(static_cast<ULONG>(byte(0) << 8 | byte(1)),
                    static_cast<ULONG>(byte(2) << 8 | byte(3)));
}

std::string encode_setting(const PropValue& value) {
    if (value.type() == PT_OBJECT || value.is_error()) {
        throw Error(MAPI_E_INVALID_TYPE, "a value that no profile can hold");
    }
    Writer out;
    std::visit(Encoder{out}, value.data());
    const Bytes bytes = out.take();
    return std::string(bytes.begin(), bytes.end());
}

std::optional<PropValue> decode_setting(ULONG tag, std::string_view text) {
    const BytesView bytes = view_bytes(text.data(), text.size());
    const Reader in(bytes);
    switch (PROP_TYPE(tag)) {
        case PT_I2:
            return take_one<std::int16_t>(tag, in);
        case PT_LONG:
            return take_one<std::int32_t>(tag, in);
        case PT_R4:
            return take_one<float>(tag, in);
        case PT_DOUBLE:
        case PT_APPTIME:
            return take_one<double>(tag, in);
        case PT_CURRENCY:
        case PT_I8:
            return take_one<std::int64_t>(tag, in);
        case PT_SYSTIME:
            return take_one<std::uint64_t>(tag, in);
        case PT_BOOLEAN:
            return take_one<bool>(tag, in);
        case PT_CLSID:
            return take_one<GUID>(tag, in);
        case PT_BINARY:
            return PropValue(tag, bytes);
        case PT_STRING8:
        case PT_UNICODE:
            return PropValue(object::stored_tag(tag), rest_as_text(PROP_TYPE(tag), in));
        default:
            return decode_many(tag, bytes);
    }
}

}  // namespace remapi::session
