// SPDX-License-Identifier: LGPL-2.1-or-later
#include "object/props/prop_stream.h"

#include "object/stream/memory_stream.h"
#include "text/text.h"

namespace remapi::object {
namespace {

bool can_be_a_stream(ULONG type) noexcept {
    return type == PT_BINARY || type == PT_STRING8 || type == PT_UNICODE || type == PT_OBJECT;
}

Bytes wide_bytes(const String& text) {
    return to_bytes(view_bytes(text.data(), text.size() * sizeof(WideChar)));
}

Bytes stream_bytes(const PropValue& value, ULONG type) {
    if (value.is_error())
        throw Error(static_cast<SCODE>(value.number()), "opening a property as a stream");
    if (const auto* bytes = value.get_if<Bytes>();
        bytes && (type == PT_BINARY || type == PT_OBJECT)) {
        return *bytes;
    }
    const auto* text = value.get_if<String>();
    if (text && type == PT_UNICODE) return wide_bytes(*text);
    if (text && type == PT_STRING8) return to_bytes(text::to_ansi(*text));
    throw Error(MAPI_E_INTERFACE_NOT_SUPPORTED, "a stream over a property of another type");
}

// What a client wrote into a text stream; a zero at the end is a habit, not part of the text.
PropValue value_of(ULONG tag, const Bytes& bytes) {
    String text;
    switch (PROP_TYPE(tag)) {
        case PT_UNICODE:
            text.resize(bytes.size() / sizeof(WideChar));
            if (!text.empty())
                std::memcpy(text.data(), bytes.data(), text.size() * sizeof(WideChar));
            break;
        case PT_STRING8:
            text = text::to_wide(
                std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
            break;
        default:
            return PropValue(CHANGE_PROP_TYPE(tag, PT_BINARY), bytes);
    }
    while (!text.empty() && text.back() == 0) text.pop_back();
    return PropValue(stored_tag(tag), text);
}

void store_bytes(PropSource& source, ULONG tag, const Bytes& bytes) {
    check(source.store(value_of(tag, bytes)), "storing a property from its stream");
}

}  // namespace

com::Ptr<IUnknown> open_property_stream(PropSource& source, IUnknown* owner, ULONG tag,
                                        const IID& iid, ULONG options, ULONG flags) {
    const bool wants_stream =
        IsEqualGUID(iid, IID_IStream) || IsEqualGUID(iid, IID_ISequentialStream);
    if (!wants_stream || !can_be_a_stream(PROP_TYPE(tag))) {
        throw Error(MAPI_E_INTERFACE_NOT_SUPPORTED,
                    "opening a property by another interface than IStream");
    }
    const bool create = (flags & MAPI_CREATE) != 0;
    const bool modify = create || (flags & MAPI_MODIFY) != 0;
    if (modify && !source.writable()) throw Error(MAPI_E_NO_ACCESS, "a writable stream");

    Bytes bytes;
    if (create) {
        // The property exists from now on, even if nothing is ever written.
        store_bytes(source, tag, bytes);
    } else {
        const std::optional<PropValue> value = source.load(tag);
        if (!value) throw Error(MAPI_E_NOT_FOUND, "opening an absent property as a stream");
        bytes = stream_bytes(*value, PROP_TYPE(tag));
    }
    MemoryStreamOptions stream;
    // MAPI_MODIFY decides: STGM_READ is 0, so a client that leaves the options alone has said it,
    // too.
    stream.writable = modify;
    stream.transacted = (options & STGM_TRANSACTED) != 0;
    stream.owner = owner;
    stream.position = (flags & STREAM_APPEND) != 0 ? bytes.size() : 0;
    stream.write_back = [&source, tag](const Bytes& written) { store_bytes(source, tag, written); };
    return make_memory_stream(std::move(bytes), std::move(stream));
}

}  // namespace remapi::object
