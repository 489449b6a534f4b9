// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The properties of one object as a store file keeps them: one blob, large values out of line.
#pragma once

#include <memory>

#include "object/props/property_bag.h"

namespace remapi::localstore {

/// A value of a property blob that lies in the table stream_chunk instead.
struct StreamReference {
    ULONG tag = 0;
    std::int64_t stream = 0;
    std::uint64_t size_bytes = 0;
    friend bool operator==(const StreamReference&, const StreamReference&) = default;
};

/// What a property blob says.
struct StoredProperties {
    PropertyBag values;
    std::vector<StreamReference> streams;

    bool is_empty() const noexcept { return values.empty() && streams.empty(); }
};

/// The blob, in the layout of FORMAT.md.
Bytes encode_properties(const StoredProperties& properties);
/// Errors: MAPI_E_CORRUPT_DATA for bytes that are no such blob.
StoredProperties decode_properties(BytesView blob);

/// The properties of a message as its row and message_content have them: each is in one of the two.
struct SplitProperties {
    StoredProperties summary;  ///< the small ones, for tables
    StoredProperties content;
    /// A text that tables show is too long for the summary: they take its beginning from the
    /// content.
    bool long_texts = false;
};
/// Texts of up to 255 units and other values of up to 512 bytes make the summary.
SplitProperties split_properties(StoredProperties whole);
/// What a table shows of a text that lies in the content: its first 255 units; nullopt for what
/// tables do not show. Page: mapi/imapicontainer-getcontentstable.md
std::optional<PropValue> shortened(const PropValue& value);

/// The bytes of one text or binary value as a stream carries them: UTF-16LE without a zero, or as
/// they are. nullopt for another type.
std::optional<Bytes> stream_bytes(const PropValue& value);
/// The value of a text or binary tag whose stream has these bytes.
PropValue value_of_stream(ULONG tag, BytesView bytes);

}  // namespace remapi::localstore
