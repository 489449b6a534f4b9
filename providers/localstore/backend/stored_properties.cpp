// SPDX-License-Identifier: LGPL-2.1-or-later
#include "providers/localstore/backend/stored_properties.h"

#include <algorithm>
#include <bit>

namespace remapi::localstore {
namespace {

constexpr std::uint8_t kBlobVersion = 1;
/// In the place of a size: the value lies in a stream, whose number and size follow.
constexpr std::uint32_t kInStream = 0xFFFFFFFF;

constexpr std::size_t kSummaryUnits = 255;
constexpr std::size_t kSummaryBytes = 512;

/// The texts that people see in the tables of a folder.
constexpr ULONG kShownTexts[] = {PR_MESSAGE_CLASS,
                                 PR_SUBJECT_PREFIX,
                                 PR_SUBJECT,
                                 PR_SENT_REPRESENTING_NAME,
                                 PR_CONVERSATION_TOPIC,
                                 PR_SENDER_NAME,
                                 PR_SENDER_EMAIL_ADDRESS,
                                 PR_SENT_REPRESENTING_EMAIL_ADDRESS,
                                 PR_RECEIVED_BY_NAME,
                                 PR_RCVD_REPRESENTING_NAME,
                                 PR_DISPLAY_BCC,
                                 PR_DISPLAY_CC,
                                 PR_DISPLAY_TO,
                                 PR_DISPLAY_NAME};

bool is_shown_text(ULONG tag) {
    return std::any_of(std::begin(kShownTexts), std::end(kShownTexts),
                       [&](ULONG shown) { return PROP_ID(shown) == PROP_ID(tag); });
}

[[noreturn]] void fail_corrupt() {
    throw Error(MAPI_E_CORRUPT_DATA, "reading the properties of an object");
}

void put_u64(format::Writer& out, std::uint64_t value) {
    out.u32(static_cast<std::uint32_t>(value));
    out.u32(static_cast<std::uint32_t>(value >> 32));
}

std::uint64_t get_u64(format::Reader& in) {
    const std::uint64_t low = in.u32();
    return low | static_cast<std::uint64_t>(in.u32()) << 32;
}

Bytes text_bytes(StringView text) {
    format::Writer out;
    for (const WideChar unit : text) out.u16(static_cast<std::uint16_t>(unit));
    return out.take();
}

String text_of(BytesView bytes) {
    String text;
    text.reserve(bytes.size() / 2);
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        text.push_back(static_cast<WideChar>(bytes[at] | bytes[at + 1] << 8));
    }
    return text;
}

/// Writes one element of whatever type; the counterpart of read_element.
struct ElementWriter {
    format::Writer& out;

    void operator()(std::monostate) const {}
    void operator()(std::int16_t value) const { out.u16(static_cast<std::uint16_t>(value)); }
    void operator()(std::int32_t value) const { out.u32(static_cast<std::uint32_t>(value)); }
    void operator()(float value) const { out.u32(std::bit_cast<std::uint32_t>(value)); }
    void operator()(double value) const { put_u64(out, std::bit_cast<std::uint64_t>(value)); }
    void operator()(std::int64_t value) const { put_u64(out, static_cast<std::uint64_t>(value)); }
    void operator()(std::uint64_t value) const { put_u64(out, value); }
    void operator()(bool value) const { out.u8(value ? 1 : 0); }
    void operator()(const String& value) const { out.bytes(text_bytes(value)); }
    void operator()(const Bytes& value) const { out.bytes(value); }
    void operator()(const GUID& value) const {
        out.u32(value.Data1);
        out.u16(value.Data2);
        out.u16(value.Data3);
        out.bytes(view_bytes(value.Data4, sizeof value.Data4));
    }
    template <class Element>
    void operator()(const std::vector<Element>& elements) const {
        out.u32(narrow_size(elements.size()));
        for (const Element& element : elements) {
            if constexpr (std::is_same_v<Element, String>) {
                out.u32(narrow_size(element.size() * 2));
            } else if constexpr (std::is_same_v<Element, Bytes>) {
                out.u32(narrow_size(element.size()));
            }
            (*this)(element);
        }
    }
};

template <class Element>
struct Tag {};

std::monostate read_element(Tag<std::monostate>, format::Reader&) {
    return {};
}
std::int16_t read_element(Tag<std::int16_t>, format::Reader& in) {
    return static_cast<std::int16_t>(in.u16());
}
std::int32_t read_element(Tag<std::int32_t>, format::Reader& in) {
    return static_cast<std::int32_t>(in.u32());
}
float read_element(Tag<float>, format::Reader& in) {
    return std::bit_cast<float>(in.u32());
}
double read_element(Tag<double>, format::Reader& in) {
    return std::bit_cast<double>(get_u64(in));
}
std::int64_t read_element(Tag<std::int64_t>, format::Reader& in) {
    return static_cast<std::int64_t>(get_u64(in));
}
std::uint64_t read_element(Tag<std::uint64_t>, format::Reader& in) {
    return get_u64(in);
}
bool read_element(Tag<bool>, format::Reader& in) {
    return in.u8() != 0;
}
String read_element(Tag<String>, format::Reader& in) {
    return text_of(in.bytes(in.rest().size()));
}
Bytes read_element(Tag<Bytes>, format::Reader& in) {
    return to_bytes(in.bytes(in.rest().size()));
}
GUID read_element(Tag<GUID>, format::Reader& in) {
    GUID guid = {};
    guid.Data1 = in.u32();
    guid.Data2 = in.u16();
    guid.Data3 = in.u16();
    for (auto& byte : guid.Data4) byte = in.u8();
    return guid;
}
template <class Element>
std::vector<Element> read_element(Tag<std::vector<Element>>, format::Reader& in) {
    constexpr bool kSized = std::is_same_v<Element, String> || std::is_same_v<Element, Bytes>;
    std::vector<Element> elements;
    const std::uint32_t count = in.u32();
    for (std::uint32_t i = 0; i < count && !in.failed(); ++i) {
        if constexpr (kSized) {
            const std::uint32_t size = in.u32();
            format::Reader element(in.bytes(size));
            elements.push_back(read_element(Tag<Element>(), element));
        } else {
            elements.push_back(read_element(Tag<Element>(), in));
        }
    }
    return elements;
}

template <std::size_t... Index>
PropValue::Data read_data(std::size_t wanted, format::Reader& in, std::index_sequence<Index...>) {
    PropValue::Data data;
    ((wanted == Index
          ? static_cast<void>(
                data = read_element(Tag<std::variant_alternative_t<Index, PropValue::Data>>(), in))
          : static_cast<void>(0)),
     ...);
    return data;
}

Bytes value_bytes(const PropValue& value) {
    format::Writer out;
    std::visit(ElementWriter{out}, value.data());
    return out.take();
}

bool fits_summary(const PropValue& value) {
    if (const String* text = value.get_if<String>()) return text->size() <= kSummaryUnits;
    return value_bytes(value).size() <= kSummaryBytes;
}

PropValue read_value(ULONG tag, BytesView bytes) {
    const auto representation = object::representation_of(PROP_TYPE(tag));
    if (!representation) fail_corrupt();
    format::Reader in(bytes);
    PropValue::Data data = read_data(
        *representation, in, std::make_index_sequence<std::variant_size_v<PropValue::Data>>());
    if (in.failed() || !in.rest().empty()) fail_corrupt();
    return PropValue(tag, std::move(data));
}

}  // namespace

Bytes encode_properties(const StoredProperties& properties) {
    format::Writer out;
    out.u8(kBlobVersion);
    for (const PropValue& value : properties.values.values()) {
        const Bytes bytes = value_bytes(value);
        if (bytes.size() >= kInStream) throw Error(MAPI_E_TOO_BIG, "a property value over 4 GiB");
        out.u32(object::stored_tag(value.tag()));
        out.u32(static_cast<std::uint32_t>(bytes.size()));
        out.bytes(bytes);
    }
    for (const StreamReference& reference : properties.streams) {
        out.u32(object::stored_tag(reference.tag));
        out.u32(kInStream);
        put_u64(out, static_cast<std::uint64_t>(reference.stream));
        put_u64(out, reference.size_bytes);
    }
    return out.take();
}

StoredProperties decode_properties(BytesView blob) {
    format::Reader in(blob);
    if (in.u8() != kBlobVersion) fail_corrupt();
    StoredProperties properties;
    std::vector<PropValue> values;
    while (!in.rest().empty()) {
        const std::uint32_t tag = in.u32();
        const std::uint32_t size = in.u32();
        if (size == kInStream) {
            const std::uint64_t stream = get_u64(in);
            properties.streams.push_back({tag, static_cast<std::int64_t>(stream), get_u64(in)});
        } else {
            values.push_back(read_value(tag, in.bytes(size)));
        }
        if (in.failed()) fail_corrupt();
    }
    properties.values = PropertyBag(std::move(values));
    return properties;
}

SplitProperties split_properties(StoredProperties whole) {
    SplitProperties parts;
    std::vector<PropValue> small;
    std::vector<PropValue> rest;
    for (const PropValue& value : whole.values.values()) {
        const bool fits = fits_summary(value);
        parts.long_texts |= !fits && is_shown_text(value.tag());
        (fits ? small : rest).push_back(value);
    }
    for (const StreamReference& reference : whole.streams) {
        parts.long_texts |= is_shown_text(reference.tag);
    }
    parts.summary.values = PropertyBag(std::move(small));
    parts.content.values = PropertyBag(std::move(rest));
    parts.content.streams = std::move(whole.streams);
    return parts;
}

std::optional<PropValue> shortened(const PropValue& value) {
    const String* text = value.get_if<String>();
    if (!text || !is_shown_text(value.tag())) return std::nullopt;
    return PropValue(value.tag(), StringView(*text).substr(0, kSummaryUnits));
}

std::optional<Bytes> stream_bytes(const PropValue& value) {
    if (const Bytes* bytes = value.get_if<Bytes>()) return *bytes;
    if (const String* text = value.get_if<String>()) return text_bytes(*text);
    return std::nullopt;
}

PropValue value_of_stream(ULONG tag, BytesView bytes) {
    if (PROP_TYPE(tag) == PT_BINARY) return PropValue(tag, bytes);
    return PropValue(tag, text_of(bytes));
}

}  // namespace remapi::localstore
